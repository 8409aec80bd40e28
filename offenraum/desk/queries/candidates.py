"""Several plans for the same wishes, side by side; and what is in each other's way when there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from offenraum.conference.models import Conference
from offenraum.planner.rules import SENTENCES, Broken
from offenraum.programme.actions.plan_runs import Choice, own_choice
from offenraum.programme.models import PlanRun
from offenraum.programme.queries.why import called_in, torn_in
from offenraum.programme.rules import Place, changes_between
from offenraum.programme.words import Called


@dataclass(frozen=True, slots=True)
class Candidate:
    """One plan in figures; `choice` is empty for the proposal itself."""

    choice: str
    name: str
    wishes: int
    people_with_nothing: int
    people_below_half: int
    change_count: int


@dataclass(frozen=True, slots=True)
class Tension:
    """A pair at the same time that many want both of."""

    time: str
    titles: str
    people: str


def name_of(choice: str) -> str:
    """What a measure is called."""
    if choice == Choice.SUM:
        return _("Most wishes in all")
    return _("Fewest moves") if choice == Choice.STEADY else _("Fair for each person")


def candidates_of(run: PlanRun, draft: Mapping[int, Place]) -> tuple[Candidate, ...]:
    """The proposal and what was planned beside it; nothing while there is no choice."""
    if run.plan is None or not run.alternatives:
        return ()
    own = candidate("", name_of(own_choice(run)), run.plan, draft)
    return own, *(candidate(choice, name_of(choice), plan, draft) for choice, plan in run.alternatives.items())


def candidate(choice: str, name: str, plan: Mapping[str, Any], draft: Mapping[int, Place]) -> Candidate:
    places = {int(topic): Place(int(at["slot"]), int(at["room"])) for topic, at in plan["placements"].items()}
    score = plan["score"]
    return Candidate(
        choice=choice, name=name, wishes=round(score["sum"]), people_with_nothing=score["people_with_nothing"],
        people_below_half=score["people_below_half"], change_count=len(changes_between(draft, places)),
    )


def tensions_of(conference: Conference, plan: Mapping[str, Any]) -> tuple[Tension, ...]:
    """Where people are torn in a proposed plan."""
    pairs = plan.get("explanations", {}).get("torn_pairs", [])
    torn = torn_in(pairs, called_in(conference, is_public=False))
    return tuple(Tension(time=pair.time, titles=pair.titles, people=pair.people) for pair in torn)


def conflict_of(conference: Conference, run: PlanRun) -> tuple[str, ...]:
    """The smallest set of pins that cannot hold together, in sentences; nothing when that is not why a run failed."""
    conflict = run.progress.get("conflict")
    if not conflict:
        return ()
    called = called_in(conference, is_public=False)
    rules = [rule for rule in conflict["rules"] if rule["code"] in SENTENCES]
    pinned = _("These pins cannot hold together: %(topics)s.") % {"topics": called.topics(conflict["topics"])}
    return pinned, *(rule_in_words(rule, called) for rule in rules)


def rule_in_words(rule: Mapping[str, Any], called: Called) -> str:
    """One broken rule with the names of today; hosts are called by what they host."""
    parameters = rule["parameters"]
    naming: dict[str, Callable[[Any], str]] = {
        "topic": lambda topic: called.topics([topic]), "other": lambda topic: called.topics([topic]),
        "slot": called.time, "room": called.room,
    }
    words = {name: say(parameters[name]) for name, say in naming.items() if name in parameters}
    if "host" in parameters:
        words["host"] = _("The same person")
    return Broken(rule["code"], (), parameters).sentence(_, **words)
