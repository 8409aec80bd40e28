"""What every move by hand with one topic would cost the people who have voted, before it is made."""

from __future__ import annotations

from dataclasses import replace

from offenraum.barcamp.models import Topic
from offenraum.conference.models import Conference
from offenraum.planner.hand import HandPrice, hand_prices
from offenraum.planner.problem import BrokenInput, Cell, Problem
from offenraum.planner.reading import read_problem
from offenraum.programme.models import Placement
from offenraum.programme.queries.draft import draft_of, problem_of

Spot = tuple[int, int] | None


def prices_of(conference: Conference, topic: Topic) -> dict[Spot, HandPrice]:
    """(Slot id, room id) to the price of dropping the topic there, None to that of taking it out.

    Counted are those who voted and raised hands; who has not voted is not guessed. Nothing without a readable grid.
    """
    draft = draft_of(conference)
    try:
        problem = draft_problem(conference)
    except BrokenInput:
        return {}
    prices = hand_prices(replace(problem, audience=None), draft_cells(draft), str(topic.pk))
    return {(int(one.cell.slot), int(one.cell.room)) if one.cell else None: one for one in prices}


def draft_problem(conference: Conference) -> Problem:
    """The planner's problem without pins, so that every move by hand can be weighed; BrokenInput without a grid."""
    problem = problem_of(conference, now_slot=None, keep_current=False)
    return read_problem(problem | {"topics": [one | {"pin": None} for one in problem["topics"]]})


def draft_cells(draft: dict[int, Placement]) -> dict[str, Cell]:
    """The draft as the planner knows it; a double session without a following slot is left out."""
    return {
        str(topic): Cell(slot=str(placement.slot_id), room=str(placement.room_id))
        for topic, placement in draft.items() if len(placement.cells.all()) == placement.topic.length
    }
