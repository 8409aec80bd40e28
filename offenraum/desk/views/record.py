"""The record of processing activities, for organisers."""

from __future__ import annotations

import csv
from io import StringIO

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from offenraum.conference.queries import now_of
from offenraum.conference.queries.access import Access
from offenraum.conference.rules import Duty
from offenraum.desk.access import at_desk
from offenraum.kit.record import activities


@require_GET
@at_desk(Duty.ORGANISE)
def page(request: HttpRequest, desk: Access) -> HttpResponse:
    """The record as Art. 30 GDPR wants it, to be looked at and printed."""
    context = {
        "conference": desk.conference, "access": desk, "page": "team", "activities": activities(),
        "operator": settings.OPERATOR, "now": now_of(desk.conference),
    }
    return render(request, "desk/record.html", context)


@require_GET
@at_desk(Duty.ORGANISE)
def file(request: HttpRequest, desk: Access) -> HttpResponse:
    """The same as a table, dated."""
    written, today = StringIO(), now_of(desk.conference).date()
    rows = csv.writer(written, delimiter=";")
    rows.writerow([_("Purpose"), _("Data"), _("Legal basis"), _("Kept"), _("Seen by"), _("As of")])
    for activity in activities():
        for line in activity.lines:
            rows.writerow([activity.purpose, ", ".join(line.fields), line.basis, line.keep, line.who, today])
    return HttpResponse(
        "\ufeff" + written.getvalue(), content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="verarbeitungen-{desk.conference.slug}-{today}.csv"'},
    )
