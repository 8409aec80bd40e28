"""An exhibitor's own pages: the stand, its pictures, demonstrations, questions, contacts."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from offenraum.conference.models import Conference
from offenraum.conference.queries import now_of
from offenraum.kit.group_commit import durable
from offenraum.market.access import Visit, own_stand, signed_out
from offenraum.market.actions.stands import (
    TooMany,
    add_demos,
    add_medium,
    drop_demo,
    drop_medium,
    keep_stand,
    make_topic,
    note_use,
)
from offenraum.market.actions.visiting import answer
from offenraum.market.exports import contacts_csv
from offenraum.market.forms import AnswerForm, DemosForm, HostForm, PictureForm, StandForm
from offenraum.market.models import DemoSlot, Medium, StandKey
from offenraum.market.prints.market import cards_pdf
from offenraum.market.queries import STAND_SESSION_KEY, demos_of, figures_of, questions_of, stand_of_key
from offenraum.market.views.public import pdf
from offenraum.website.middleware import prepares


@prepares
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def with_key(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The page behind an exhibitor's link: opening it signs nobody in, the button does."""
    conference = get_object_or_404(Conference, slug=slug)
    found = stand_of_key(conference, key)
    if found is None and conference.is_hidden:
        raise Http404
    if found is None or request.method != "POST":
        context = {"conference": conference, "found": found}
        return render(request, "market/key.html", context, status=200 if found else 410)
    return enter(request, found, key)


def enter(request: HttpRequest, found: StandKey, key: str) -> HttpResponse:
    keys = request.session.get(STAND_SESSION_KEY, {})
    request.session[STAND_SESSION_KEY] = keys | {str(found.stand_id): key}
    note_use(key=found, now=now_of(found.stand.conference))
    return redirect("stand_own", found.stand.conference.slug, found.stand.number)


@prepares
@never_cache
@require_GET
def own(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What is to be done at one's stand, and how much interest there is."""
    return own_page(request, own_stand(request, slug, number))


def own_page(request: HttpRequest, visit: Visit, **forms_of: forms.Form) -> HttpResponse:
    stand = visit.stand
    context = visit.context | {
        "figures": figures_of(stand), "questions": questions_of(stand), "contacts": stand.contacts.all(),
        "demos": demos_of(stand), "picture_form": PictureForm(auto_id="p_%s"),
        "demos_form": DemosForm(conference=visit.conference, auto_id="d_%s"),
        "host_form": HostForm(initial={"host_name": visit.seat.name if visit.seat else ""}, auto_id="h_%s"),
    } | forms_of
    faulty = [form for form in forms_of.values() if form.errors]
    with timezone.override(visit.conference.zone):
        return render(
            request, "market/own.html", context | {"faulty": faulty[0] if faulty else None},
            status=422 if faulty else 200,
        )


@prepares
@never_cache
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Describe the project."""
    visit = own_stand(request, slug, number)
    title = visit.stand.title
    form = StandForm(request.POST or None, instance=visit.stand)
    if request.method == "POST" and form.is_valid():
        durable(keep_stand, stand=form.instance)
        messages.success(request, _("Saved. Everybody sees it now."))
        return redirect("stand_own", slug, number)
    context = visit.context | {"form": form, "title": title}
    return render(request, "market/edit.html", context, status=422 if form.errors else 200)


@prepares
@require_POST
def add_picture(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    visit = own_stand(request, slug, number)
    form = PictureForm(request.POST, request.FILES, auto_id="p_%s")
    if not form.is_valid():
        return own_page(request, visit, picture_form=form)
    alts = {name: form.cleaned_data[name] for name in ("alt", "alt_en")}
    return done_at(request, visit, lambda: add_medium(
        stand=visit.stand, made=form.made, now=now_of(visit.conference), **alts
    ))


def done_at(request: HttpRequest, visit: Visit, action: Callable[[], object]) -> HttpResponse:
    """Do something at one's stand and go back to it; what does not fit is told."""
    try:
        durable(action)
    except TooMany as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, _("Done."))
    return redirect("stand_own", visit.conference.slug, visit.stand.number)


@prepares
@require_POST
def remove_picture(request: HttpRequest, slug: str, number: int, medium: int) -> HttpResponse:
    visit = own_stand(request, slug, number)
    rows = Medium.objects.select_related("picture__conference", "stand__conference")
    found = get_object_or_404(rows, stand=visit.stand, pk=medium)
    return done_at(request, visit, lambda: drop_medium(medium=found))


@prepares
@require_POST
def add_demo(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    visit = own_stand(request, slug, number)
    form = DemosForm(request.POST, conference=visit.conference, auto_id="d_%s")
    if not form.is_valid():
        return own_page(request, visit, demos_form=form)
    wanted = {name: form.cleaned_data[name] for name in ("minutes", "count", "places")}
    return done_at(request, visit, lambda: add_demos(stand=visit.stand, starts_at=form.starts_at(), **wanted))


@prepares
@require_POST
def remove_demo(request: HttpRequest, slug: str, number: int, demo: int) -> HttpResponse:
    visit = own_stand(request, slug, number)
    rows = DemoSlot.objects.select_related("stand__conference")
    found = get_object_or_404(rows, stand=visit.stand, pk=demo)
    return done_at(request, visit, lambda: drop_demo(demo=found))


@prepares
@require_POST
def answer_question(request: HttpRequest, slug: str, number: int, question: int) -> HttpResponse:
    visit = own_stand(request, slug, number)
    found = get_object_or_404(questions_of(visit.stand).select_related("stand__conference"), pk=question)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return own_page(request, visit, answer_form=form)
    text = form.cleaned_data["text"]
    return done_at(request, visit, lambda: answer(question=found, text=text, now=now_of(visit.conference)))


@prepares
@require_POST
def to_topic(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The stand becomes a topic; its host needs a seat."""
    visit = own_stand(request, slug, number)
    if visit.seat is None:
        return signed_out(visit)
    form = HostForm(request.POST, auto_id="h_%s")
    if not form.is_valid():
        return own_page(request, visit, host_form=form)
    topic = durable(
        make_topic, stand=visit.stand, seat=visit.seat, host_name=form.cleaned_data["host_name"],
        key=form.browser_key(), now=now_of(visit.conference),
    )
    return redirect(f"/{slug}/themen/{topic.number}?neu=1")


@prepares
@never_cache
@require_GET
def contacts(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What visitors gave to this stand, as a table."""
    visit = own_stand(request, slug, number)
    headers = {"Content-Disposition": f'attachment; filename="kontakte-{slug}-{number}.csv"'}
    return HttpResponse(contacts_csv(visit.stand), content_type="text/csv; charset=utf-8", headers=headers)


@prepares
@require_GET
def table_card(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The card for one's own table."""
    visit = own_stand(request, slug, number)
    return pdf(f"tischkarte-{slug}-{number}", cards_pdf(visit.conference, [visit.stand]))
