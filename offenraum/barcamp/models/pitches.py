"""Topics on stage, and the hands counted for them."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from offenraum.barcamp.models.merges import Merge
from offenraum.barcamp.models.rounds import Round
from offenraum.barcamp.models.topics import Topic
from offenraum.kit.fields import Line


class Pitch(models.Model):
    """A topic's turn on stage in a round."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SPEAKING = "speaking", _("Speaking")
        DONE = "done", pgettext_lazy("pitch", "Done")
        SKIPPED = "skipped", _("Skipped")

    class Band(models.TextChoices):
        SMALL = "small", _("Small round")
        MEDIUM = "medium", _("Medium round")
        LARGE = "large", _("Large round")

    round = models.ForeignKey(Round, models.CASCADE, related_name="pitches")
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="pitches")
    position = models.PositiveIntegerField(_("position"))
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    paused_seconds = models.FloatField(_("seconds paused"), default=0)
    band = models.CharField(_("size that the wall shows afterwards"), max_length=6, choices=Band.choices, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["round", "topic"], name="pitch_once"),
            models.UniqueConstraint(fields=["round"], condition=Q(state="speaking"), name="pitch_one_speaks"),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.topic_id}"


class HandCount(models.Model):
    """Hands counted for a topic in a round, of people who have not voted by phone."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="hand_counts")
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="hand_counts")
    count = models.PositiveSmallIntegerField(_("hands"), validators=[MaxValueValidator(5000)])
    is_estimate = models.BooleanField(_("estimated"), default=False)
    counted_by = Line(_("counted by"), max_length=80)
    counted_at = models.DateTimeField(_("counted at"))
    merge = models.ForeignKey(Merge, models.CASCADE, null=True, blank=True, related_name="hand_counts")
    """The newest merge at the time: the hands were counted for all that is merged, and hold as long as it does."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "topic"], condition=Q(merge=None), name="hands_once"),
            models.UniqueConstraint(fields=["round", "topic", "merge"], name="hands_once_merged"),
        ]

    def __str__(self) -> str:
        return f"{self.topic_id}: {self.count}"
