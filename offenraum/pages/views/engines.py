"""What search engines ask for first."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from lxml import etree

from offenraum.conference.models import Conference
from offenraum.conference.queries import now_of
from offenraum.pages.queries.sitemap import paths_of

SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
ROBOTS = "User-agent: *\nDisallow: /konto\nDisallow: /*/regie/\nDisallow: /*/platz\n\nSitemap: {address}/sitemap.xml\n"


@require_safe
@cache_control(public=True, max_age=3600)
def sitemap(request: HttpRequest) -> HttpResponse:
    """The public pages of all conferences that are published (sitemaps.org, 0.9)."""
    root = etree.Element("urlset", nsmap={None: SCHEMA})
    for conference in Conference.objects.filter(is_hidden=False).order_by("-created_at"):
        for path in paths_of(conference, now=now_of(conference)):
            etree.SubElement(etree.SubElement(root, "url"), "loc").text = f"{settings.ADDRESS}{path}"
    return HttpResponse(etree.tostring(root, xml_declaration=True, encoding="utf-8"), content_type="application/xml")


@require_safe
@cache_control(public=True, max_age=86_400)
def robots(request: HttpRequest) -> HttpResponse:
    """Where programs need not look, and where the list is."""
    return HttpResponse(ROBOTS.format(address=settings.ADDRESS), content_type="text/plain; charset=utf-8")
