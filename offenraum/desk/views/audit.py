"""Recounting what was published: for organisers, and for auditors whom they have named."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from offenraum.conference.queries.access import Access
from offenraum.conference.rules import Duty
from offenraum.desk.access import at_desk
from offenraum.desk.queries.audit import audited_of, may_open, reasons_to_audit
from offenraum.programme.models import Reasons


@require_GET
@at_desk(Duty.AUDIT)
def page(request: HttpRequest, desk: Access) -> HttpResponse:
    """Every published edition with its files, and how to recount it."""
    is_open = may_open(desk)
    context = {
        "conference": desk.conference, "access": desk, "page": "audit", "is_open": is_open,
        "audited": audited_of(desk.conference) if is_open else (),
    }
    return render(request, "desk/audit.html", context)


@require_GET
@at_desk(Duty.AUDIT)
def problem(request: HttpRequest, desk: Access, reasons: int) -> HttpResponse:
    """Everybody's wishes as they entered an edition; its hash is the public one."""
    found = reasons_to_audit(desk, reasons)
    return download(found, found.problem if found else None, "wuensche")


@require_GET
@at_desk(Duty.AUDIT)
def plan(request: HttpRequest, desk: Access, reasons: int) -> HttpResponse:
    """The published plan with its figures and reasons, as the planner has told them."""
    found = reasons_to_audit(desk, reasons)
    return download(found, found.told if found else None, "plan")


def download(found: Reasons | None, content: dict[str, Any] | None, what: str) -> HttpResponse:
    """A file of an edition; 404 when it is not there, not there yet or deleted."""
    if found is None or content is None:
        raise Http404
    name = f"{found.edition.conference.slug}-{found.edition.number}-{what}.json"
    return JsonResponse(content, headers={"Content-Disposition": f'attachment; filename="{name}"'})
