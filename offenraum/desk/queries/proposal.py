"""A proposed plan as the desk sees it: how far it is, how good it is, what is left out and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format

from offenraum.barcamp.models import Topic
from offenraum.barcamp.queries import public_topics
from offenraum.conference.models import Conference, Room, Slot
from offenraum.conference.queries import Grid, grid_of
from offenraum.desk.queries.candidates import (
    Candidate,
    Tension,
    candidates_of,
    conflict_of,
    tensions_of,
)
from offenraum.desk.words import unplaced_in_words
from offenraum.programme.models import Edition, PlanRun
from offenraum.programme.queries.draft import places_of_draft
from offenraum.programme.queries.plan_runs import latest_run, planned_places
from offenraum.programme.queries.published import latest_edition
from offenraum.programme.rules import Place, changes_between, mark_of
from offenraum.programme.words import missing


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A topic that the plan leaves out, and why."""

    topic: Topic
    reason: str


@dataclass(frozen=True, slots=True)
class ProposedSession:
    """A topic in the proposed plan; `is_moved` against a draft that has sessions."""

    topic: Topic
    room: Room
    is_moved: bool


@dataclass(frozen=True, slots=True)
class ProposedSlot:
    """One slot of the proposed plan, its rooms in order."""

    slot: Slot
    sessions: tuple[ProposedSession, ...]


@dataclass(frozen=True, slots=True)
class Quality:
    """How good a plan is for the people who voted."""

    placed: int
    topics: int
    wishes_held: int
    wishes: int
    people: int
    people_with_nothing: int
    people_below_half: int
    by_votes: Mapping[str, Any] | None

    @property
    def percent(self) -> int:
        return round(100 * self.wishes_held / self.wishes) if self.wishes else 0


@dataclass(frozen=True, slots=True)
class Kept:
    """How far a plan goes from the published one, and what that gives and takes from people."""

    moves: int
    gain: int
    lose: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """The latest run, and its plan when there is one."""

    run: PlanRun | None
    percent: int
    quality: Quality | None
    slots: tuple[ProposedSlot, ...]
    left_out: tuple[LeftOut, ...]
    change_count: int
    mark: str
    candidates: tuple[Candidate, ...] = ()
    tensions: tuple[Tension, ...] = ()
    conflict: tuple[str, ...] = ()
    at_least: str = ""
    edition: Edition | None = None
    kept: Kept | None = None


def proposal_of(conference: Conference) -> Proposal:
    """The latest run of the planner, compared with the draft as it is now."""
    run, draft = latest_run(conference), places_of_draft(conference)
    places = planned_places(run) if run else {}
    topics = {topic.pk: topic for topic in public_topics(conference)}
    shown = {topic: place for topic, place in places.items() if topic in topics}
    return Proposal(
        run=run,
        percent=round(100 * float(run.progress.get("share", 0))) if run else 0,
        quality=quality_of(run.problem, run.plan, placed=len(shown)) if run and run.plan else None,
        slots=slots_of(shown, draft, topics, grid_of(conference)) if run and run.plan else (),
        left_out=left_out_of(run.plan, topics) if run and run.plan else (),
        change_count=len(changes_between(draft, shown)),
        mark=mark_of(draft),
        candidates=candidates_of(run, draft) if run else (),
        tensions=tensions_of(conference, run.plan) if run and run.plan else (),
        conflict=conflict_of(conference, run) if run else (),
        at_least=at_least(run) if run else "",
        edition=latest_edition(conference),
        kept=kept_of(run) if run else None,
    )


def kept_of(run: PlanRun) -> Kept | None:
    """What moves against the plan that the run was to stay close to; None for a plan made anew."""
    changes = (run.plan or {}).get("changes")
    if not changes or not run.problem.get("current"):
        return None
    moved = [move for move in changes["moves"] if move["from"]]
    return Kept(moves=len(moved), gain=changes["people_who_gain"], lose=changes["people_who_lose"])


def at_least(run: PlanRun) -> str:
    """How much of the possible the best plan reaches for certain, as 93,4; empty while nothing is known."""
    bound = (run.plan or {}).get("bound") or run.progress
    percent = bound.get("at_least_percent")
    return number_format(percent, decimal_pos=1) if percent else ""


def quality_of(problem: Mapping[str, Any], plan: Mapping[str, Any], *, placed: int) -> Quality:
    score = plan["score"]
    people = [person["wishes"] for person in problem["people"] if person["wishes"]]
    return Quality(
        placed=placed,
        topics=len(problem["topics"]),
        wishes_held=round(score["sum"]),
        wishes=sum(sum(wishes.values()) for wishes in people),
        people=len(people),
        people_with_nothing=score["people_with_nothing"],
        people_below_half=score["people_below_half"],
        by_votes=plan.get("explanations", {}).get("quality", {}).get("by_votes"),
    )


def slots_of(
    places: Mapping[int, Place], draft: Mapping[int, Place], topics: Mapping[int, Topic], grid: Grid
) -> tuple[ProposedSlot, ...]:
    at = {(place.slot, place.room): topic for topic, place in places.items()}
    return tuple(
        ProposedSlot(slot=slot, sessions=tuple(
            ProposedSession(topic=topics[topic], room=room, is_moved=bool(draft) and draft.get(topic) != places[topic])
            for room in grid.rooms if (topic := at.get((slot.pk, room.pk))) is not None
        ))
        for slot in grid.slots
    )


def left_out_of(plan: Mapping[str, Any], topics: Mapping[int, Topic]) -> tuple[LeftOut, ...]:
    """Each with what it would need, where the planner has told its reasons."""
    titles = {topic.pk: topic.title for topic in topics.values()}
    told = plan.get("explanations", {}).get("topics", {})
    return tuple(
        LeftOut(topic=topics[int(key)], reason=" ".join([unplaced_in_words(why, titles), *missing(out_of(told, key))]))
        for key, why in plan["unplaced"].items() if int(key) in topics
    )


def out_of(told: Mapping[str, Any], topic: str) -> Mapping[str, Any]:
    """Why a topic is out, as the explanations have it."""
    out: Mapping[str, Any] = told.get(topic, {}).get("out", {})
    return out
