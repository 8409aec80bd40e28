"""Template tags of pages that stay current."""

from __future__ import annotations

from django import template
from django.http import HttpRequest
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from offenraum.live.regions import region_html
from offenraum.live.versions import Versions, read_versions
from offenraum.live.wire import Key

register = template.Library()
KNOWN = "live_versions"


@register.simple_tag(takes_context=True)
def region(
    context: template.Context, name: str, *, scope: str = "", variant: int = 0, argument: object = "", label: str = ""
) -> SafeString:
    """Write a region with its version; its scope is `scope` or `conference.slug` of the context."""
    place = scope or scope_of(context)
    key = Key(place, name, language_of_page(), variant, str(argument))
    rendered = region_html(key, versions_of_page(context.get("request"), place))
    html = mark_safe(rendered.html.decode())  # noqa: S308 - rendered by a template of the region
    named = format_html(' aria-label="{}"', label) if label else ""
    head = format_html('id="{}" data-region="{}" data-version="{}"{}', key.element, key, rendered.version_tag, named)
    return format_html("<section {}>{}</section>", head, html)


def scope_of(context: template.Context) -> str:
    return str(context["scope"]) if "scope" in context else str(context["conference"].slug)


def language_of_page() -> str:
    return translation.get_language() or "de"


def versions_of_page(request: HttpRequest | None, scope: str) -> Versions:
    """Read once for each page, before its first region is rendered."""
    if request is None:
        return read_versions([scope])
    known: dict[str, Versions] = request.__dict__.setdefault(KNOWN, {})
    if scope not in known:
        known[scope] = read_versions([scope])
    return known[scope]
