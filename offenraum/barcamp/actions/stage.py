"""Coming onto the stage of a running round, and leaving it."""

from __future__ import annotations

from django.db.models import F, Max

from offenraum.barcamp.models import Pitch, Round, Topic


def join_running_round(topic: Topic) -> None:
    """A spontaneous topic goes to the end of the queue of a running round."""
    running = Round.objects.filter(
        conference=topic.conference, state__in=[Round.State.PITCHING, Round.State.LAST_CALL]
    ).first()
    if running is None or Pitch.objects.filter(round=running, topic=topic).exists():
        return
    last = Pitch.objects.filter(round=running).aggregate(last=Max("position"))["last"] or 0
    Pitch.objects.create(round=running, topic=topic, position=last + 1)
    Topic.objects.filter(pk=topic.pk).update(round=running)


def leave_stage(topic: Topic) -> None:
    """A topic that goes while it is being pitched leaves the stage empty."""
    Round.objects.filter(current__topic=topic).update(current=None, paused_at=None, version=F("version") + 1)
    Pitch.objects.filter(topic=topic, state=Pitch.State.SPEAKING).update(state=Pitch.State.SKIPPED)
