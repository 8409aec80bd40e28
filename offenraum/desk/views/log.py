"""What was decided at the desk."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from offenraum.conference.queries.access import Access
from offenraum.desk.access import at_desk
from offenraum.desk.queries.log import log_of


@require_GET
@at_desk()
def page(request: HttpRequest, desk: Access) -> HttpResponse:
    """Who decided what, when and why."""
    context = {"conference": desk.conference, "access": desk, "page": "day", "log": log_of(desk.conference)}
    return render(request, "desk/log.html", context)
