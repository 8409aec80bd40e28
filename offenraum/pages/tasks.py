"""What is put together from several slices in the background: topics that people brought along when they registered."""

from __future__ import annotations

from django.db import transaction

from offenraum.barcamp.actions.topics import TopicText, propose_topic
from offenraum.conference.models import Conference
from offenraum.conference.queries import now_of
from offenraum.registration.actions.own import note_topic
from offenraum.registration.queries import topics_brought


def bring_topics(conference: Conference) -> None:
    """Put the topics of all who have a seat by now onto the board, under their names, each once."""
    now = now_of(conference)
    for registration in topics_brought(conference):
        with transaction.atomic():
            text = TopicText(title=registration.topic, hashtags=tuple(registration.hashtags))
            if note_topic(registration=registration, now=now):
                propose_topic(
                    conference=conference, seat=registration.seat, host_name=registration.name, text=text,
                    key=registration.key, now=now,
                )
