"""Who is at the page of a session, and what they may do there."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest

from offenraum.barcamp.models import Topic
from offenraum.conference.models import Conference
from offenraum.conference.queries import conference_of
from offenraum.conference.queries.access import access_of
from offenraum.conference.rules import Duty
from offenraum.gathering.queries import gathered_topic
from offenraum.seats.models import Seat
from offenraum.seats.queries import seat_of


@dataclass(frozen=True, slots=True)
class Visit:
    """Who is at a session's page."""

    conference: Conference
    topic: Topic
    seat: Seat | None
    name: str
    is_host: bool
    may_count: bool
    is_moderator: bool

    @property
    def address(self) -> str:
        return f"/{self.conference.slug}/session/{self.topic.number}"


def visit_of(request: HttpRequest, slug: str, number: int) -> Visit:
    """The session and what the visitor may do there; 404 without one."""
    conference = conference_of(request, slug)
    topic = gathered_topic(conference=conference, number=number)
    if topic is None:
        raise Http404
    seat, access = seat_of(request, conference), access_of(request, conference)
    host = next((one for one in topic.hosts.all() if seat and one.seat_id == seat.pk), None)
    return Visit(
        conference=conference, topic=topic, seat=seat, name=access.name if access else (host.name if host else ""),
        is_host=host is not None, may_count=host is not None or bool(access and access.may(Duty.HANDS)),
        is_moderator=bool(access and access.may(Duty.MODERATE)),
    )
