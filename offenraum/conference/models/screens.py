"""What the desk puts on the screens."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from offenraum.conference.models.conferences import Conference
from offenraum.kit.fields import Line


class Notice(models.Model):
    """An announcement from the desk to every screen, until it expires or is taken back."""

    class Kind(models.TextChoices):
        NEWS = "news", _("Information")
        WARN = "warn", _("Important")

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="notices")
    text = Line(_("What shall everybody know?"), max_length=160)
    kind = models.CharField(_("kind"), max_length=4, choices=Kind.choices, default=Kind.NEWS)
    key = models.UUIDField(_("the browser's key of the form"))
    sent_by = Line(_("sent by"), max_length=80)
    sent_at = models.DateTimeField(_("sent at"))
    ends_at = models.DateTimeField(_("ends at"))
    ended_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "key"], name="notice_key_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("sent_at")), name="notice_ends_later"),
        ]

    def __str__(self) -> str:
        return self.text


class Wall(models.Model):
    """What one projector shows, and how wide its picture is; a wall without a row follows the day."""

    class Content(models.TextChoices):
        DAY = "day", _("Follows the day")
        NOW = "now", _("Now and next")
        PROGRAMME = "programme", _("One slot a page")
        TOPICS = "topics", _("Topics and hashtags")
        MARKET = "market", _("The market")

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="walls")
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1), MaxValueValidator(20)])
    content = models.CharField(_("content"), max_length=9, choices=Content.choices, default=Content.DAY)
    metres = models.DecimalField(
        _("width of the picture in metres"), max_digits=3, decimal_places=1,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
    )

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["conference", "number"], name="wall_number_once")]

    def __str__(self) -> str:
        return f"{self.number}"
