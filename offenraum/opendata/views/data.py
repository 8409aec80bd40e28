"""The open data of a conference: a page that lists it, the files, the package and the catalogue."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from offenraum.conference.models import Conference
from offenraum.conference.queries import conference_of
from offenraum.kit.language import localised
from offenraum.opendata.formats.catalogue import ENDINGS, catalogue_of
from offenraum.opendata.formats.measured import sensor_entry
from offenraum.opendata.formats.tables import Licence, Source, csv_of, json_of, package_of
from offenraum.opendata.queries.datasets import DATASETS
from offenraum.opendata.views.exports import language_of, open_to_all
from offenraum.programme.queries.published import latest_edition
from offenraum.sensors.queries import devices_of
from offenraum.website.models import Site
from offenraum.website.queries import site_of

IRI: Final = "http://dcat-ap.de/def/licenses/"
CC: Final = "https://creativecommons.org"
DL: Final = "https://www.govdata.de"
LICENCES: Final = {
    Site.Licence.CC_BY: Licence("CC-BY-4.0", "CC BY 4.0", f"{CC}/licenses/by/4.0/", f"{IRI}cc-by/4.0", True),
    Site.Licence.CC_ZERO: Licence("CC0-1.0", "CC0 1.0", f"{CC}/publicdomain/zero/1.0/", f"{IRI}cc-zero", False),
    Site.Licence.DL_BY: Licence("DL-DE-BY-2.0", "dl-de/by-2-0", f"{DL}/dl-de/by-2-0", f"{IRI}dl-by-de/2.0", True),
    Site.Licence.DL_ZERO: Licence(
        "DL-DE-ZERO-2.0", "dl-de/zero-2-0", f"{DL}/dl-de/zero-2-0", f"{IRI}dl-zero-de/2.0", False
    ),
}


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """What there is, as what, under which licence."""
    conference = conference_of(request, slug)
    context = {
        "conference": conference, "page": "data", "datasets": DATASETS.values(), "endings": ENDINGS,
        "devices": devices_of(conference),
        "source": source_of(conference, translation.get_language() or settings.LANGUAGE_CODE),
    }
    return render(request, "opendata/data.html", context)


@require_safe
def table(request: HttpRequest, slug: str, name: str, ending: str) -> HttpResponse:
    """One dataset as CSV or JSON."""
    conference = conference_of(request, slug)
    if name not in DATASETS or ending not in {"csv", "json"}:
        raise Http404
    language, dataset = language_of(request), DATASETS[name]
    with translation.override(language), timezone.override(conference.zone):
        rows = dataset.rows(conference)
        body = csv_of(dataset, rows) if ending == "csv" else json_of(source_of(conference, language), dataset, rows)
    media_type = "text/csv; charset=utf-8" if ending == "csv" else "application/json"
    return tagged(request, body, media_type, f"{slug}-{name}.{ending}")


@require_safe
def package(request: HttpRequest, slug: str) -> HttpResponse:
    """datapackage.json of all datasets."""
    language = language_of(request)
    source = source_of(conference_of(request, slug), language)
    with translation.override(language):
        body = package_of(source, DATASETS.values())
    return tagged(request, body, "application/json", f"{slug}-datapackage.json")


@require_safe
def catalogue(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """The catalogue for data portals."""
    if ending not in ENDINGS:
        raise Http404
    language = language_of(request)
    conference = conference_of(request, slug)
    source = source_of(conference, language)
    sensors = [partial(sensor_entry, source=source, device=device) for device in devices_of(conference)]
    with translation.override(language):
        body = catalogue_of(source, DATASETS.values(), ending=ending, others=sensors)
    return tagged(request, body, ENDINGS[ending][1], f"{slug}-katalog.{ending}")


def source_of(conference: Conference, language: str) -> Source:
    latest = latest_edition(conference)
    with translation.override(language):
        title, about = localised(conference, "title"), localised(conference, "about")
    site, address = site_of(conference), f"{settings.ADDRESS}/{conference.slug}"
    return Source(
        slug=conference.slug, title=title, about=about, publisher=conference.hosted_by or title,
        home=f"{address}/daten", language=language, licence=LICENCES[Site.Licence(site.data_licence)],
        imprint=f"{address}/impressum", contributor=site.contributor,
        issued_at=conference.created_at.astimezone(conference.zone),
        changed_at=(latest.published_at if latest else conference.created_at).astimezone(conference.zone),
    )


def tagged(request: HttpRequest, body: bytes, media_type: str, file: str) -> HttpResponse:
    """The answer, or 304 for who has it already."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    answer = get_conditional_response(request, etag=tag) or HttpResponse(body, content_type=media_type)
    answer.headers["ETag"] = tag
    return open_to_all(answer, f'inline; filename="{file}"')
