"""Lists of what a conference has several of, and the form for each."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from offenraum.conference.queries import now_of
from offenraum.conference.queries.access import Access
from offenraum.organise.access import as_organiser
from offenraum.organise.forms.entries import EntryForm
from offenraum.organise.keeping import keep_form
from offenraum.organise.kinds import KINDS, Kind, name_of
from offenraum.organise.queries import is_in_plan
from offenraum.website.actions.contents import remove_entry

LONG: Final = ("text", "about", "answer")


def kind_called(slug: str) -> Kind:
    if slug not in KINDS:
        raise Http404
    return KINDS[slug]


@require_GET
@as_organiser
def entries(request: HttpRequest, access: Access, kind: str) -> HttpResponse:
    found = kind_called(kind)
    listed = [(entry, name_of(entry), found.about(entry)) for entry in found.entries(access.conference)]
    return render(request, "organise/entries.html", shown(access, kind=found, entries=listed))


@require_http_methods(["GET", "POST"])
@as_organiser
def new(request: HttpRequest, access: Access, kind: str) -> HttpResponse:
    return edited(request, access, kind_called(kind), None)


@require_http_methods(["GET", "POST"])
@as_organiser
def entry(request: HttpRequest, access: Access, kind: str, entry: int) -> HttpResponse:
    found = kind_called(kind)
    return edited(request, access, found, get_object_or_404(found.entries(access.conference), pk=entry))


def edited(request: HttpRequest, access: Access, kind: Kind, entry: Any) -> HttpResponse:
    """Show a form, its preview, or store it; what was typed comes back with its faults."""
    form = kind.form(
        request.POST or None, request.FILES or None, instance=entry, conference=access.conference,
        now=now_of(access.conference),
    )
    is_previewed = "preview" in request.POST
    if form.is_valid() and not is_previewed:
        keep_form(form)
        messages.success(request, _("Saved: %(name)s") % {"name": name_of(form.instance)})
        return redirect("organise:entries", access.conference.slug, kind.slug)
    context = shown(access, kind=kind, form=form, entry=entry, preview=previewed(form) if is_previewed else [])
    return render(request, "organise/entry.html", context, status=422 if form.errors else 200)


def previewed(form: EntryForm) -> list[str]:
    """The long texts of a form as they will look."""
    texts = (form.cleaned_data.get(f"{name}{ending}", "") for name in LONG for ending in ("", "_en"))
    return [text for text in texts if text]


@require_http_methods(["GET", "POST"])
@as_organiser
def remove(request: HttpRequest, access: Access, kind: str, entry: int) -> HttpResponse:
    """Ask before something is deleted; what the plan needs stays."""
    found = kind_called(kind)
    row = get_object_or_404(found.entries(access.conference), pk=entry)
    name, is_needed = name_of(row), is_in_plan(row)
    if request.method == "POST" and not is_needed:
        remove_entry(conference=access.conference, entry=row, now=now_of(access.conference))
        messages.success(request, _("Deleted: %(name)s") % {"name": name})
        return redirect("organise:entries", access.conference.slug, kind)
    context = shown(access, kind=found, entry=row, name=name, is_needed=is_needed)
    return render(request, "organise/remove.html", context, status=409 if request.method == "POST" else 200)


def shown(access: Access, **more: object) -> dict[str, object]:
    """What every page here shows."""
    return {"conference": access.conference, "access": access, "page": "organise", **more}
