"""Taking over a programme from a file: first look, then take."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from offenraum.conference.queries import now_of
from offenraum.conference.queries.access import Access
from offenraum.organise.access import as_organiser
from offenraum.organise.forms.importing import ImportForm, packed, unpacked
from offenraum.organise.views.entries import shown
from offenraum.programme.actions.importing import import_items
from offenraum.programme.formats.reading import NotASchedule, read_schedule
from offenraum.programme.queries.importing import outlook_of


@require_http_methods(["GET", "POST"])
@as_organiser
def programme(request: HttpRequest, access: Access) -> HttpResponse:
    """Show what a file would change; a second press takes over exactly that."""
    if "checked" in request.POST:
        return take(request, access)
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    found = looked_at(access, form) if form.is_valid() else {}
    status = 422 if form.errors or found.get("faults") else 200
    return render(request, "organise/import.html", shown(access, form=form, **found), status=status)


def looked_at(access: Access, form: ImportForm) -> dict[str, Any]:
    """What the file holds and what it would change; a file that is none is a fault of the form."""
    conference, with_rooms = access.conference, form.cleaned_data["with_rooms"]
    try:
        reading = read_schedule(form.cleaned_data["file"].read(), zone=conference.zone)
    except NotASchedule as error:
        form.add_error("file", str(error))
        return {}
    return {
        "faults": reading.faults, "shortened": reading.shortened, "with_rooms": with_rooms,
        "outlook": outlook_of(conference, reading.items, with_rooms=with_rooms),
        "checked": "" if reading.faults else packed(conference, reading.items, with_rooms=with_rooms),
    }


def take(request: HttpRequest, access: Access) -> HttpResponse:
    found = unpacked(access.conference, request.POST["checked"])
    if found is None:
        messages.warning(request, _("Please choose the file again: what was looked at is too old."))
        return redirect("organise:import", access.conference.slug)
    items, with_rooms = found
    outlook = import_items(
        conference=access.conference, items=items, with_rooms=with_rooms, now=now_of(access.conference)
    )
    messages.success(request, _("Taken over: %(new)d new, %(changed)d changed, %(same)d as before.") % {
        "new": len(outlook.new), "changed": len(outlook.changed), "same": len(outlook.same),
    })
    return redirect("organise:entries", access.conference.slug, "programmpunkte")
