"""The organiser's list: who registered, found by words and state, and the totals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from offenraum.conference.models import Conference
from offenraum.kit.plain_text import Unfit, tidy_line
from offenraum.registration.models import ExtraQuestion, Registration
from offenraum.registration.models.registrations import HOLDING
from offenraum.registration.queries import settings_of
from offenraum.registration.rules import no_show_percent

State = Registration.State
MOST_OF_SEARCH: Final = 120
MOST_DIGITS: Final = 9


def found_registrations(
    *, conference: Conference, text: str = "", state: str = "", contingent: int | None = None
) -> QuerySet[Registration]:
    """Registrations in order of arrival that fit; none for a search that can be no name."""
    found = Registration.objects.filter(conference=conference).select_related("contingent", "seat", "lead")
    if state:
        found = found.filter(state=state)
    if contingent is not None:
        found = found.filter(contingent=contingent or None)
    try:
        text = tidy_line(text, limit=MOST_OF_SEARCH)
    except Unfit:
        return found.none()
    if not text:
        return found
    fits = Q(name__icontains=text) | Q(organisation__icontains=text) | Q(email__icontains=text)
    if text.isdecimal() and len(text) < MOST_DIGITS:
        fits |= Q(number=int(text))
    return found.filter(fits)


@dataclass(frozen=True, slots=True)
class Totals:
    """The figures of a conference's registration."""

    capacity: int
    confirmed: int
    offered: int
    waiting: int
    ended: int
    to_answer: int
    came: int

    @property
    def free(self) -> int:
        return max(0, self.capacity - self.confirmed - self.offered)

    @property
    def no_shows(self) -> int:
        return self.confirmed - self.came

    @property
    def no_show_percent(self) -> int:
        return no_show_percent(expected=self.confirmed, came=self.came)


def totals_of(conference: Conference) -> Totals:
    """In one question to the database, with the contingents."""
    book = settings_of(conference)
    counts = Registration.objects.filter(conference=conference).aggregate(
        confirmed=Count("pk", filter=Q(state=State.CONFIRMED)), offered=Count("pk", filter=Q(state=State.OFFERED)),
        waiting=Count("pk", filter=Q(state=State.WAITING)), ended=Count("pk", filter=Q(ended_at__isnull=False)),
        to_answer=Count("pk", filter=Q(state__in=HOLDING, confirm_by__isnull=False)),
        came=Count("pk", filter=Q(seat__checked_in_at__isnull=False)),
    )
    invited = sum(conference.contingents.values_list("places", flat=True))
    return Totals(capacity=(book.capacity if book else 0) + invited, **counts)


def table_of(conference: Conference) -> Iterator[list[str]]:
    """Everything about everybody, a heading first; cells are text as people typed it."""
    questions = list(ExtraQuestion.objects.filter(conference=conference))
    yield [
        _("Number"), _("State"), _("Contingent"), _("Name"), _("Organisation"), _("E-mail"), _("Support needs"),
        _("Photos"), _("Hashtags"), _("Topic"), _("Registered"), _("Checked in"),
        *(question.label for question in questions),
    ]
    rows = found_registrations(conference=conference).prefetch_related("answers")
    for one in rows:
        answers = {answer.question_id: answer.text for answer in one.answers.all()}
        seat = one.seat
        yield [
            str(one.number), str(one.get_state_display()), one.contingent.name if one.contingent else "", one.name,
            one.organisation, one.email, one.support, _("yes") if one.may_be_photographed else _("no"),
            " ".join(one.hashtags), one.topic, one.created_at.astimezone(conference.zone).isoformat(" ", "minutes"),
            seat.checked_in_at.astimezone(conference.zone).isoformat(" ", "minutes")
            if seat and seat.checked_in_at else "",
            *(answers.get(question.pk, "") for question in questions),
        ]
