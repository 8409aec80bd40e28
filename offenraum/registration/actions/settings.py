"""What an organiser sets about registration."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from offenraum.conference.models import Conference
from offenraum.live.changes import announce
from offenraum.registration.actions.places import fill_pools, locked
from offenraum.registration.models import Contingent, ExtraQuestion, RegistrationSettings


class InUse(Exception):
    """People have registered for this contingent."""

    message = _("Somebody has registered here already. A new link closes the contingent to others.")


class NameTaken(Exception):
    """There is a contingent of this name."""

    message = _("There is a contingent of this name already.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How a conference takes registrations."""

    places: int
    overbooking_percent: int
    opens_at: datetime | None
    closes_at: datetime | None
    confirm_hours: int
    reconfirm_days: int
    reconfirm_hours: int
    most_colleagues: int
    asks_for_topic: bool
    needs_proof: bool


@transaction.atomic
def set_terms(*, conference: Conference, terms: Terms, now: datetime) -> None:
    """Set places and times; where there are more places now, people move up at once."""
    locked(conference)
    RegistrationSettings.objects.update_or_create(conference=conference, defaults=asdict(terms))
    book = locked(conference)
    if book is not None:
        fill_pools(book, now=now)
    announce(scope=conference.slug, topics=["registration"])


@transaction.atomic
def add_contingent(*, conference: Conference, name: str, places: int, closes_at: datetime | None) -> Contingent:
    """Places for invited people. Raises NameTaken."""
    locked(conference)
    if Contingent.objects.filter(conference=conference, name=name).exists():
        raise NameTaken
    return Contingent.objects.create(conference=conference, name=name, places=places, closes_at=closes_at)


@transaction.atomic
def renew_link(*, contingent: Contingent) -> None:
    """A new invitation; the links before open nothing any more."""
    Contingent.objects.filter(pk=contingent.pk).update(link_number=F("link_number") + 1)


@transaction.atomic
def remove_contingent(*, contingent: Contingent) -> None:
    """Take a contingent back that nobody has used. Raises InUse."""
    locked(contingent.conference)
    if contingent.registrations.exists():
        raise InUse
    contingent.delete()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question of the organiser's own."""

    kind: str
    label: str
    choices: str
    is_required: bool
    purpose: str
    keep_days: int


@transaction.atomic
def add_question(*, conference: Conference, asked: Asked) -> ExtraQuestion:
    """Ask one more thing on the form, after the others."""
    locked(conference)
    last = ExtraQuestion.objects.filter(conference=conference).aggregate(last=Max("position"))["last"] or 0
    return ExtraQuestion.objects.create(conference=conference, position=last + 1, **asdict(asked))


@transaction.atomic
def remove_question(*, question: ExtraQuestion) -> None:
    """Ask no more, and delete what was answered."""
    question.delete()


