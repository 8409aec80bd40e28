"""What sensors measure, for everybody: pages, raw messages, open data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from offenraum.conference.models import Conference
from offenraum.sensors.exports import as_csv, as_datapackage, as_geojson, as_json
from offenraum.sensors.maps import map_of
from offenraum.sensors.models import Codec, Device
from offenraum.sensors.queries import devices_of, places_of, quarantine_of, raw_messages

STREAMED: Final[dict[str, tuple[str, Callable[[Device], Iterator[str]]]]] = {
    "daten.csv": ("text/csv; charset=utf-8", as_csv), "daten.json": ("application/json", as_json),
}
FILES: Final = {
    "daten.csv": _("All values as a table"), "daten.json": _("All values for programs"),
    "ort.geojson": _("Place and newest values for maps"), "datapackage.json": _("Description of the table"),
}
DESCRIBED: Final = {"ort.geojson": as_geojson, "datapackage.json": as_datapackage}


def device_numbered(slug: str, number: int) -> tuple[Conference, Device]:
    conference = get_object_or_404(Conference, slug=slug)
    return conference, get_object_or_404(devices_of(conference), number=number)


@require_GET
def sensors(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that measures here."""
    conference = get_object_or_404(Conference, slug=slug)
    with timezone.override(conference.zone):
        devices = list(devices_of(conference))
        context = {"conference": conference, "devices": devices, "map": map_of(places_of(devices)), "page": "market"}
        return render(request, "sensors/sensors.html", context)


@require_GET
def sensor(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One device: values, charts, meaning, downloads."""
    conference, found = device_numbered(slug, number)
    others = [*devices_of(conference)] if found.latitude is not None else []
    context = {
        "conference": conference, "device": found, "page": "market", "files": FILES, "devices": others,
        "map": map_of(places_of(others)),
    }
    return render(request, "sensors/sensor.html", context)


@require_GET
def raw(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The last messages byte for byte, what made what of them, and what cannot be."""
    conference, found = device_numbered(slug, number)
    rows = [(message, bytes(message.payload).hex(" ")) for message in raw_messages(found)]
    context = {
        "conference": conference, "device": found, "page": "market", "rows": rows, "quarantine": quarantine_of(found),
    }
    with timezone.override(conference.zone):
        return render(request, "sensors/raw.html", context)


@require_GET
def file(request: HttpRequest, slug: str, number: int, name: str) -> HttpResponseBase:
    """Open data of one device."""
    _conference, found = device_numbered(slug, number)
    if name in DESCRIBED:
        kind = "application/geo+json" if name.endswith("geojson") else "application/json"
        answer: HttpResponseBase = JsonResponse(DESCRIBED[name](found), content_type=kind)
    elif name in STREAMED:
        kind, rows = STREAMED[name]
        answer = StreamingHttpResponse(rows(found), content_type=kind)
    else:
        raise Http404
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


@require_GET
def codec(request: HttpRequest, slug: str, codec: int) -> HttpResponse:
    """The program that decodes, as text."""
    found = get_object_or_404(Codec, conference__slug=slug, pk=codec)
    return HttpResponse(found.source, content_type="text/plain; charset=utf-8")
