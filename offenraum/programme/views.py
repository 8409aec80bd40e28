"""The programme for everybody, and the own plan of a seat."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from offenraum.barcamp.models import Topic
from offenraum.barcamp.queries import topic_of
from offenraum.conference.queries import conference_of, now_of
from offenraum.kit.accepts import wants_json
from offenraum.kit.group_commit import durable
from offenraum.kit.strangers import open_to_strangers
from offenraum.live.shared import render_shared
from offenraum.programme.actions.bookmarks import keep_session
from offenraum.programme.models import Edition
from offenraum.programme.queries.differences import difference, editions_of
from offenraum.programme.queries.published import own_topics, places_of, resolved
from offenraum.programme.queries.timetable import timetable_of
from offenraum.seats.models import Seat
from offenraum.seats.queries import seat_of


@require_GET
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """Fixed programme and sessions in one, the own plan marked."""
    conference = conference_of(request, slug)
    seat = seat_of(request, conference)
    context = {"conference": conference, "seat": seat, "own": marks_of(seat), "page": "programme"}
    if seat is None:
        return render_shared(request, "programme/programme.html", lambda: context, scope=slug, shown=[conference])
    return render(request, "programme/programme.html", context)


@require_GET
def reasons(request: HttpRequest, slug: str) -> HttpResponse:
    """Why the published plan is as it is, for everybody."""
    conference = conference_of(request, slug)
    context = {"conference": conference, "seat": seat_of(request, conference), "page": "programme"}
    return render(request, "programme/reasons.html", context)


@require_GET
def editions(request: HttpRequest, slug: str) -> HttpResponse:
    """Every edition that was ever published."""
    conference = conference_of(request, slug)
    with timezone.override(conference.zone):
        context = {"conference": conference, "editions": editions_of(conference), "page": "programme"}
        return render(request, "programme/editions.html", context)


@require_GET
def edition(request: HttpRequest, slug: str, edition: int) -> HttpResponse:
    """One edition as it was, and its difference to another; without a choice, to the one before."""
    conference = conference_of(request, slug)
    listed = editions_of(conference)
    shown = next((one for one in listed if one.number == edition), None)
    if shown is None:
        raise Http404
    asked = request.GET.get("seit", "")
    since = next((one for one in listed if str(one.number) == asked), None) or before(shown, listed)
    with timezone.override(conference.zone):
        rows = timetable_of(resolved(conference, edition=shown, places=places_of(shown)), now=now_of(conference))
        context = {
            "conference": conference, "edition": shown, "since": since, "page": "programme", "editions": listed,
            "rows": [row for row in rows if row.entries], "changes": difference(conference, since, shown),
        }
        return render(request, "programme/edition.html", context)


def before(shown: Edition, listed: Sequence[Edition]) -> Edition | None:
    return next((one for one in listed if one.number == shown.number - 1), None)


@never_cache
@require_GET
def standing(request: HttpRequest, slug: str) -> HttpResponse:
    """What the browser paints onto the shared programme: the own seat and its plan, and the token for changes."""
    conference = conference_of(request, slug)
    seat = seat_of(request, conference)
    token = get_token(request) if request.COOKIES else ""
    return JsonResponse({"seat": seat.number if seat else None, "interests": marks_of(seat), "csrf": token})


@require_POST
@open_to_strangers
def keep(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Put a session into the own plan or take it out; answers JSON to the page's script."""
    conference = conference_of(request, slug)
    seat = seat_of(request, conference)
    topic = topic_of(conference=conference, number=number)
    if topic is None or topic.state != Topic.State.RELEASED:
        raise Http404
    if seat is None:
        return signed_out(request, slug)
    is_kept = is_wanted(request, seat, topic)
    durable(keep_session, seat=seat, topic=topic, is_kept=is_kept)
    return JsonResponse({"weight": int(is_kept)}) if wants_json(request) else back(request, slug, topic)


def marks_of(seat: Seat | None) -> dict[int, int]:
    """The topics of a seat's own plan, in the form in which buttons are painted."""
    return dict.fromkeys(sorted(own_topics(seat)), 1) if seat else {}


def is_wanted(request: HttpRequest, seat: Seat, topic: Topic) -> bool:
    """What the script or the form says; a button without a script changes what is."""
    said = request.POST.get("weight", request.POST.get("kept"))
    return said != "0" if said is not None else topic.pk not in own_topics(seat)


def signed_out(request: HttpRequest, slug: str) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"error": _("Please sign in with your badge first.")}, status=403)
    return redirect(f"/{slug}/platz?next=/{slug}/mein-plan")


def back(request: HttpRequest, slug: str, topic: Topic) -> HttpResponse:
    """To the page that the button was on, at the session."""
    is_programme = request.headers.get("Referer", "").partition("?")[0].endswith(f"/{slug}/programm")
    return redirect(f"/{slug}/programm#p{topic.pk}" if is_programme else f"/{slug}/mein-plan#thema-{topic.number}")
