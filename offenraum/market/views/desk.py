"""The market at the desk: stands, keys, floor plan, votes, reports, prints."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from offenraum.conference.queries import now_of
from offenraum.conference.queries.access import Access, desk_access
from offenraum.conference.rules import Duty
from offenraum.kit.group_commit import durable
from offenraum.market.access import desk_stand
from offenraum.market.actions.stands import (
    TooMany,
    end_keys,
    hide_stand,
    keep_plan,
    make_stand,
    place_stand,
    send_key,
)
from offenraum.market.actions.visiting import settle
from offenraum.market.actions.votes import make_vote, set_vote_state
from offenraum.market.forms import NewStandForm, PictureForm, PlaceForm, VoteForm
from offenraum.market.models import DotVote
from offenraum.market.prints.market import cards_pdf
from offenraum.market.queries import desk_stands, open_reports, placed_on, plan_of, stands_of
from offenraum.market.views.public import pdf
from offenraum.post.actions import NoAddress


@never_cache
@require_GET
def market(request: HttpRequest, slug: str) -> HttpResponse:
    """All that an organiser does about the market."""
    return desk_page(request, desk_access(request, slug, Duty.ORGANISE))


def desk_page(request: HttpRequest, access: Access, **forms_of: forms.Form) -> HttpResponse:
    conference = access.conference
    plan, stands = plan_of(conference), list(desk_stands(conference))
    context: dict[str, object] = {
        "conference": conference, "access": access, "page": "organise", "stands": stands, "plan": plan,
        "placed": placed_on(plan, stands) if plan else [],
        "reports": open_reports(conference), "votes": DotVote.objects.filter(conference=conference),
        "stand_form": NewStandForm(auto_id="s_%s"), "plan_form": PictureForm(auto_id="p_%s"),
        "vote_form": VoteForm(auto_id="v_%s"), "sends_mail": settings.SENDS_MAIL,
    }
    faulty = [form for form in forms_of.values() if form.errors]
    context |= {**forms_of, "faulty": faulty[0] if faulty else None}
    return render(request, "market/desk.html", context, status=422 if faulty else 200)


@require_POST
def new_stand(request: HttpRequest, slug: str) -> HttpResponse:
    access = desk_access(request, slug, Duty.ORGANISE)
    form = NewStandForm(request.POST, auto_id="s_%s")
    if not form.is_valid():
        return desk_page(request, access, stand_form=form)
    try:
        stand = durable(make_stand, conference=access.conference, now=now_of(access.conference), **form.cleaned_data)
    except TooMany as refusal:
        form.add_error(None, str(refusal.message))
        return desk_page(request, access, stand_form=form)
    messages.success(request, _("Stand %(number)d is prepared.") % {"number": stand.number})
    return redirect("market_desk", slug)


@require_POST
def send_letter(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A new key by letter; older ones end."""
    stand = desk_stand(request, slug, number)
    try:
        durable(send_key, stand=stand, language=get_language() or "de", now=now_of(stand.conference))
    except NoAddress as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, _("The key is on its way to %(email)s.") % {"email": stand.email})
    return redirect("market_desk", slug)


@require_POST
def block_keys(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    stand = desk_stand(request, slug, number)
    durable(end_keys, stand=stand, now=now_of(stand.conference))
    messages.success(request, _("The keys of this stand open nothing any more."))
    return redirect("market_desk", slug)


@require_POST
def hide(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Off the market, or on it again."""
    stand = desk_stand(request, slug, number)
    durable(hide_stand, stand=stand, is_hidden=request.POST.get("hide", "1") == "1", now=now_of(stand.conference))
    return redirect("market_desk", slug)


@require_POST
def place(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Where a stand is on the floor plan."""
    stand = desk_stand(request, slug, number)
    form = PlaceForm(request.POST, auto_id=f"o{number}_%s")
    if not form.is_valid():
        return desk_page(request, desk_access(request, slug, Duty.ORGANISE), place_form=form)
    durable(place_stand, stand=stand, x=form.cleaned_data["x"], y=form.cleaned_data["y"])
    return redirect("market_desk", slug)


@require_POST
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture of the floor."""
    access = desk_access(request, slug, Duty.ORGANISE)
    form = PictureForm(request.POST, request.FILES, auto_id="p_%s")
    if not form.is_valid():
        return desk_page(request, access, plan_form=form)
    durable(
        keep_plan, conference=access.conference, made=form.made, alt=form.cleaned_data["alt"],
        alt_en=form.cleaned_data["alt_en"], now=now_of(access.conference),
    )
    return redirect("market_desk", slug)


@require_POST
def new_vote(request: HttpRequest, slug: str) -> HttpResponse:
    access = desk_access(request, slug, Duty.ORGANISE)
    form = VoteForm(request.POST, auto_id="v_%s")
    if not form.is_valid():
        return desk_page(request, access, vote_form=form)
    asked = form.cleaned_data
    durable(
        make_vote, conference=access.conference, question=asked["question"], dots=asked["dots"], names=asked["choices"]
    )
    return redirect("market_desk", slug)


@require_POST
def vote_state(request: HttpRequest, slug: str, vote: int) -> HttpResponse:
    """Open or close a vote."""
    access = desk_access(request, slug, Duty.ORGANISE)
    rows = DotVote.objects.select_related("conference")
    found = get_object_or_404(rows, conference=access.conference, pk=vote)
    state = request.POST.get("state", "")
    if state in {DotVote.State.OPEN, DotVote.State.CLOSED}:
        durable(set_vote_state, vote=found, state=state)
    return redirect("market_desk", slug)


@require_POST
def settle_report(request: HttpRequest, slug: str, report: int) -> HttpResponse:
    access = desk_access(request, slug, Duty.ORGANISE)
    found = get_object_or_404(open_reports(access.conference).select_related("stand__conference"), pk=report)
    durable(settle, report=found, now=now_of(access.conference))
    return redirect("market_desk", slug)


@require_GET
def table_cards(request: HttpRequest, slug: str) -> HttpResponse:
    """A card with the QR of its page for each table."""
    access = desk_access(request, slug, Duty.ORGANISE)
    return pdf(f"tischkarten-{slug}", cards_pdf(access.conference, list(stands_of(access.conference))))
