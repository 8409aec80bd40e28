"""Reads about registration: where it stands, when it is, how far down the list somebody is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cache
from typing import Final

from django.db import connection
from django.db.models import Count, QuerySet

from offenraum.conference.models import Conference, Day, Slot, Talk
from offenraum.conference.queries import now_of
from offenraum.kit.rows import Rows
from offenraum.registration.models import (
    Attempt,
    ExtraQuestion,
    Registration,
    RegistrationSettings,
)
from offenraum.registration.models.registrations import HOLDING
from offenraum.registration.queries.pools import Counts, Pool
from offenraum.registration.rules import RUSH, RUSH_WINDOW, Phase, calls_again, phase_of

# When registration opens, the form is asked for hundreds of times a second.
TERMS: Final = Rows(lambda: RegistrationSettings.objects.filter(conference=0).order_by())
QUESTIONS: Final = Rows(lambda: ExtraQuestion.objects.filter(conference=0))


@cache
def rush_sql() -> str:
    """The last form that makes a rush of a minute."""
    since = datetime(1970, 1, 1, tzinfo=UTC)
    recent = Attempt.objects.filter(conference=0, made_at__gt=since).order_by()
    return recent.values_list("pk")[RUSH - 1 : RUSH].query.sql_with_params()[0]


def settings_of(conference: Conference) -> RegistrationSettings | None:
    """How this conference takes registrations; None when it takes none."""
    return TERMS.first(conference.pk)


@dataclass(frozen=True, slots=True)
class Times:
    """From the first point of the programme to the last; None while nothing is entered."""

    starts_at: datetime | None
    ends_at: datetime | None


def times_of(conference: Conference) -> Times:
    """When the conference begins and ends, by its programme, else by its days."""
    columns = ("starts_at", "minutes")
    items = Slot.objects.filter(conference=conference).order_by().values_list(*columns).union(
        Talk.objects.filter(conference=conference).order_by().values_list(*columns)
    )
    times = [(starts_at, starts_at + timedelta(minutes=minutes)) for starts_at, minutes in items]
    if times:
        return Times(min(starts_at for starts_at, _end in times), max(ends_at for _start, ends_at in times))
    dates = list(Day.objects.filter(conference=conference).values_list("date", flat=True))
    if not dates:
        return Times(None, None)
    midnight = datetime.combine(min(dates), time.min, tzinfo=conference.zone)
    return Times(midnight, midnight + (max(dates) - min(dates)) + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody reads who wants to come: the phase, and the place on the waiting list that is next."""

    phase: Phase
    opens_at: datetime | None
    closes_at: datetime | None
    next_position: int


def standing_of(conference: Conference) -> Standing | None:
    """Where registration stands now; None for a conference that takes none."""
    book = settings_of(conference)
    return standing_in(Pool(book), now=now_of(conference)) if book else None


def standing_in(pool: Pool, *, now: datetime, counts: Counts | None = None) -> Standing:
    """Where the registration for these places stands; a contingent has its own end and no opening time."""
    counts = counts or pool.counts()
    opens_at = None if pool.contingent else pool.book.opens_at
    closes_at = pool.contingent.closes_at if pool.contingent else pool.book.closes_at
    has_place = not counts.waiting and counts.held < pool.capacity
    return Standing(
        phase=phase_of(now=now, opens_at=opens_at, closes_at=closes_at, has_place=has_place),
        opens_at=opens_at, closes_at=closes_at, next_position=counts.waiting + 1,
    )


def position_of(registration: Registration) -> int:
    """The place on the waiting list, from 1; 0 for somebody who is not on it."""
    if registration.state != Registration.State.WAITING:
        return 0
    before = Registration.objects.filter(
        conference=registration.conference_id, contingent=registration.contingent_id,
        state=Registration.State.WAITING, number__lt=registration.number,
    )
    return before.count() + 1


def questions_of(conference: Conference) -> list[ExtraQuestion]:
    """The organiser's own questions, in their order."""
    return QUESTIONS.all(conference.pk)


def needs_proof(book: RegistrationSettings, *, now: datetime) -> bool:
    """Whether forms have to show some work: always where the organiser wants it, else while very many arrive."""
    if book.needs_proof:
        return True
    since = connection.ops.adapt_datetimefield_value(now - RUSH_WINDOW)
    with connection.cursor() as cursor:
        cursor.execute(rush_sql(), [book.conference_id, since])
        return cursor.fetchone() is not None


def to_be_called(book: RegistrationSettings, *, starts_at: datetime) -> QuerySet[Registration]:
    """Those with a place for everybody who had it before the day of the call and were not asked yet."""
    return Registration.objects.filter(
        conference=book.conference_id, contingent__isnull=True, state=Registration.State.CONFIRMED,
        called_at__isnull=True, confirmed_at__lt=starts_at - timedelta(days=book.reconfirm_days),
    )


def is_time_due(conference: Conference, *, now: datetime) -> bool:
    """Whether something has to be done because time has passed; asked often, so it only reads."""
    book = settings_of(conference)
    if book is None:
        return False
    late = Registration.objects.filter(
        conference=conference, confirm_by__lte=now, state__in=HOLDING, seat__checked_in_at__isnull=True
    )
    if late.exists():
        return True
    starts_at = times_of(conference).starts_at if book.reconfirm_days else None
    is_day = calls_again(now=now, days=book.reconfirm_days, starts_at=starts_at)
    return is_day and starts_at is not None and to_be_called(book, starts_at=starts_at).exists()


def topics_brought(conference: Conference) -> QuerySet[Registration]:
    """Who brought a topic that is not on the board yet, and has a seat to bring it with."""
    return Registration.objects.filter(
        conference=conference, seat__isnull=False, topic_brought_at__isnull=True
    ).exclude(topic="").select_related("seat")


def active_emails(conference: Conference, emails: Collection[str]) -> set[str]:
    """Which of these addresses, as they are compared, are registered."""
    active = Registration.objects.filter(conference=conference, email_key__in=emails, ended_at__isnull=True)
    return set(active.values_list("email_key", flat=True))


def name_of(registration: Registration) -> str:
    """What makes a registration this one for ever, also in another backup."""
    return f"registration {registration.pk} {registration.created_at.timestamp():.6f}"


def figures_of(conference: Conference) -> dict[str, int]:
    """How many registrations ended in which way."""
    counted = Registration.objects.filter(conference=conference).values_list("state").annotate(n=Count("pk"))
    return {f"registration_{state}": count for state, count in counted.order_by("state")}
