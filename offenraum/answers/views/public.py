"""Asking: the page, the tablet in the foyer, the frame for other sites, the address for programs."""

from __future__ import annotations

import json
import logging
from typing import Final

from django.contrib import messages
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from offenraum.answers.actions import judge_answer, note_unanswered
from offenraum.answers.forms import AskForm, JudgeForm
from offenraum.answers.models import Service
from offenraum.answers.queries.answering import Reply, as_json, reply_to
from offenraum.answers.words import samples_of
from offenraum.conference.models import Conference
from offenraum.conference.queries import conference_of, now_of
from offenraum.kit.group_commit import durable
from offenraum.website.frames import framed, widget_script
from offenraum.website.queries import site_of

log: Final = logging.getLogger(__name__)


@require_GET
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """The page: a question and what is known about it."""
    return asked_page(request, conference_of(request, slug), "answers/ask.html")


@require_GET
def kiosk(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for a tablet that many use: large, without ways out, empty again after a minute."""
    return asked_page(request, conference_of(request, slug), "answers/kiosk.html")


@require_GET
def embed(request: HttpRequest, slug: str) -> HttpResponse:
    """The same in a frame of the sites that the organisers have named."""
    conference = conference_of(request, slug)
    return framed(asked_page(request, conference, "answers/embed.html"), site_of(conference))


@require_GET
def widget(request: HttpRequest, slug: str) -> HttpResponse:
    """A script for the municipality's own site that puts the question desk there."""
    conference = conference_of(request, slug)
    title = _("Questions: %(title)s") % {"title": conference.title}
    return widget_script(request.build_absolute_uri(reverse("ask_embed", args=[slug])), title)


def asked_page(request: HttpRequest, conference: Conference, template: str) -> HttpResponse:
    form = AskForm(request.GET) if "frage" in request.GET else AskForm()
    reply = replied(conference, form.cleaned_data["frage"]) if form.is_bound and form.is_valid() else None
    context = {
        "conference": conference, "form": form, "reply": reply, "samples": samples_of(conference), "page": "ask",
        "tells_height": "hoehe" in request.GET, "site": site_of(conference),
    }
    return render(request, template, context, status=422 if form.errors else 200)


def replied(conference: Conference, question: str) -> Reply:
    """The reply; a question without one is noted for the editors, unless the database is busy with other things."""
    reply = reply_to(question, conference)
    if not reply.is_known and reply.is_whole:
        try:
            durable(note_unanswered, conference=conference, text=question, now=now_of(conference))
        except OperationalError:
            log.warning("a question without an answer could not be noted")
    return reply


@require_GET
def answer_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for programs."""
    conference, form = conference_of(request, slug), AskForm(request.GET)
    if form.is_valid():
        answer = JsonResponse(as_json(replied(conference, form.cleaned_data["frage"])))
    else:
        told = json.loads(form.errors.as_json())["frage"]
        answer = JsonResponse({"field": "frage", "reason": told[0]["message"]}, status=422)
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


@require_POST
def judge(request: HttpRequest, slug: str) -> HttpResponse:
    """Whether an answer helped."""
    conference, form = conference_of(request, slug), JudgeForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("This could not be counted. Please ask again."))
        return redirect("ask", slug)
    question, is_helpful = form.cleaned_data["frage"], form.cleaned_data["helpful"] == "1"
    durable(judge_answer, conference=conference, text=question, is_helpful=is_helpful, now=now_of(conference))
    thanks = _("Thank you.") if is_helpful else _("Thank you. The team will look for a better answer.")
    messages.success(request, thanks)
    return redirect(f"{reverse('ask', args=[slug])}?{urlencode({'frage': question})}")


@require_GET
def service(request: HttpRequest, slug: str, service: int) -> HttpResponse:
    """One service as its source describes it."""
    conference = conference_of(request, slug)
    found = get_object_or_404(Service, conference=conference, pk=service)
    return render(request, "answers/service.html", {"conference": conference, "service": found, "page": "ask"})
