"""The results: a page, a PDF, JSON and a table."""

from __future__ import annotations

import csv
from dataclasses import asdict
from io import StringIO
from pathlib import Path
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from offenraum.conference.models import Conference
from offenraum.conference.queries import conference_of
from offenraum.kit.markup import html_of
from offenraum.opendata.queries.results import Held, Results, Told, results_of
from offenraum.opendata.rules import cell_of_table
from offenraum.programme.prints.plan import span, stamp_of
from offenraum.programme.prints.typesetting import typeset

HERE: Final = Path(__file__).parents[1]


@require_GET
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """The programme as it was, with notes, feedback, tallies and decisions."""
    conference = conference_of(request, slug)
    found = results_of(conference)
    notes = [mark_safe(html_of(one.notes)) for one in found.sessions]  # noqa: S308 - cleaned by nh3
    context = {
        "conference": conference, "results": found, "page": "results",
        "sessions": list(zip(found.sessions, notes, strict=True)),
    }
    with timezone.override(conference.zone):
        return render(request, "opendata/results.html", context)


@require_GET
def pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The same on paper, as PDF/UA."""
    conference = conference_of(request, slug)
    found = results_of(conference)
    with timezone.override(conference.zone):
        content = typeset("results", sheet_of(conference, found), folder=HERE)
    file = f"ergebnisse-{slug}.pdf"
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{file}"'}
    )


def sheet_of(conference: Conference, found: Results) -> dict[str, Any]:
    wanted = [{"title": one.title, "total": total_in_words(one.total, is_estimate=one.is_estimate)}
              for one in found.wanted]
    return asdict(stamp_of(conference, found.edition)) | {
        "title": _("Results"), "state": state_of(found),
        "sessions": [printed(one, conference) for one in found.sessions],
        "notes": _("Notes"), "wanted": wanted, "wanted-title": _("Interest in the topics"),
        "people": pgettext("count", "People"), "topic": _("Topic"),
        "log-title": _("Decisions of the desk"), "log": [said(one) for one in found.decisions],
    }


def state_of(found: Results) -> str:
    return _("Final") if found.is_final else _("Preliminary: the day is not over yet.")


def printed(one: Held, conference: Conference) -> dict[str, Any]:
    session = one.session
    facts = [f"{count} × {label}" for label, count in one.answers if count is not None]
    heads = [_("Heads counted: %(count)d") % {"count": one.heads}] if one.heads is not None else []
    return {
        "title": session.topic.title, "hosts": ", ".join(session.hosts), "facts": " · ".join(heads + facts),
        "place": f"{span(session.starts_at, session.ends_at, conference.zone)} · {session.room.name}",
        "notes": one.notes,
    }


def said(one: Told) -> str:
    """A decision as one line."""
    parts = [date_format(timezone.localtime(one.made_at), "H:i"), one.role, one.words, *one.sentences]
    parts += [_("Why: %(reason)s") % {"reason": one.reason}] if one.reason else []
    parts += [_("taken back")] if one.is_undone else []
    return " · ".join(parts)


def total_in_words(total: int, *, is_estimate: bool) -> str:
    return _("about %(count)d") % {"count": total} if is_estimate else str(total)


@require_GET
def data(request: HttpRequest, slug: str) -> HttpResponse:
    """All results as JSON; field names are English and stay."""
    conference = conference_of(request, slug)
    found = results_of(conference)
    return JsonResponse({
        "conference": {"address": conference.slug, "title": conference.title},
        "edition": found.edition.number if found.edition else None, "is_final": found.is_final,
        "sessions": [session_json(one) for one in found.sessions],
        "tallies": [asdict(one) for one in found.wanted],
        "decisions": [asdict(one) for one in found.decisions],
    })


def session_json(one: Held) -> dict[str, Any]:
    session = one.session
    return {
        "number": session.topic.number, "title": session.topic.title, "hosts": session.hosts,
        "room": session.room.name, "starts_at": session.starts_at, "ends_at": session.ends_at, "notes": one.notes,
        "heads": one.heads, "feedback": {"answers": one.feedback.answers, "counts": one.counts},
    }


@require_GET
def table(request: HttpRequest, slug: str) -> HttpResponse:
    """The tallies as a table for spreadsheets."""
    conference = conference_of(request, slug)
    written = StringIO()
    rows = csv.writer(written)
    rows.writerow(["number", "title", "total", "is_estimate"])
    for one in results_of(conference).wanted:
        rows.writerow([one.number, cell_of_table(one.title), one.total, int(one.is_estimate)])
    return HttpResponse(
        "\ufeff" + written.getvalue(), content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="stimmen-{slug}.csv"'},
    )
