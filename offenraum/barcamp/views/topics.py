"""Topics on the phone: browse, vote, bring one, change it."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from offenraum.barcamp.actions.interest import NotTaken, Wish, show_interests
from offenraum.barcamp.actions.topics import Stale, edit_topic, propose_topic, set_absences, withdraw_topic
from offenraum.barcamp.forms import InterestForm, TopicForm
from offenraum.barcamp.models import Topic
from offenraum.barcamp.queries import (
    interest_of,
    interests_of,
    round_now,
    similar_topics,
    topic_of,
    topics_hosted_by,
    unchosen_topics,
    vote_of,
)
from offenraum.barcamp.queries.interest import weight_of
from offenraum.barcamp.queries.merging import group_of, together_of
from offenraum.barcamp.rules import SHUFFLES, toggled
from offenraum.conference.models import Conference, Slot
from offenraum.conference.queries import conference_of, now_of
from offenraum.kit.accepts import reasons_of, wants_json
from offenraum.kit.group_commit import durable, durable_together
from offenraum.seats.models import Seat
from offenraum.seats.queries import device_hash_of, seat_of
from offenraum.seats.rules import shuffle_of

MOST_DIGITS = 9


@require_GET
def topics(request: HttpRequest, slug: str) -> HttpResponse:
    """All topics, in this seat's fair order until the close."""
    conference = conference_of(request, slug)
    seat = seat_of(request, conference)
    round_, interests = round_now(conference), interests_of(seat=seat) if seat else {}
    context = {
        "conference": conference, "seat": seat, "page": "topics", "round": round_,
        "variant": shuffle_of(seat.pk, SHUFFLES) if seat else 0, "key": uuid.uuid4(), "interests": interests,
        "unchosen": unchosen_topics(round_, interests) if round_ and seat else [],
        "own": topics_hosted_by(seat=seat) if seat else [],
    }
    return render(request, "barcamp/topics.html", context)


