"""One event and how it is held."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from offenraum.kit.clock import Clock
from offenraum.kit.fields import Line, Prose

HEX_COLOUR: Final = RegexValidator(r"^#[0-9a-fA-F]{6}\Z", _("A colour looks like this: #2044aa."))


class Conference(models.Model):
    """One event; an installation holds many, strictly apart."""

    class SeatMode(models.TextChoices):
        SEATS = "seats", _("Only people with a seat")
        OPEN = "open", _("Every device is a seat")

    slug = models.SlugField(_("address"), max_length=40, unique=True)
    title = Line(_("title"), max_length=120)
    title_en = Line(_("title in English"), max_length=120, blank=True)
    short_title = Line(_("short title"), max_length=40)
    about = Prose(_("about"), max_length=4000, blank=True)
    about_en = Prose(_("about, in English"), max_length=4000, blank=True)
    venue = Line(_("venue"), max_length=120, blank=True)
    street = Line(_("street"), max_length=120, blank=True)
    city = Line(_("city"), max_length=120, blank=True)
    hosted_by = Line(_("invited by"), max_length=300, blank=True)
    grid_note = Line(_("note about rooms and slots"), max_length=200, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=40, default="Europe/Berlin")
    seat_mode = models.CharField(_("who may take part"), max_length=8, choices=SeatMode.choices, default=SeatMode.SEATS)
    must_release_topics = models.BooleanField(_("the desk releases topics before they reach the wall"), default=False)
    pitch_seconds = models.PositiveSmallIntegerField(
        _("seconds to talk"), default=30, validators=[MinValueValidator(5)]
    )
    vote_seconds = models.PositiveSmallIntegerField(
        _("seconds to vote"), default=10, validators=[MinValueValidator(5)]
    )
    wall_metres = models.DecimalField(
        _("width of the wall in metres"), max_digits=3, decimal_places=1, default=3,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
    )
    clock_started_at = models.DateTimeField(_("clock set at"), null=True, blank=True)
    clock_shows_at = models.DateTimeField(_("clock set to"), null=True, blank=True)
    clock_speed = models.FloatField(_("speed of the clock"), default=1.0, validators=[MinValueValidator(0.01)])
    colour = Line(_("main colour"), max_length=7, blank=True, validators=[HEX_COLOUR])
    second_colour = Line(_("second colour"), max_length=7, blank=True, validators=[HEX_COLOUR])
    domain = Line(_("own domain"), max_length=120, blank=True)
    is_hidden = models.BooleanField(_("hidden until it is published"), default=False)
    menu = models.JSONField(_("pages that have something to show: address, title, English title"), default=list)
    revision = models.PositiveIntegerField(_("how often the team has changed what calendars show"), default=0)
    revised_at = models.DateTimeField(_("when the team last changed what calendars show"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["domain"], condition=~Q(domain=""), name="conference_domain_once"),
            models.CheckConstraint(condition=Q(clock_speed__gt=0), name="conference_clock_runs_forward"),
            models.CheckConstraint(
                condition=Q(clock_started_at__isnull=True, clock_shows_at__isnull=True)
                | Q(clock_started_at__isnull=False, clock_shows_at__isnull=False),
                name="conference_clock_set_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def clock(self) -> Clock:
        return Clock(self.clock_started_at, self.clock_shows_at, self.clock_speed)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def said_at(self) -> datetime:
        """Since when its calendar says what it says."""
        return self.revised_at or self.created_at

    @property
    def colours(self) -> str:
        """The chosen colours as the name of their style sheet; empty without any."""
        return "-".join(colour[1:].lower() for colour in (self.colour, self.second_colour) if colour)
