"""A conference: its days, its grid of slots and rooms, its fixed programme and who runs it."""

from __future__ import annotations

from offenraum.conference.models.conferences import Conference
from offenraum.conference.models.decisions import Clearing, Decision
from offenraum.conference.models.grid import Day, Room, RoomClosure, Slot
from offenraum.conference.models.screens import Notice, Wall
from offenraum.conference.models.talks import Speaker, Talk
from offenraum.conference.models.team import HelperKey, Invitation, Member
from offenraum.conference.models.tokens import ApiToken
from offenraum.conference.models.webhooks import Delivery, Webhook

__all__ = [
    "ApiToken", "Clearing", "Conference", "Day", "Decision", "Delivery", "HelperKey", "Invitation", "Member",
    "Notice", "Room", "RoomClosure", "Slot", "Speaker", "Talk", "Wall", "Webhook",
]
