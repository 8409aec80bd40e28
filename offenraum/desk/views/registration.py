"""Registrations at the desk: the organiser's list, its files, people from a table."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from offenraum.conference.queries import now_of
from offenraum.conference.queries.access import Access
from offenraum.conference.rules import Duty
from offenraum.desk.access import at_desk
from offenraum.desk.answers import attempt, back, say, warn
from offenraum.desk.forms.registration import ImportForm
from offenraum.desk.sheets import csv_of, xlsx_of
from offenraum.programme.actions.forgetting import forget_applicant
from offenraum.registration.actions.importing import import_people
from offenraum.registration.actions.places import cancel
from offenraum.registration.models import Registration
from offenraum.registration.queries import settings_of, times_of
from offenraum.registration.queries.lists import found_registrations, table_of, totals_of

A_PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@at_desk(Duty.ORGANISE)
def page(request: HttpRequest, desk: Access) -> HttpResponse:
    """Who registered, by words and state, with the totals."""
    conference, now = desk.conference, now_of(desk.conference)
    searched, state = request.GET.get("q", "").strip()[:120], request.GET.get("stand", "")
    state = state if state in Registration.State.values else ""
    found = found_registrations(conference=conference, text=searched, state=state)
    starts_at = times_of(conference).starts_at
    context = {
        "conference": conference, "access": desk, "page": "registrations", "searched": searched, "state": state,
        "states": Registration.State.choices, "totals": totals_of(conference), "is_set": settings_of(conference),
        "has_begun": starts_at is not None and starts_at <= now,
        "found": Paginator(found, A_PAGE).get_page(request.GET.get("seite")),
    }
    return render(request, "desk/registrations.html", context)


@require_POST
@at_desk(Duty.ORGANISE)
def cancel_one(request: HttpRequest, desk: Access, number: int) -> HttpResponse:
    """Cancel for somebody who called; the next moves up."""
    found = get_object_or_404(Registration, conference=desk.conference, number=number)
    if attempt(request, cancel, registration=found, now=now_of(desk.conference)):
        say(request, _("The registration of %(name)s is cancelled.") % {"name": found.name})
    answer = back(desk.conference, "registrations")
    if request.GET:
        answer["Location"] += f"?{request.GET.urlencode()}"
    return answer


@require_http_methods(["GET", "POST"])
@at_desk(Duty.ORGANISE)
def forget_one(request: HttpRequest, desk: Access, number: int) -> HttpResponse:
    """Delete everything of somebody who asked for it by mail or phone, after a page that says what goes."""
    found = get_object_or_404(
        Registration.objects.select_related("conference", "seat__conference").exclude(name=""),
        conference=desk.conference, number=number,
    )
    if request.method == "POST":
        if attempt(request, forget_applicant, applicant=found, now=now_of(desk.conference)):
            say(request, _("Everything of this person is deleted."))
        return back(desk.conference, "registrations")
    context = {"conference": desk.conference, "access": desk, "page": "registrations", "one": found}
    return render(request, "desk/registration-forget.html", context)


@require_GET
@at_desk(Duty.ORGANISE)
def as_csv(request: HttpRequest, desk: Access) -> HttpResponse:
    """The whole list as CSV."""
    return download(desk, csv_of(table_of(desk.conference)), "csv", "text/csv; charset=utf-8")


@require_GET
@at_desk(Duty.ORGANISE)
def as_xlsx(request: HttpRequest, desk: Access) -> HttpResponse:
    """The whole list for a spreadsheet."""
    return download(desk, xlsx_of(table_of(desk.conference)), "xlsx", XLSX)


def download(desk: Access, content: bytes, ending: str, media_type: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="anmeldungen-{desk.conference.slug}.{ending}"'
    return answer


@require_http_methods(["GET", "POST"])
@at_desk(Duty.ORGANISE)
def import_table(request: HttpRequest, desk: Access) -> HttpResponse:
    """People from a table: first tried, with every line that is wrong, then taken over."""
    form = ImportForm(
        request.POST if request.method == "POST" else None, request.FILES or None, conference=desk.conference
    )
    is_good = request.method == "POST" and form.is_valid()
    if is_good and "take" in request.POST:
        return taken_over(request, desk, form)
    context = {
        "conference": desk.conference, "access": desk, "page": "registrations", "form": form, "is_good": is_good,
    }
    return render(request, "desk/registrations-import.html", context, status=422 if form.errors else 200)


def taken_over(request: HttpRequest, desk: Access, form: ImportForm) -> HttpResponse:
    """Enter everybody of the table, and say how many have a place."""
    data = form.cleaned_data
    if settings_of(desk.conference) is None:
        warn(request, _("Please set the number of places first."))
        return back(desk.conference, "registration-terms")
    if attempt(
        request, import_people, conference=desk.conference, people=form.people, contingent=data["contingent"],
        key=data["key"], writes_letters=data["writes_letters"], now=now_of(desk.conference),
    ):
        said = ngettext("%(count)d person is entered.", "%(count)d people are entered.", len(form.people))
        say(request, said % {"count": len(form.people)})
    return back(desk.conference, "registrations")
