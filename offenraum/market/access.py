"""Who is at a stand, and what they may do there."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from offenraum.conference.models import Conference
from offenraum.conference.queries.access import access_of, desk_access
from offenraum.conference.rules import Duty
from offenraum.market.models import Stand
from offenraum.market.queries import is_exhibitor, is_organiser, stand_numbered
from offenraum.seats.models import Seat
from offenraum.seats.queries import seat_of


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody at a stand."""

    conference: Conference
    stand: Stand
    seat: Seat | None
    may_edit: bool

    @property
    def context(self) -> dict[str, object]:
        return {
            "conference": self.conference, "stand": self.stand, "seat": self.seat, "may_edit": self.may_edit,
            "page": "market",
        }


def visit_of(request: HttpRequest, slug: str, number: int) -> Visit:
    """The stand and who looks at it; 404 for what is not shown yet or any more, except to those who may change it."""
    conference = get_object_or_404(Conference, slug=slug)
    stand = stand_numbered(conference, number)
    if stand is None:
        raise Http404
    may_edit = is_exhibitor(request, stand) or is_organiser(request, conference)
    is_unpublished = conference.is_hidden and access_of(request, conference) is None
    if (stand.hidden_at is not None or is_unpublished) and not may_edit:
        raise Http404
    return Visit(conference, stand, seat_of(request, conference), may_edit)


def own_stand(request: HttpRequest, slug: str, number: int) -> Visit:
    """The stand of whoever has its key, or of an organiser; 404 for everybody else."""
    visit = visit_of(request, slug, number)
    if not visit.may_edit:
        raise Http404
    return visit


def desk_stand(request: HttpRequest, slug: str, number: int) -> Stand:
    """A stand for its organiser."""
    access = desk_access(request, slug, Duty.ORGANISE)
    return get_object_or_404(Stand.objects.select_related("conference"), conference=access.conference, number=number)


def signed_out(visit: Visit) -> HttpResponse:
    """First the seat, then back to the stand."""
    return redirect(f"/{visit.conference.slug}/platz?next={visit.stand.address}")