@require_GET
def topic(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One topic with everything its host wrote."""
    conference = conference_of(request, slug)
    seat = seat_of(request, conference)
    found, came_from = topic_of(conference=conference, number=number), request.GET.get("von", "")
    if found is None or not may_see(found, seat):
        return render(request, "barcamp/gone.html", {"conference": conference, "page": "topics"}, status=404)
    if found.head_id:
        return redirect(f"/{slug}/themen/{Topic.objects.get(pk=found.head_id).number}?von={number}")
    context = {
        "conference": conference, "seat": seat, "topic": found, "page": "topics", "key": uuid.uuid4(),
        "interests": interests_of(seat=seat) if seat else {}, "is_host": is_host(found, seat),
        "together": together_of(found, seat) if seat and is_host(found, seat) else None,
        "came_from": group_of(found).filter(number=int(came_from)).first() if is_number(came_from) else None,
    }
    return render(request, "barcamp/topic.html", context)


@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """Bring a topic: two questions, one button."""
    conference = conference_of(request, slug)
    seat = seat_of(request, conference)
    if seat is None:
        return redirect(f"/{slug}/platz?next=/{slug}/themen/neu")
    initial = {"host_name": seat.name, "away": away_of(seat)}
    form = TopicForm(request.POST or None, conference=conference, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = durable(
            propose_topic, conference=conference, seat=seat, host_name=form.cleaned_data["host_name"],
            text=form.text(), key=form.browser_key(), now=now_of(conference),
        )
        keep_absences(seat, form)
        return led_on(request, f"/{slug}/themen/{made.number}?neu=1")
    if form.errors and wants_json(request):
        return refused(request, slug, reasons_of(form), status=422)
    context = {"conference": conference, "seat": seat, "form": form, "page": "topics"}
    return render(request, "barcamp/propose.html", context, status=422 if form.errors else 200)


def led_on(request: HttpRequest, address: str) -> HttpResponse:
    """On to a page, for a script as its address."""
    return JsonResponse({"address": address}) if wants_json(request) else redirect(address)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The host changes the own topic."""
    conference, seat, own = own_topic(request, slug, number)
    initial = initial_of(own, seat)
    form = TopicForm(request.POST or None, conference=conference, initial=initial)
    if request.method == "POST" and form.is_valid() and save(form, own, seat):
        return redirect(f"/{slug}/themen/{number}")
    context = {"conference": conference, "seat": seat, "form": form, "topic": own, "page": "topics"}
    return render(request, "barcamp/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The host takes the own topic back, after one question."""
    conference, seat, own = own_topic(request, slug, number)
    if request.method == "POST":
        durable(withdraw_topic, topic=own, seat=seat, now=now_of(conference))
        return redirect(f"/{slug}/themen")
    context = {"conference": conference, "seat": seat, "topic": own, "page": "topics"}
    return render(request, "barcamp/withdraw.html", context)


@require_GET
def similar(request: HttpRequest, slug: str) -> HttpResponse:
    """Topics like the title that somebody is typing, as a list to put below the field."""
    conference = conference_of(request, slug)
    found = similar_topics(conference, title=request.GET.get("q", "")[:80])
    return render(request, "barcamp/similar.html", {"conference": conference, "topics": found})


@require_POST
def interest(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The vote. Answers JSON to the page's script and a redirect to a plain form."""
    hash_ = device_hash_of(request, slug)
    asked = vote_of(slug=slug, number=number, device_hash=hash_, real_now=timezone.now())
    form = InterestForm(request.POST)
    if asked is None:
        raise Http404
    if asked.seat_id is None:
        return refused(request, slug, _("Please sign in with your badge first."), status=403)
    if not form.is_valid():
        return refused(request, slug, _("The weight must be 0, 1 or 2."), status=422)
    try:
        weight = vote(form, asked.seat_id, topic_id=asked.topic_id or 0, now=asked.now)
    except NotTaken as error:
        return refused(request, slug, str(error.message), status=409, reason=error.refusal.value)
    return JsonResponse({"weight": weight}) if wants_json(request) else back_to_topics(request, slug, number)


def vote(form: InterestForm, seat_id: int, *, topic_id: int, now: datetime) -> int:
    """Set the weight that the script asks for; a plain form turns its button's step on or off, once a page."""
    weight, key = form.cleaned_data["weight"], form.cleaned_data["key"] or uuid.uuid4()
    if weight == "":
        known = interest_of(seat_id=seat_id, topic_id=topic_id)
        if known and known.key == key:
            return known.weight
        weight = toggled(before=weight_of(seat_id=seat_id, topic_id=topic_id), step=form.step)
    refusal = durable_together(show_interests, Wish(topic_id, seat_id, weight, key, now))
    if refusal is not None:
        raise NotTaken(refusal)
    return int(weight)


def refused(request: HttpRequest, slug: str, message: str, *, status: int, reason: str = "") -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"error": message, "reason": reason}, status=status)
    conference = conference_of(request, slug)
    context = {"conference": conference, "message": message, "page": "topics", "signed_out": status == 403}
    return render(request, "barcamp/refused.html", context, status=status)


def back_to_topics(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """To the page that the button was on, at the card."""
    came_from = request.headers.get("Referer", "").partition("?")[0].rstrip("/").rpartition(f"/{slug}/")[2]
    page = came_from if came_from in {"jetzt", f"themen/{number}"} else "themen"
    return redirect(f"/{slug}/{page}#thema-{number}")


def may_see(found: Topic, seat: Seat | None) -> bool:
    """Everybody sees released topics and is led on from merged ones; a host also sees the own waiting one."""
    is_public = found.state in {Topic.State.RELEASED, Topic.State.MERGED}
    return is_public or (found.state == Topic.State.SUBMITTED and is_host(found, seat))


def is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < MOST_DIGITS


def is_host(found: Topic, seat: Seat | None) -> bool:
    return seat is not None and any(host.seat_id == seat.pk for host in found.hosts.all())


def own_topic(request: HttpRequest, slug: str, number: int) -> tuple[Conference, Seat, Topic]:
    """The conference, the seat and the topic that this seat hosts; 404 for everybody else."""
    conference = conference_of(request, slug)
    seat = seat_of(request, conference)
    own = get_object_or_404(
        Topic.objects.exclude(state=Topic.State.WITHDRAWN), conference=conference, number=number,
        hosts__seat=seat.pk if seat else -1,
    )
    assert seat is not None  # noqa: S101 - the line above answers 404 without a seat
    return conference, seat, own


def save(form: TopicForm, own: Topic, seat: Seat) -> bool:
    """Keep a host's changes; a change made elsewhere in between is told in the form."""
    try:
        edit_topic(
            topic=own, text=form.text(), host_name=form.cleaned_data["host_name"], seat=seat,
            version=form.cleaned_data["version"] or 0, now=now_of(own.conference),
        )
    except Stale as error:
        form.add_error(None, str(error.message))
        form.see(version=Topic.objects.get(pk=own.pk).version)
        return False
    keep_absences(seat, form)
    return True


def keep_absences(seat: Seat, form: TopicForm) -> None:
    slots = Slot.objects.filter(conference=seat.conference, pk__in=form.cleaned_data["away"])
    set_absences(seat=seat, slots=list(slots))


def initial_of(own: Topic, seat: Seat) -> dict[str, object]:
    name = next((host.name for host in own.hosts.all() if host.seat_id == seat.pk), seat.name)
    return {
        "title": own.title, "host_name": name, "about": own.about, "kind": own.kind, "format": own.format,
        "level": own.level, "length": own.length, "needs": own.needs, "hashtags": " ".join(own.hashtags),
        "away": away_of(seat), "version": own.version,
    }


def away_of(seat: Seat) -> list[str]:
    return [str(pk) for pk in seat.absences.values_list("slot_id", flat=True)]
