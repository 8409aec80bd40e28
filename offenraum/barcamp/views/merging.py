"""Hosts who make one session of two topics, and two of one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from offenraum.barcamp.actions.merging import CannotMerge, Settled, answer_offer, offer_merge, undo_merge
from offenraum.barcamp.forms import AnswerForm, OfferForm
from offenraum.barcamp.models import Merge, Topic
from offenraum.barcamp.queries import topic_of
from offenraum.barcamp.queries.merging import merges_about
from offenraum.barcamp.views.topics import own_topic, refused
from offenraum.conference.models import Conference
from offenraum.conference.queries import now_of
from offenraum.kit.group_commit import durable


@require_POST
def offer(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Ask the host of a similar topic to give one session together; the earlier card stays."""
    conference, seat, own = own_topic(request, slug, number)
    form = OfferForm(request.POST)
    other = topic_of(conference=conference, number=form.cleaned_data["other"]) if form.is_valid() else None
    if other is None:
        return redirect(f"/{slug}/themen/{number}")
    into, topic = sorted((own, other), key=lambda one: one.number)
    try:
        durable(offer_merge, topic=topic, into=into, seat=seat, now=now_of(conference))
    except CannotMerge as error:
        return refused(request, slug, str(error.message), status=409)
    return redirect(f"/{slug}/themen/{number}#zusammen")


@require_POST
def answer(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Agree to an offer of another host, or not."""
    conference, seat, own = own_topic(request, slug, number)
    form = AnswerForm(request.POST)
    found = merge_named(form, conference, own, state=Merge.State.OFFERED)
    try:
        durable(
            answer_offer, offer=found, seat=seat, agrees=form.cleaned_data["agrees"] == "1", now=now_of(conference)
        )
    except (Settled, CannotMerge) as error:
        return refused(request, slug, str(error.message), status=409)
    return redirect(f"/{slug}/themen/{number}#zusammen")


@require_POST
def separate(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A host of either makes two topics of one again."""
    conference, seat, own = own_topic(request, slug, number)
    found = merge_named(AnswerForm(request.POST), conference, own, state=Merge.State.DONE)
    try:
        durable(undo_merge, merge=found, undone_by=str(seat.number), now=now_of(conference))
    except Settled as error:
        return refused(request, slug, str(error.message), status=409)
    return redirect(f"/{slug}/themen/{number}")


def merge_named(form: AnswerForm, conference: Conference, own: Topic, *, state: str) -> Merge:
    """The merge that a form names, if it is about this topic."""
    named = form.cleaned_data["merge"] if form.is_valid() else 0
    return get_object_or_404(merges_about(own), pk=named, state=state, into__conference=conference)
