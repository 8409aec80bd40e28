"""The notes of a session: typed together by the page's script, or sent as a whole by a plain form."""

from __future__ import annotations

import base64

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from offenraum.barcamp.actions.topics import Stale
from offenraum.conference.queries import now_of
from offenraum.gathering.actions.pads import PadFull, PadHidden, take_change, take_text
from offenraum.gathering.actions.writing import NotCheckedIn
from offenraum.gathering.forms import ChangeForm, SinceForm, TextForm
from offenraum.gathering.models import Contribution
from offenraum.gathering.queries import shown_of
from offenraum.gathering.queries.pads import changes_since, pad_of
from offenraum.gathering.queries.visits import Visit, visit_of
from offenraum.gathering.shared_text import BrokenChange
from offenraum.kit.group_commit import durable
from offenraum.seats.models import Seat

Refused = (NotCheckedIn, PadHidden, PadFull, Stale)
STATUS = {NotCheckedIn: 403, PadHidden: 409, PadFull: 409, Stale: 409}


@never_cache
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Where notes are typed; without scripts a form with the number of the change that it began from."""
    visit = visit_of(request, slug, number)
    if visit.seat is None:
        return redirect(f"/{slug}/platz?next={visit.address}/notizen")
    pad = pad_of(visit.topic)
    form = TextForm(request.POST or None, initial={"text": "" if pad.hidden_at else pad.text, "seen": pad.number})
    if request.method == "POST" and form.is_valid():
        return keep(request, visit, visit.seat, form)
    return typing(request, visit, form)


def typing(request: HttpRequest, visit: Visit, form: TextForm, *, status: int = 200) -> HttpResponse:
    pad = pad_of(visit.topic)
    context = {
        "conference": visit.conference, "topic": visit.topic, "form": form, "pad": pad, "page": "programme",
        "is_here": visit.seat is not None and visit.seat.is_checked_in,
    }
    return render(request, "gathering/notes.html", context, status=422 if form.errors and status == 200 else status)


def keep(request: HttpRequest, visit: Visit, seat: Seat, form: TextForm) -> HttpResponse:
    """Merge the text; what cannot be merged stays in the form, above what the notes say now."""
    data = form.cleaned_data
    try:
        durable(
            take_text, topic=visit.topic, seat=seat, text=data["text"], seen=data["seen"] or 0,
            now=now_of(visit.conference),
        )
    except Refused as refusal:
        form.add_error("text", str(refusal.message))
        form.see(number=pad_of(visit.topic).number)
        return typing(request, visit, form, status=STATUS[type(refusal)])
    return redirect(f"{visit.address}#notizen")


@never_cache
@require_GET
def since(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What came after a change that the browser has."""
    visit = visit_of(request, slug, number)
    form = SinceForm(request.GET)
    return changes(visit, form.cleaned_data["nach"] or 0 if form.is_valid() else 0)


def changes(visit: Visit, number: int) -> HttpResponse:
    found = changes_since(pad_of(visit.topic), number)
    packed = [base64.b64encode(change).decode() for change in found.changes]
    return JsonResponse({"number": found.number, "changes": packed})


@require_POST
def step(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Keep what was typed; the answer brings what others have typed since."""
    visit = visit_of(request, slug, number)
    if visit.seat is None:
        return JsonResponse({"error": _("Please sign in with your badge first.")}, status=403)
    form = ChangeForm(request.POST)
    if not form.is_valid():
        return unreadable()
    try:
        durable(
            take_change, topic=visit.topic, seat=visit.seat, change=form.cleaned_data["change"],
            now=now_of(visit.conference),
        )
    except BrokenChange:
        return unreadable()
    except Refused as refusal:
        return JsonResponse({"error": str(refusal.message)}, status=STATUS[type(refusal)])
    return changes(visit, form.cleaned_data["after"] or 0)


def unreadable() -> HttpResponse:
    return JsonResponse({"error": _("This change could not be read. Please reload the page; your text is kept.")},
                        status=422)


@require_GET
def export(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Everything that the session left, as a Markdown file."""
    visit = visit_of(request, slug, number)
    pad, known = pad_of(visit.topic), list(shown_of(visit.topic))
    context = {
        "topic": visit.topic, "conference": visit.conference, "text": "" if pad.hidden_at else pad.text,
        "questions": [one for one in known if one.kind == Contribution.Kind.QUESTION],
        "links": [one for one in known if one.kind == Contribution.Kind.LINK],
        "comments": [one for one in known if one.kind == Contribution.Kind.COMMENT],
    }
    return HttpResponse(
        render_to_string("gathering/export.md", context), content_type="text/markdown; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="session-{number}-{slug}.md"'},
    )
