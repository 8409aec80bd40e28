"""The letters of registration, each queued once for what it tells."""

from __future__ import annotations

from datetime import datetime

from django.utils import formats

from offenraum.conference.actions.letters import write_letters
from offenraum.conference.models import Conference
from offenraum.post.actions import Draft
from offenraum.registration.models import Registration
from offenraum.registration.queries.links import address_of

PAPERS = {"confirmation": ("calendar", "ticket")}


def tell(registration: Registration, kind: str, *, now: datetime, key: str = "", **more: str) -> None:
    """Write to somebody, or to whoever registered them; without any address there is no letter."""
    write_letters(
        conference=registration.conference, drafts=draft_to(registration, kind, key=key, **more), now=now
    )


def draft_to(registration: Registration, kind: str, *, key: str = "", **more: str) -> list[Draft]:
    """The letter to somebody, if there is an address for it."""
    to = registration.email or (registration.lead.email if registration.lead else "")
    if not to:
        return []
    values = {"name": registration.name, "link": address_of(registration), **more}
    if kind in PAPERS and registration.seat:
        values["seat"] = str(registration.seat.number)
    return [Draft(
        kind=kind, key=f"registration-{registration.pk}{key}", to=to, values=values, language=registration.language,
        attachments=PAPERS.get(kind, ()),
    )]


def moment(at: datetime, conference: Conference) -> str:
    """A moment in the conference's zone, as people say it."""
    return formats.date_format(at.astimezone(conference.zone), "l, j. F Y, H:i")
