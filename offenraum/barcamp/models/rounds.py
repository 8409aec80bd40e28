"""Rounds and the turns of topics in them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from offenraum.conference.models import Conference


class Round(models.Model):
    """The opening plenary in which topics are presented and voted on; a conference may have several."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Collecting topics")
        PITCHING = "pitching", _("Pitches")
        LAST_CALL = "last_call", _("Last call")
        CLOSED = "closed", _("Vote closed")

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField(_("number"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PLANNED)
    version = models.PositiveIntegerField(_("version"), default=1)
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    last_call_ends_at = models.DateTimeField(_("last call ends at"), null=True, blank=True)
    current = models.ForeignKey("Pitch", models.SET_NULL, null=True, blank=True, related_name="+")
    paused_at = models.DateTimeField(_("paused at"), null=True, blank=True)
    is_wall_blank = models.BooleanField(_("the wall is blank"), default=False)
    is_draft_shown = models.BooleanField(_("the wall shows the draft"), default=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "number"], name="round_number_once"),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) | ~Q(state="closed"), name="round_closed_has_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"

    @property
    def is_running(self) -> bool:
        return self.state in {self.State.PITCHING, self.State.LAST_CALL}

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED
