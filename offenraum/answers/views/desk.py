"""The editor's page: failed questions, answers of one's own, synonyms, services from files."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from offenraum.answers.actions import (
    Taken,
    import_services,
    keep_pin,
    keep_synonym,
    remove_pin,
    remove_services,
    remove_synonym,
    settle_question,
)
from offenraum.answers.forms import ImportForm, PinForm, SynonymForm
from offenraum.answers.models import Pin
from offenraum.answers.queries.desk import editors_synonyms, open_questions, pins_of, sources_of
from offenraum.answers.reading import Fault, NotServices, read_services
from offenraum.conference.queries import now_of
from offenraum.conference.queries.access import Access, desk_access
from offenraum.conference.rules import Duty
from offenraum.kit.group_commit import durable


@never_cache
@require_GET
def questions(request: HttpRequest, slug: str) -> HttpResponse:
    """All that an editor does about the question desk."""
    return desk_page(request, desk_access(request, slug, Duty.ORGANISE))


def desk_page(
    request: HttpRequest, access: Access, faults: tuple[Fault, ...] = (), **forms_of: forms.Form
) -> HttpResponse:
    conference = access.conference
    faulty = next((form for form in forms_of.values() if form.errors), None)
    context: dict[str, object] = {
        "conference": conference, "access": access, "page": "organise", "questions": open_questions(conference),
        "pins": pins_of(conference), "synonyms": editors_synonyms(conference), "sources": sources_of(conference),
        "synonym_form": SynonymForm(auto_id="w_%s"), "import_form": ImportForm(auto_id="i_%s"), "faulty": faulty,
        "faults": faults, **forms_of,
    }
    with timezone.override(conference.zone):
        return render(request, "answers/desk.html", context, status=422 if faulty or faults else 200)


@require_POST
def new_synonym(request: HttpRequest, slug: str) -> HttpResponse:
    access = desk_access(request, slug, Duty.ORGANISE)
    form = SynonymForm(request.POST, auto_id="w_%s")
    if form.is_valid():
        try:
            durable(keep_synonym, conference=access.conference, **form.cleaned_data)
            messages.success(request, _("Questions with this word are understood now."))
            return redirect("ask_desk", slug)
        except Taken as refusal:
            form.add_error("word", str(refusal.message))
    return desk_page(request, access, synonym_form=form)


@require_POST
def drop_synonym(request: HttpRequest, slug: str, synonym: int) -> HttpResponse:
    access = desk_access(request, slug, Duty.ORGANISE)
    found = get_object_or_404(editors_synonyms(access.conference).select_related("conference"), pk=synonym)
    durable(remove_synonym, synonym=found)
    return redirect("ask_desk", slug)


@never_cache
@require_http_methods(["GET", "POST"])
def new_pin(request: HttpRequest, slug: str) -> HttpResponse:
    """Write an answer, often to a question of the list."""
    access = desk_access(request, slug, Duty.ORGANISE)
    return edited(request, access, Pin(conference=access.conference, made_at=now_of(access.conference)))


@never_cache
@require_http_methods(["GET", "POST"])
def pin(request: HttpRequest, slug: str, pin: int) -> HttpResponse:
    """Change an answer."""
    access = desk_access(request, slug, Duty.ORGANISE)
    return edited(request, access, get_object_or_404(pins_of(access.conference).select_related("conference"), pk=pin))


def edited(request: HttpRequest, access: Access, pin: Pin) -> HttpResponse:
    form = PinForm(request.POST or None, instance=pin, initial={"questions": request.GET.get("frage", "")})
    if form.is_valid():
        durable(keep_pin, pin=form.save(commit=False), now=now_of(access.conference))
        messages.success(request, _("The answer is pinned."))
        return redirect("ask_desk", access.conference.slug)
    context = {"conference": access.conference, "access": access, "page": "organise", "form": form, "pin": pin}
    return render(request, "answers/pin.html", context, status=422 if form.errors else 200)


@require_POST
def drop_pin(request: HttpRequest, slug: str, pin: int) -> HttpResponse:
    access = desk_access(request, slug, Duty.ORGANISE)
    found = get_object_or_404(pins_of(access.conference).select_related("conference"), pk=pin)
    durable(remove_pin, pin=found)
    return redirect("ask_desk", slug)


@require_POST
def settle(request: HttpRequest, slug: str, question: int) -> HttpResponse:
    """Take a question off the list."""
    access = desk_access(request, slug, Duty.ORGANISE)
    found = get_object_or_404(access.conference.asked_questions, pk=question)
    durable(settle_question, question=found, now=now_of(access.conference))
    return redirect("ask_desk", slug)


@require_POST
def take_services(request: HttpRequest, slug: str) -> HttpResponse:
    """Services from a file; with faults nothing is changed and each is named."""
    access = desk_access(request, slug, Duty.ORGANISE)
    form = ImportForm(request.POST, request.FILES, auto_id="i_%s")
    if not form.is_valid():
        return desk_page(request, access, import_form=form)
    told = form.cleaned_data
    try:
        reading = read_services(told["file"].read(), told["fields_map"])
    except NotServices as error:
        form.add_error("file", str(error))
        return desk_page(request, access, import_form=form)
    if reading.faults:
        return desk_page(request, access, reading.faults, import_form=form)
    now = now_of(access.conference)
    durable(import_services, conference=access.conference, source=told["source"], items=reading.items, now=now)
    messages.success(request, _("Taken over: %(count)d services.") % {"count": len(reading.items)})
    return redirect("ask_desk", slug)


@require_POST
def drop_services(request: HttpRequest, slug: str) -> HttpResponse:
    """Remove what came from one file."""
    access = desk_access(request, slug, Duty.ORGANISE)
    durable(remove_services, conference=access.conference, source=request.POST.get("source", "")[:80])
    return redirect("ask_desk", slug)
