"""Pages that organisers write: own pages, questions and answers, travel, legal texts, easy language, sign language."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from offenraum.conference.queries import conference_of
from offenraum.website.models import Page
from offenraum.website.queries import companies_of, faqs_of, public_pages, site_of


def text_page(request: HttpRequest, slug: str, template: str, **more: object) -> HttpResponse:
    """A page that shows a part of the site's texts."""
    conference = conference_of(request, slug)
    context = {"conference": conference, "site": site_of(conference), "operator": settings.OPERATOR, **more}
    return render(request, f"website/{template}.html", context)


@require_GET
def own_page(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    conference = conference_of(request, slug)
    page: Page = get_object_or_404(public_pages(conference), slug=name)
    return render(request, "website/page.html", {"conference": conference, "own_page": page})


@require_GET
def faq(request: HttpRequest, slug: str) -> HttpResponse:
    conference = conference_of(request, slug)
    return render(request, "website/faq.html", {"conference": conference, "faqs": faqs_of(conference)})


@require_GET
def partners(request: HttpRequest, slug: str) -> HttpResponse:
    conference = conference_of(request, slug)
    return render(request, "website/partners.html", {"conference": conference, "companies": companies_of(conference)})


@require_GET
def travel(request: HttpRequest, slug: str) -> HttpResponse:
    conference = conference_of(request, slug)
    return text_page(request, slug, "travel", rooms=conference.rooms.order_by("position"))


@require_GET
def imprint(request: HttpRequest, slug: str) -> HttpResponse:
    return text_page(request, slug, "imprint")


@require_GET
def easy(request: HttpRequest, slug: str) -> HttpResponse:
    return text_page(request, slug, "easy")


@require_GET
def signed(request: HttpRequest, slug: str) -> HttpResponse:
    return text_page(request, slug, "signed")
