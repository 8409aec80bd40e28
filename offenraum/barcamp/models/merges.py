"""Topics that become one."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from offenraum.barcamp.models.topics import Topic
from offenraum.kit.fields import Line
from offenraum.seats.models import Seat


class Merge(models.Model):
    """One topic goes into another: offered by a host, done by both hosts or the desk, undone at any time."""

    class State(models.TextChoices):
        OFFERED = "offered", _("Offered")
        DECLINED = "declined", _("Declined")
        DONE = "done", _("Merged")
        UNDONE = "undone", _("Undone")

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="merges")
    into = models.ForeignKey(Topic, models.CASCADE, related_name="joined")
    state = models.CharField(_("state"), max_length=8, choices=State.choices)
    offered_by = models.ForeignKey(Seat, models.SET_NULL, null=True, blank=True, related_name="+")
    done_by = Line(_("merged by"), max_length=80, blank=True)
    undone_by = Line(_("undone by"), max_length=80, blank=True)
    offered_at = models.DateTimeField(_("offered at"), null=True, blank=True)
    done_at = models.DateTimeField(_("merged at"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["topic"], condition=Q(state="done"), name="merge_once"),
            models.UniqueConstraint(fields=["topic", "into"], condition=Q(state="offered"), name="merge_offer_once"),
            models.CheckConstraint(condition=~Q(topic=F("into")), name="merge_into_other"),
        ]

    def __str__(self) -> str:
        return f"{self.topic_id} > {self.into_id}: {self.state}"
