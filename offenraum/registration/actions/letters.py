"""The letters of registration, each queued once for what it tells."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils import formats
from django.utils.translation import override

from offenraum.conference.models import Conference
from offenraum.post.actions import queue_letter
from offenraum.registration.models import Registration
from offenraum.registration.queries import address_of, times_of

PAPERS = {"confirmation": ("calendar", "ticket")}


def tell(registration: Registration, kind: str, *, now: datetime, key: str = "", **more: str) -> None:
    """Write to somebody, or to whoever registered them; without any address there is no letter."""
    to = registration.email or (registration.lead.email if registration.lead else "")
    if not to:
        return
    conference = registration.conference
    with override(registration.language):
        values = {"name": registration.name, "link": address_of(registration), **facts_of(conference), **more}
    queue_letter(
        scope=conference.slug, kind=kind, key=f"registration-{registration.pk}{key}", to=to, values=values,
        language=registration.language, now=now, attachments=PAPERS.get(kind, ()),
    )


def facts_of(conference: Conference) -> dict[str, str]:
    """What every letter may mention about the conference, in the language that is active."""
    starts_at = times_of(conference).starts_at
    where = [part for part in (conference.venue, conference.street, conference.city) if part]
    return {
        "conference": conference.title, "page": f"{settings.ADDRESS}/{conference.slug}/", "place": ", ".join(where),
        "date": moment(starts_at, conference) if starts_at else "",
    }


def moment(at: datetime, conference: Conference) -> str:
    """A moment in the conference's zone, as people say it."""
    return formats.date_format(at.astimezone(conference.zone), "l, j. F Y, H:i")
