"""Keys for programs of others."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from offenraum.conference.models.conferences import Conference
from offenraum.kit.fields import Line


class ApiToken(models.Model):
    """What a program may write in one conference; kept hashed, shown once."""

    class Scope(models.TextChoices):
        TOPICS = "topics", _("Bring topics")
        INTEREST = "interest", _("Show interest for seats")
        PLACEMENTS = "placements", _("Place sessions in the draft")
        CHECK_IN = "check_in", _("Check in seats")

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="api_tokens")
    name = Line(_("name"), max_length=80)
    scopes = models.JSONField(_("what it may do"), default=list)
    secret_hash = models.CharField(_("hash of the key"), max_length=64, unique=True)
    created_at = models.DateTimeField(_("created at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name

    @property
    def scopes_in_words(self) -> list[str]:
        return [str(scope.label) for scope in self.Scope if scope in self.scopes]
