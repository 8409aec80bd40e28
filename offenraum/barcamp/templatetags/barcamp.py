"""Painting a seat's own votes into a shared region, so that the page is right before any script runs."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.safestring import SafeString, mark_safe

from offenraum.barcamp.models import Merge, Topic

register = template.Library()
BUTTON = 'data-vote="{topic}" data-weight="{weight}" aria-pressed="{pressed}"'


@register.filter
def painted(region: SafeString, interests: Mapping[int, int]) -> SafeString:
    """The region with the buttons of this seat's interests (topic id to weight) pressed."""
    html = str(region)
    for topic, weight in interests.items():
        for step in range(1, weight + 1):
            off = BUTTON.format(topic=topic, weight=step, pressed="false")
            html = html.replace(off, BUTTON.format(topic=topic, weight=step, pressed="true"))
    return mark_safe(html)  # noqa: S308 - the region is safe already, only attributes of our own are replaced


@register.filter
def other_than(merge: Merge, topic: Topic) -> Topic:
    """The one of the two topics of an offer that is not this one."""
    return merge.into if merge.topic_id == topic.pk else merge.topic
