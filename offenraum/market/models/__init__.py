"""Stands, what visitors leave at them, and votes among them."""

from offenraum.market.models.stands import DemoSlot, FloorPlan, Medium, Stand, StandKey
from offenraum.market.models.visiting import Booking, Contact, StandQuestion, StandReport, StandWish
from offenraum.market.models.votes import Dot, DotChoice, DotVote

__all__ = [
    "Booking", "Contact", "DemoSlot", "Dot", "DotChoice", "DotVote", "FloorPlan", "Medium", "Stand", "StandKey",
    "StandQuestion", "StandReport", "StandWish",
]
