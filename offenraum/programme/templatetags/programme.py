"""Marking a seat's own sessions in the shared programme."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def marked(region: SafeString, own: Iterable[int]) -> SafeString:
    """The region with the sessions of these topic ids marked as the own ones."""
    html = str(region)
    for topic in own:
        html = html.replace(f'data-topic="{topic}"', f'data-topic="{topic}" data-mine')
    return mark_safe(html)  # noqa: S308 - the region is safe already, only attributes of our own are added
