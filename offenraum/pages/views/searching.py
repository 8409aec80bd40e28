"""One field for everything that stands on a conference's pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from offenraum.answers.queries.searching import found_for
from offenraum.conference.queries import conference_of
from offenraum.pages.forms import SearchForm


@require_GET
def search(request: HttpRequest, slug: str) -> HttpResponse:
    """The field, and what was found; a question in whole sentences is better asked at the question desk."""
    conference = conference_of(request, slug)
    form = SearchForm(request.GET if "q" in request.GET else None)
    is_asked = form.is_bound and form.is_valid()
    found = found_for(form.cleaned_data["q"], conference) if is_asked else []
    context = {"conference": conference, "form": form, "is_asked": is_asked, "found": found}
    return render(request, "pages/search.html", context, status=422 if form.errors else 200)
