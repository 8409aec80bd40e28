"""The deletion clock: deletes by itself what has been kept as long as was promised, on each conference's clock."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Final

from django.db import Error, connection
from django.utils import timezone

from offenraum.answers.actions import clear_questions
from offenraum.barcamp.actions import clearing as barcamp
from offenraum.conference.actions import clearing as conference_clearing
from offenraum.conference.models import Conference
from offenraum.conference.queries.times import clearing_due_at
from offenraum.gathering.actions import clearing as gathering
from offenraum.kit.datamap import Keep, days_of
from offenraum.market.actions import clearing as market
from offenraum.people.actions import clear_attempts, clear_erasures, clear_sign_ins
from offenraum.post import actions as post
from offenraum.programme.actions import clearing as programme
from offenraum.project.ledger import mirror
from offenraum.project.scrubbing import scrub_if_needed
from offenraum.registration.actions import clearing as registration
from offenraum.registration.queries import figures_of
from offenraum.seats.actions import clearing as seats
from offenraum.seats.queries import attendance_of
from offenraum.website.actions import clearing as website

LOOK_EVERY_SECONDS: Final = 60.0
Step = Callable[..., int]
Done = dict[tuple[int, Keep], date]
log = logging.getLogger(__name__)


def clear_letters(*, conference: Conference) -> int:
    return post.clear_letters(scope=conference.slug)


STEPS: Final[Mapping[Keep, tuple[Step, ...]]] = {
    Keep.VOTES: (barcamp.clear_votes, programme.clear_votes, gathering.clear_votes, market.clear_votes),
    Keep.SUPPORT: (registration.clear_support,),
    Keep.LETTERS: (clear_letters, website.clear_letters),
    Keep.CHECK_IN: (seats.clear_check_ins,),
    Keep.REGISTRATION: (
        registration.clear_names, barcamp.clear_names, gathering.clear_names, seats.clear_names,
        conference_clearing.clear_names, website.clear_names, market.clear_names, clear_questions,
    ),
}
"""What is deleted of a conference when a period is over. A step takes `conference` and returns 0 when it is done."""

COUNTS: Final[Mapping[Keep, Callable[[Conference], dict[str, int]]]] = {
    Keep.CHECK_IN: attendance_of, Keep.REGISTRATION: figures_of,
}
"""What is counted before it is deleted."""

EVERYWHERE: Final[tuple[Step, ...]] = (
    clear_sign_ins, clear_attempts, clear_erasures, post.clear_account_letters, registration.clear_floods,
)
"""What belongs to no conference and follows real time."""


class Clearer(threading.Thread):
    """Looks once a minute until it is asked to end; a worker runs one."""

    def __init__(self) -> None:
        super().__init__(name="clearer", daemon=True)
        self.ended = threading.Event()

    def run(self) -> None:
        done: Done = {}
        while not self.ended.is_set():
            try:
                clear_all(done)
            except Error:
                log.exception("the deletion clock cannot work")
                connection.close()
            self.ended.wait(LOOK_EVERY_SECONDS)
        connection.close()

    def end(self) -> None:
        self.ended.set()


def clear_all(done: Done) -> None:
    """Delete all that is due; `done` says what was looked at already on the same day of a conference's clock."""
    for conference in Conference.objects.all():
        clear_conference(conference, now=conference.clock.at(timezone.now()), done=done)
    for step in EVERYWHERE:
        repeat(step, now=timezone.now())
    mirror()
    scrub_if_needed()


def clear_conference(conference: Conference, *, now: datetime, done: Done) -> None:
    """Delete what is due of one conference and note it."""
    for keep, steps in STEPS.items():
        due_at = clearing_due_at(conference, keep)
        if due_at is None or now < due_at or done.get((conference.pk, keep)) == now.date():
            continue
        kept = COUNTS[keep](conference) if keep in COUNTS else {}
        conference_clearing.begin_clearing(conference=conference, keep=keep, kept=kept, now=now)
        row_count = sum(repeat(step, conference=conference) for step in steps)
        conference_clearing.note_clearing(conference=conference, keep=keep, row_count=row_count, now=now)
        done[conference.pk, keep] = now.date()
    if (end := clearing_due_at(conference, Keep.REGISTRATION)) is not None:
        days = (now - end).days + days_of(Keep.REGISTRATION)
        repeat(registration.clear_answers, conference=conference, days=days)


def repeat(step: Step, **arguments: object) -> int:
    """Do a step until nothing is left; returns how many rows that were."""
    total = 0
    while count := step(**arguments):
        total += count
    return total
