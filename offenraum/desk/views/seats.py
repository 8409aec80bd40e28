"""Seats at the desk: badges, names, checking in, new keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from offenraum.conference.queries import now_of
from offenraum.conference.queries.access import Access
from offenraum.conference.rules import Duty
from offenraum.desk.access import at_desk
from offenraum.desk.answers import Refused, attempt, back, say, warn
from offenraum.desk.forms import BadgesForm, NamesForm
from offenraum.kit.group_commit import durable
from offenraum.kit.qr import qr
from offenraum.seats.actions.checkin import check_in, undo_check_in
from offenraum.seats.actions.keys import NewSeat, reissue_keys
from offenraum.seats.actions.making import Person, create_seats
from offenraum.seats.models import Seat
from offenraum.seats.queries import checked_in_count, find_seats, last_number
from offenraum.seats.rules import printed_code

SEATS_A_PAGE = 50


@require_GET
@at_desk(Duty.CHECK_IN)
def page(request: HttpRequest, desk: Access) -> HttpResponse:
    """All seats, or those that a search finds."""
    return seats_page(request, desk)


def seats_page(
    request: HttpRequest, desk: Access, *, badges: BadgesForm | None = None, names: NamesForm | None = None
) -> HttpResponse:
    """The page with forms as they were typed; one that is wrong makes the answer 422."""
    searched = request.GET.get("q", "").strip()[:80]
    last = {"last": last_number(conference=desk.conference)}
    context = {
        "conference": desk.conference, "access": desk, "page": "seats", "searched": searched,
        "found": Paginator(find_seats(conference=desk.conference, text=searched), SEATS_A_PAGE).get_page(
            request.GET.get("seite")
        ),
        "seat_count": last["last"], "people": checked_in_count(conference=desk.conference),
        "may_make": desk.may(Duty.MODERATE), "badges": badges or BadgesForm(initial=last),
        "names": names or NamesForm(initial=last, auto_id="names_%s"),
    }
    return render(request, "desk/seats.html", context, status=422 if badges or names else 200)


@require_POST
@at_desk()
def make_badges(request: HttpRequest, desk: Access) -> HttpResponse:
    """Make anonymous badges and show their sheet."""
    form = BadgesForm(request.POST)
    if not form.is_valid():
        return seats_page(request, desk, badges=form)
    people = [Person()] * form.cleaned_data["count"]
    return make(request, desk, people=people, kind=Seat.Kind.BADGE, after=form.cleaned_data["last"])


@require_POST
@at_desk()
def import_names(request: HttpRequest, desk: Access) -> HttpResponse:
    """Make a seat for each pasted name and show the sheet of badges."""
    form = NamesForm(request.POST, auto_id="names_%s")
    if not form.is_valid():
        return seats_page(request, desk, names=form)
    people = form.cleaned_data["lines"]
    return make(request, desk, people=people, kind=Seat.Kind.REGISTRATION, after=form.cleaned_data["last"])


def make(request: HttpRequest, desk: Access, *, people: Sequence[Person], kind: str, after: int) -> HttpResponse:
    try:
        made = durable(
            create_seats, conference=desk.conference, people=people, kind=kind, now=now_of(desk.conference), after=after
        )
    except Refused as refusal:
        warn(request, refusal.message)
        return back(desk.conference, "seats")
    return sheet(request, desk, made)


@dataclass(frozen=True, slots=True)
class Badge:
    """A seat with the keys that are printed on its badge."""

    seat: Seat
    qr: str
    code: str


def sheet(request: HttpRequest, desk: Access, made: Sequence[NewSeat]) -> HttpResponse:
    """The sheet of badges as a page."""
    context = {
        "conference": desk.conference, "access": desk, "page": "seats",
        "badges": [badge_of(desk, new) for new in made],
        "short_address": f"{settings.ADDRESS}/{desk.conference.slug}/platz".partition("://")[2],
    }
    return render(request, "desk/badges.html", context)


def badge_of(desk: Access, new: NewSeat) -> Badge:
    address = settings.ADDRESS + reverse("seat_key", args=[desk.conference.slug, new.badge_secret])
    return Badge(seat=new.seat, qr=qr(address), code=printed_code(new.code))


@require_POST
@at_desk(Duty.CHECK_IN)
def arrive(request: HttpRequest, desk: Access, number: int) -> HttpResponse:
    """Check a seat in."""
    seat = get_object_or_404(Seat, conference=desk.conference, number=number)
    if durable(check_in, seat=seat, now=now_of(desk.conference)):
        say(request, _("%(seat)s is checked in.") % {"seat": called(seat)})
    else:
        warn(request, _("%(seat)s was checked in already.") % {"seat": called(seat)})
    return back_to_search(request, desk)


@require_POST
@at_desk(Duty.CHECK_IN)
def leave(request: HttpRequest, desk: Access, number: int) -> HttpResponse:
    """Take back a check-in by mistake."""
    seat = get_object_or_404(Seat, conference=desk.conference, number=number)
    if attempt(request, undo_check_in, seat=seat):
        say(request, _("%(seat)s is not checked in any more.") % {"seat": called(seat)})
    return back_to_search(request, desk)


@require_POST
@at_desk()
def reissue(request: HttpRequest, desk: Access, number: int) -> HttpResponse:
    """New keys for a lost badge; the old ones and the signed-in browser end."""
    seat = get_object_or_404(Seat, conference=desk.conference, number=number)
    return sheet(request, desk, [durable(reissue_keys, seat=seat, now=now_of(desk.conference))])


def back_to_search(request: HttpRequest, desk: Access) -> HttpResponse:
    """To the list as it was searched, so that the next person of the queue is near."""
    answer = back(desk.conference, "seats")
    if request.GET:
        answer["Location"] += f"?{request.GET.urlencode()}"
    return answer


def called(seat: Seat) -> str:
    return f"{seat.name} ({seat.number})" if seat.name else _("Seat %(number)d") % {"number": seat.number}
