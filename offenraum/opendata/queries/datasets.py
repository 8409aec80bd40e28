"""The datasets of a conference: what each is, its columns, and its rows as of now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from offenraum.barcamp.queries import public_topics, tallies
from offenraum.barcamp.queries.tally import Tally
from offenraum.conference.models import Clearing, Conference
from offenraum.kit.datamap import Keep
from offenraum.market.queries import stands_of
from offenraum.opendata.queries.results import Held, results_of
from offenraum.opendata.rules import suppressed
from offenraum.programme.formats.tables import COLUMNS as PROGRAMME
from offenraum.programme.formats.tables import rows_of
from offenraum.programme.queries.schedule import schedule_of
from offenraum.seats.models import Seat

Value = str | int | bool | None
Row = Sequence[Value]
NUMBERS: Final = {
    "number", "length", "interest", "by_phone", "by_ballot", "by_hands", "count", "hour", "heads", "answers", "much",
    "some", "little", "places",
}
TRUTHS: Final = {"is_estimate", "is_taken_back"}
NOBODY: Final = Tally(topic=0, named=0, strong=0, hands=None, is_estimate=False, total=0)


@dataclass(frozen=True, slots=True)
class Dataset:
    """One table: `name` stands in its address and stays."""

    name: str
    title: str | Promise
    about: str | Promise
    columns: tuple[str, ...]
    rows: Callable[[Conference], list[Row]]


def type_of(column: str) -> str:
    """The type of a column in the words of Table Schema."""
    if column in TRUTHS:
        return "boolean"
    return "integer" if column in NUMBERS else "string"


def programme(conference: Conference) -> list[Row]:
    return list(rows_of(schedule_of(conference)))


def topics(conference: Conference) -> list[Row]:
    """Every public topic; figures once its vote is over."""
    known = tallies(conference)
    found = public_topics(conference).order_by("number")
    return [
        (
            one.number, one.title, one.about, one.kind, one.level, one.format, one.length, " ".join(one.hashtags),
            ", ".join(host.name for host in one.hosts.all()),
            *(figures(known.get(one.pk, NOBODY)) if one.round and one.round.is_closed else (None,) * 5),
            f"{settings.ADDRESS}/{conference.slug}/themen/{one.number}",
        )
        for one in found
    ]


def figures(tally: Tally) -> Row:
    """The exact total, and by which way it came, without small groups."""
    parts = suppressed([tally.named - tally.by_ballot, tally.by_ballot, tally.total - tally.named])
    return tally.total, tally.is_estimate, *parts


def decisions(conference: Conference) -> list[Row]:
    return [
        (
            one.made_at.astimezone(conference.zone).isoformat(timespec="seconds"), one.role, one.words,
            " ".join(one.sentences), one.reason, one.is_undone,
        )
        for one in results_of(conference).decisions
    ]


def attendance(conference: Conference) -> list[Row]:
    """How many were registered and came, and when they came; hours with few people are withheld with a larger one."""
    seats = Seat.objects.filter(conference=conference)
    seen = seats.filter(checked_in_at__isnull=False).values_list("checked_in_at", flat=True)
    arrivals = [moment.astimezone(conference.zone) for moment in seen if moment is not None]
    registered = seats.filter(kind=Seat.Kind.REGISTRATION).count()
    cleared = Clearing.objects.filter(conference=conference, keep=Keep.CHECK_IN).first()
    present = cleared.kept.get("checked_in") if cleared else len(arrivals)
    return [("registered", "", None, registered), ("checked_in", "", None, present), *by_hour(arrivals)]


def by_hour(arrivals: Sequence[datetime]) -> list[Row]:
    counted = Counter((moment.date().isoformat(), moment.hour) for moment in arrivals)
    hours = sorted(counted)
    counts = suppressed([counted[hour] for hour in hours])
    return [("checked_in", day, hour, count) for (day, hour), count in zip(hours, counts, strict=True)]


def sessions(conference: Conference) -> list[Row]:
    """Each session as it was: heads that were counted, and feedback without small groups."""
    return [session(one) for one in results_of(conference).sessions]


def session(one: Held) -> Row:
    topic, room = one.session.topic, one.session.room
    counts = [count for _label, count in one.answers] or [None, None, None]
    return topic.number, topic.title, room.name, room.places, one.heads, one.feedback.answers, *counts


def market(conference: Conference) -> list[Row]:
    """Every stand that is shown, in its own words."""
    return [
        (
            one.number, one.title, one.summary, one.organisation, one.problem, one.solution, one.audience, one.status,
            one.cost, one.licence, one.code_link, one.demo_link, one.contact, f"{settings.ADDRESS}{one.address}",
        )
        for one in stands_of(conference)
    ]


DATASETS: Final = {
    one.name: one
    for one in (
        Dataset(
            "programme", _("Programme"), _("What takes place when and where, of the latest edition."), PROGRAMME,
            programme,
        ),
        Dataset(
            "topics", _("Topics and interest"),
            _("Every topic. How many wanted it, and by which way they said so, once the vote is over."),
            ("number", "title", "about", "kind", "level", "format", "length", "hashtags", "hosts", "interest",
             "is_estimate", "by_phone", "by_ballot", "by_hands", "address"),
            topics,
        ),
        Dataset(
            "decisions", _("Decisions"), _("What the desk decided and why, with the role of who decided."),
            ("made_at", "role", "decision", "changes", "reason", "is_taken_back"), decisions,
        ),
        Dataset(
            "attendance", _("Attendance"), _("How many registered, how many came, and at which hour."),
            ("measure", "day", "hour", "count"), attendance,
        ),
        Dataset(
            "sessions", _("Sessions and feedback"), _("Heads that were counted in each session, and what it gave."),
            ("number", "title", "room", "places", "heads", "answers", "much", "some", "little"), sessions,
        ),
        Dataset(
            "market", _("Market"), _("Which projects were shown, how far they are and where one finds them."),
            ("number", "title", "summary", "organisation", "problem", "solution", "audience", "status", "cost",
             "licence", "code", "demo", "contact", "address"),
            market,
        ),
    )
}
