"""What is still to be done before a conference can be shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from offenraum.conference.models import Conference
from offenraum.conference.queries import now_of
from offenraum.programme.models import Edition, Placement
from offenraum.website.queries import comments_to_judge, open_remarks, site_of

YEAR: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Task:
    """One step of setting up: what, why, whether it is done, and where."""

    title: str | Promise
    why: str | Promise
    address: str
    is_done: bool
    is_needed: bool = True


def tasks_of(conference: Conference) -> list[Task]:
    """The way from nothing to a published page, in order; what is needed first."""
    site = site_of(conference)

    def part(slug: str) -> str:
        return reverse("organise:part", args=[conference.slug, slug])

    def kind(slug: str) -> str:
        return reverse("organise:entries", args=[conference.slug, slug])

    return [
        Task(
            _("What, when, where"), _("Title, days and venue stand at the top of the start page."), part("konferenz"),
            bool(conference.city and conference.about),
        ),
        Task(_("Days"), _("On which days does it take place?"), kind("tage"), conference.days.exists()),
        Task(
            _("Legal notice"), _("Who is responsible? A public website has to say so."), part("rechtliches"),
            bool(site.imprint or settings.OPERATOR),
        ),
        Task(
            _("Rooms"), _("The barcamp needs rooms with places."), kind("raeume"), conference.rooms.exists(), False
        ),
        Task(
            _("Slots"), _("When do sessions take place?"), kind("zeitfenster"), conference.slots.exists(), False
        ),
        Task(
            _("Fixed programme"), _("Greeting, keynotes, breaks."), kind("programmpunkte"),
            conference.talks.exists(), False,
        ),
        Task(
            _("Getting there"), _("With step-free ways, so that everybody can come."), part("anreise"),
            bool(site.travel), False,
        ),
        Task(
            _("Colours and picture"), _("Your corporate colour; we make readable shades of it."), part("gestaltung"),
            bool(conference.colour), False,
        ),
        Task(
            _("Accessibility statement"), _("Public bodies have to have one, and look at it again each year."),
            part("barrierefreiheit"), is_recent(site.checked_on, today=now_of(conference).date()), False,
        ),
        Task(
            _("Team"), _("Who leads the barcamp, who helps?"), reverse("conference_team", args=[conference.slug]),
            conference.members.count() > 1, False,
        ),
    ]


def is_recent(checked_on: date | None, *, today: date) -> bool:
    """Whether a check of accessibility still counts: the statement has to be looked at once a year."""
    return checked_on is not None and today - checked_on <= YEAR


def is_ready(tasks: list[Task]) -> bool:
    """Whether a conference can be shown to everybody."""
    return all(task.is_done for task in tasks if task.is_needed)


def waiting_count(conference: Conference) -> int:
    """How many comments and messages about barriers wait for the organisers."""
    return comments_to_judge(conference).count() + open_remarks(conference).count()


def is_in_plan(entry: object) -> bool:
    """Whether the plan or an edition needs a room, a slot or a day, so that it cannot go."""
    name = type(entry).__name__.lower()
    if name not in {"room", "slot", "day"}:
        return False
    if Edition.objects.filter(conference=entry.conference).exists():  # type: ignore[attr-defined]
        return True
    found = {"slot__day": entry} if name == "day" else {name: entry}
    return Placement.objects.filter(**found).exists()
