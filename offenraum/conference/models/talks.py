"""The fixed programme."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from offenraum.conference.models.conferences import Conference
from offenraum.conference.models.grid import Room
from offenraum.kit.fields import Line, Prose


class Speaker(models.Model):
    """A person of the fixed programme."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="speakers")
    name = Line(_("name"), max_length=80)
    position = Line(_("position"), max_length=160, blank=True)
    position_en = Line(_("position, in English"), max_length=160, blank=True)
    about = Prose(_("about"), max_length=2000, blank=True)
    about_en = Prose(_("about, in English"), max_length=2000, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["conference", "name"], name="speaker_name_once")]

    def __str__(self) -> str:
        return self.name


class Talk(models.Model):
    """One item of the fixed programme: greeting, keynote, impulse, break."""

    class Kind(models.TextChoices):
        DOORS = "doors", _("Doors open")
        GREETING = "greeting", _("Greeting")
        KEYNOTE = "keynote", _("Keynote")
        IMPULSE = "impulse", _("Impulse")
        PITCH = "pitch", _("Session planning")
        BREAK = "break", _("Break")
        CLOSING = "closing", _("Closing")

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="talks")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    title = Line(_("title"), max_length=120)
    title_en = Line(_("title in English"), max_length=120, blank=True)
    about = Prose(_("about"), max_length=2000, blank=True)
    about_en = Prose(_("about, in English"), max_length=2000, blank=True)
    starts_at = models.DateTimeField(_("starts at"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), validators=[MinValueValidator(1), MaxValueValidator(900)])
    room = models.ForeignKey(Room, models.SET_NULL, null=True, blank=True, related_name="talks")
    speakers = models.ManyToManyField(Speaker, blank=True, related_name="talks")
    source = Line(_("name in the program it was imported from"), max_length=36, blank=True)

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=1), name="talk_has_minutes"),
            models.UniqueConstraint(fields=["conference", "source"], condition=~Q(source=""), name="talk_source_once"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)
