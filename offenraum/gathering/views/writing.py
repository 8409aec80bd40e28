"""Writing in a session, counting its heads, saying what it gave, reporting and hiding."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from offenraum.conference.queries import now_of
from offenraum.gathering.actions.order import hide_contribution
from offenraum.gathering.actions.order import report as report_it
from offenraum.gathering.actions.writing import NotCheckedIn, contribute, count_heads, give_feedback
from offenraum.gathering.forms import WRITING, FeedbackForm, HeadsForm, KeyedForm, ReportForm
from offenraum.gathering.models import Contribution
from offenraum.gathering.queries import shown_of
from offenraum.gathering.queries.visits import Visit, visit_of
from offenraum.gathering.rules import may_hide
from offenraum.kit.group_commit import durable
from offenraum.kit.strangers import open_to_strangers
from offenraum.seats.models import Seat


def signed_out(visit: Visit) -> HttpResponse:
    return redirect(f"/{visit.conference.slug}/platz?next={visit.address}")


@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, slug: str, number: int, verb: str) -> HttpResponse:
    """Ask a question, add a link, write a comment."""
    if verb not in WRITING:
        raise Http404
    visit = visit_of(request, slug, number)
    if visit.seat is None:
        return signed_out(visit)
    kind, form_class = WRITING[verb]
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return keep(request, visit, visit.seat, kind, form)
    context = {
        "conference": visit.conference, "topic": visit.topic, "form": form, "page": "topics",
        "heading": headings()[kind],
    }
    return render(request, "gathering/write.html", context, status=422 if form.errors else 200)


def headings() -> dict[str, str]:
    return {
        Contribution.Kind.QUESTION: _("Ask a question"), Contribution.Kind.LINK: _("Add a link"),
        Contribution.Kind.COMMENT: _("Write a comment"),
    }


def keep(request: HttpRequest, visit: Visit, seat: Seat, kind: str, form: KeyedForm) -> HttpResponse:
    data = form.cleaned_data
    try:
        made = durable(
            contribute, topic=visit.topic, seat=seat, kind=kind, text=data["text"],
            address=data.get("address", ""), key=form.browser_key(), now=now_of(visit.conference),
        )
    except NotCheckedIn as refusal:
        return refused(request, visit, refusal, typed=data["text"])
    return redirect(f"{visit.address}#b{made.pk}")


def refused(request: HttpRequest, visit: Visit, refusal: NotCheckedIn, *, typed: str = "") -> HttpResponse:
    context = {
        "conference": visit.conference, "topic": visit.topic, "message": refusal.message, "typed": typed,
        "page": "topics",
    }
    return render(request, "gathering/refused.html", context, status=403)


@require_POST
@open_to_strangers
def feedback(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What the session gave: one tap on one of three buttons."""
    visit = visit_of(request, slug, number)
    if visit.seat is None:
        return signed_out(visit)
    form = FeedbackForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Please choose one of the three answers."))
        return redirect(f"{visit.address}#feedback")
    try:
        durable(
            give_feedback, topic=visit.topic, seat=visit.seat, value=form.cleaned_data["value"],
            now=now_of(visit.conference),
        )
    except NotCheckedIn as refusal:
        return refused(request, visit, refusal)
    messages.success(request, _("Thank you. You can change your answer at any time."))
    return redirect(f"{visit.address}#feedback")


@require_POST
def heads(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The host or a helper counts heads: one tap on a number, or an exact one."""
    visit = visit_of(request, slug, number)
    if not visit.may_count:
        raise PermissionDenied
    form = HeadsForm(request.POST)
    if form.is_valid():
        count = form.cleaned_data["count"]
        durable(count_heads, topic=visit.topic, count=count, counted_by=visit.name, now=now_of(visit.conference))
        messages.success(request, _("%(count)d heads are kept.") % {"count": count})
    else:
        messages.warning(request, str(form["count"].errors[0]))
    return redirect(f"{visit.address}#heads")


@require_http_methods(["GET", "POST"])
def contribution(request: HttpRequest, slug: str, number: int, contribution: int) -> HttpResponse:
    """Report a contribution to the desk, or hide it if that is one's right."""
    visit = visit_of(request, slug, number)
    found = get_object_or_404(shown_of(visit.topic), pk=contribution)
    return reporting(request, visit, found)


@require_http_methods(["GET", "POST"])
def notes_report(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Report the notes to the desk."""
    return reporting(request, visit_of(request, slug, number), None)


def reporting(request: HttpRequest, visit: Visit, found: Contribution | None) -> HttpResponse:
    may_take = found is not None and is_allowed(visit, found)
    if visit.seat is None and not may_take:
        return signed_out(visit)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and visit.seat and form.is_valid():
        return tell_desk(request, visit, visit.seat, found, reason=form.cleaned_data["reason"])
    context = {
        "conference": visit.conference, "topic": visit.topic, "contribution": found, "seat": visit.seat,
        "may_hide": may_take, "form": form, "page": "topics",
    }
    return render(request, "gathering/contribution.html", context, status=422 if form.errors else 200)


def tell_desk(
    request: HttpRequest, visit: Visit, seat: Seat, found: Contribution | None, *, reason: str
) -> HttpResponse:
    try:
        durable(
            report_it, topic=visit.topic, contribution=found, seat=seat, reason=reason,
            now=now_of(visit.conference),
        )
    except NotCheckedIn as refusal:
        return refused(request, visit, refusal, typed=reason)
    messages.success(request, _("Thank you. The desk will look at it."))
    return redirect(visit.address)


def is_allowed(visit: Visit, found: Contribution) -> bool:
    is_author = visit.seat is not None and found.seat_id == visit.seat.pk
    return may_hide(is_author=is_author, is_host=visit.is_host, is_moderator=visit.is_moderator)


@require_POST
def hide(request: HttpRequest, slug: str, number: int, contribution: int) -> HttpResponse:
    """Take a contribution off every screen: its author, the host, the desk."""
    visit = visit_of(request, slug, number)
    found = get_object_or_404(shown_of(visit.topic), pk=contribution)
    if not is_allowed(visit, found):
        raise PermissionDenied
    durable(hide_contribution, contribution=found, now=now_of(visit.conference))
    messages.success(request, _("It is hidden now."))
    return redirect(visit.address)
