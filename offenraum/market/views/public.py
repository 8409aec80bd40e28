"""The market and its stands, for everybody."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from offenraum.conference.models import Conference
from offenraum.conference.queries import now_of
from offenraum.kit.group_commit import durable
from offenraum.market.access import Visit, signed_out, visit_of
from offenraum.market.actions.visiting import (
    Closed,
    DemoFull,
    ask,
    book,
    give_contact,
    hide_question,
    report,
    take_contact_back,
    wish,
)
from offenraum.market.forms import AskForm, ContactForm, StandReportForm
from offenraum.market.models import DemoSlot, StandQuestion
from offenraum.market.prints.market import plan_pdf
from offenraum.market.queries import is_archived, own_of, placed_on, plan_of, questions_of, stands_of, votes_of
from offenraum.market.rules import is_staffed
from offenraum.website.middleware import prepares


@require_GET
def market(request: HttpRequest, slug: str) -> HttpResponse:
    """All stands as a list and on the floor plan, the next demonstrations, the votes."""
    conference = get_object_or_404(Conference, slug=slug)
    plan = plan_of(conference)
    context = {
        "conference": conference, "page": "market", "plan": plan,
        "placed": placed_on(plan, stands_of(conference)) if plan else [],
        "votes": votes_of(conference), "is_archived": is_archived(conference),
    }
    return render(request, "market/market.html", context)


@require_GET
def market_plan(request: HttpRequest, slug: str) -> HttpResponse:
    """The market on paper: floor plan and list."""
    conference = get_object_or_404(Conference, slug=slug)
    return pdf(f"markt-{slug}", plan_pdf(conference))


def pdf(name: str, content: bytes) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@prepares
@require_GET
def stand(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One project."""
    visit = visit_of(request, slug, number)
    with timezone.override(visit.conference.zone):
        return render(request, "market/stand.html", visit.context | {
            "own": own_of(visit.stand, visit.seat), "is_archived": is_archived(visit.conference),
            "is_staffed": is_staffed(visit.stand.times, now_of(visit.conference)),
        })


def back(visit: Visit, part: str = "") -> HttpResponse:
    return redirect(f"{visit.stand.address}{part}")


def refused(request: HttpRequest, visit: Visit, message: str | Promise, *, typed: str = "") -> HttpResponse:
    context = visit.context | {"message": message, "typed": typed}
    return render(request, "market/refused.html", context, status=409)


@require_POST
def wish_stand(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """We want this too, or not any more."""
    visit = visit_of(request, slug, number)
    if visit.seat is None:
        return signed_out(visit)
    is_wished = request.POST.get("wish", "1") == "1"
    try:
        durable(wish, stand=visit.stand, seat=visit.seat, is_wished=is_wished, now=now_of(visit.conference))
    except Closed as refusal:
        return refused(request, visit, refusal.message)
    return back(visit, "#tun")


@require_http_methods(["GET", "POST"])
def contact(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Give one's contact to this stand, for a purpose."""
    visit = visit_of(request, slug, number)
    if visit.seat is None:
        return signed_out(visit)
    form = ContactForm(request.POST or None, initial={"name": visit.seat.name, "reach": visit.seat.email})
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("name", "reach", "purpose")}
        try:
            durable(give_contact, stand=visit.stand, seat=visit.seat, now=now_of(visit.conference), **given)
        except Closed as refusal:
            return refused(request, visit, refusal.message, typed=given["purpose"])
        messages.success(request, _("This stand has your contact. You can take it back at any time."))
        return back(visit, "#tun")
    context = visit.context | {"form": form, "own": own_of(visit.stand, visit.seat)}
    return render(request, "market/contact.html", context, status=422 if form.errors else 200)


@require_POST
def contact_back(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Gone at once."""
    visit = visit_of(request, slug, number)
    if visit.seat is None:
        return signed_out(visit)
    durable(take_contact_back, stand=visit.stand, seat=visit.seat)
    messages.success(request, _("Your contact is deleted. The stand does not have it any more."))
    return back(visit, "#tun")


@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Ask in public."""
    visit = visit_of(request, slug, number)
    if visit.seat is None:
        return signed_out(visit)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        try:
            made = durable(
                ask, stand=visit.stand, seat=visit.seat, text=text, key=form.browser_key(), now=now_of(visit.conference)
            )
        except Closed as refusal:
            return refused(request, visit, refusal.message, typed=text)
        return back(visit, f"#f{made.pk}")
    return render(request, "market/ask.html", visit.context | {"form": form}, status=422 if form.errors else 200)


@require_POST
def demo(request: HttpRequest, slug: str, number: int, demo: int) -> HttpResponse:
    """Take a place in a demonstration or give it back."""
    visit = visit_of(request, slug, number)
    found = get_object_or_404(DemoSlot.objects.select_related("stand__conference"), stand=visit.stand, pk=demo)
    if visit.seat is None:
        return signed_out(visit)
    is_booked = request.POST.get("book", "1") == "1"
    try:
        durable(book, demo=found, seat=visit.seat, is_booked=is_booked, now=now_of(visit.conference))
    except (Closed, DemoFull) as refusal:
        return refused(request, visit, refusal.message)
    messages.success(request, _("Your place is kept.") if is_booked else _("Your place is free again."))
    return back(visit, "#demos")


@require_http_methods(["GET", "POST"])
def stand_report(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Something is wrong with a stand."""
    return reporting(request, visit_of(request, slug, number), None)


@require_http_methods(["GET", "POST"])
def question_report(request: HttpRequest, slug: str, number: int, question: int) -> HttpResponse:
    """Something is wrong with a question; who asked it takes it back here."""
    visit = visit_of(request, slug, number)
    return reporting(request, visit, get_object_or_404(questions_of(visit.stand), pk=question))


def reporting(request: HttpRequest, visit: Visit, found: StandQuestion | None) -> HttpResponse:
    may_hide = found is not None and may_take(visit, found)
    if visit.seat is None and not may_hide:
        return signed_out(visit)
    form = StandReportForm(request.POST or None)
    if request.method == "POST" and visit.seat and form.is_valid():
        durable(
            report, stand=visit.stand, question=found, seat=visit.seat, reason=form.cleaned_data["reason"],
            now=now_of(visit.conference),
        )
        messages.success(request, _("Thank you. The organisers will look at it."))
        return back(visit)
    context = visit.context | {"form": form, "question": found, "may_hide": may_hide}
    return render(request, "market/report.html", context, status=422 if form.errors else 200)


def may_take(visit: Visit, found: StandQuestion) -> bool:
    return visit.may_edit or (visit.seat is not None and found.seat_id == visit.seat.pk)


@prepares
@require_POST
def question_hide(request: HttpRequest, slug: str, number: int, question: int) -> HttpResponse:
    """Off every screen: for who asked, the exhibitor and the organisers."""
    visit = visit_of(request, slug, number)
    found = get_object_or_404(questions_of(visit.stand).select_related("stand__conference"), pk=question)
    if not may_take(visit, found):
        raise Http404
    durable(hide_question, question=found, is_hidden=True, now=now_of(visit.conference))
    messages.success(request, _("It is hidden now."))
    return back(visit)
