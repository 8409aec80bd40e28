"""The projectors at the desk: what each shows, and how wide its picture is."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from offenraum.conference.actions.walls import set_wall
from offenraum.conference.models import Conference, Wall
from offenraum.conference.queries import wall_numbered
from offenraum.conference.queries.access import Access
from offenraum.desk.access import at_desk
from offenraum.desk.answers import attempt, back, say
from offenraum.desk.forms.day import WallForm

MOST_WALLS = 20


@require_GET
@at_desk()
def page(request: HttpRequest, desk: Access) -> HttpResponse:
    """Every wall, and the next one."""
    return walls_page(request, desk)


def walls_page(request: HttpRequest, desk: Access, typed: WallForm | None = None, number: int = 0) -> HttpResponse:
    forms = [
        (each, typed if typed and each == number else form_of(desk.conference, each))
        for each in numbers_of(desk.conference)
    ]
    context = {"conference": desk.conference, "access": desk, "page": "day", "forms": forms}
    return render(request, "desk/walls.html", context, status=422 if typed else 200)


def numbers_of(conference: Conference) -> range:
    known = Wall.objects.filter(conference=conference).values_list("number", flat=True)
    return range(1, min(MOST_WALLS, max(known, default=1) + 1) + 1)


def form_of(conference: Conference, number: int) -> WallForm:
    wall = wall_numbered(conference, number)
    return WallForm(initial={"content": wall.content, "metres": wall.metres}, auto_id=f"wall{number}_%s")


@require_POST
@at_desk()
def change(request: HttpRequest, desk: Access, number: int) -> HttpResponse:
    """Let a wall show something else, at once."""
    if not 1 <= number <= MOST_WALLS:
        raise Http404
    form = WallForm(request.POST, auto_id=f"wall{number}_%s")
    if not form.is_valid():
        return walls_page(request, desk, form, number)
    if attempt(request, set_wall, conference=desk.conference, number=number, **form.cleaned_data):
        say(request, _("Wall %(number)d shows it now.") % {"number": number})
    return back(desk.conference, "walls")
