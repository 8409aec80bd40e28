"""What was decided at the desk."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from offenraum.conference.models.conferences import Conference
from offenraum.conference.rules import Role
from offenraum.kit.datamap import Keep
from offenraum.kit.fields import Line


class Decision(models.Model):
    """One decision at the desk: who, when, why, what it moved; the newest ones can be taken back by who made them."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="decisions")
    verb = Line(_("what was done"), max_length=40)
    facts = models.JSONField(_("what it was about, as ids"), default=dict)
    moves = models.JSONField(_("topic, where it was, where it is now"), default=list)
    reason = Line(_("reason"), max_length=160, blank=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    made_by = Line(_("made by"), max_length=80)
    role = models.CharField(_("role"), max_length=10, choices=[(role.value, role.value) for role in Role])
    made_at = models.DateTimeField(_("made at"))
    undone_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.verb


class Clearing(models.Model):
    """What the deletion clock has deleted of a conference, and the counts that stay."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="clearings")
    keep = models.CharField(_("what was kept so long"), max_length=12, choices=Keep.choices)
    cleared_at = models.DateTimeField(_("deleted at"))
    row_count = models.PositiveIntegerField(_("rows deleted"), default=0)
    kept = models.JSONField(_("counts that stay"), default=dict)
    is_scrubbed = models.BooleanField(_("its traces in the file are gone"), default=False)

    class Meta:
        ordering = ["cleared_at", "id"]
        constraints = [models.UniqueConstraint(fields=["conference", "keep"], name="clearing_once")]

    def __str__(self) -> str:
        return f"{self.conference_id}: {self.keep}"
