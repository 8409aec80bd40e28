"""The grid of the barcamp: days, slots, rooms."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from offenraum.conference.models.conferences import Conference
from offenraum.kit.fields import Line


class Day(models.Model):
    """One day of a conference."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="days")
    date = models.DateField(_("date"))

    class Meta:
        ordering = ["date"]
        constraints = [models.UniqueConstraint(fields=["conference", "date"], name="day_once")]

    def __str__(self) -> str:
        return self.date.isoformat()


class Slot(models.Model):
    """One row of the barcamp's grid: a time in which all rooms hold a session."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="slots")
    day = models.ForeignKey(Day, models.CASCADE, related_name="slots")
    number = models.PositiveSmallIntegerField(_("number"))
    starts_at = models.DateTimeField(_("starts at"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), validators=[MinValueValidator(5), MaxValueValidator(600)])
    follows = models.OneToOneField(
        "self", models.SET_NULL, null=True, blank=True, related_name="followed_by",
        verbose_name=_("the slot directly before, without a break"),
    )

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "number"], name="slot_number_once"),
            models.UniqueConstraint(fields=["conference", "starts_at"], name="slot_start_once"),
            models.CheckConstraint(condition=Q(minutes__gte=5), name="slot_has_minutes"),
            models.CheckConstraint(condition=Q(follows__isnull=True) | ~Q(follows=F("id")), name="slot_follows_other"),
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.starts_at:%H:%M})"

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


class Room(models.Model):
    """One column of the grid."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="rooms")
    name = Line(_("name"), max_length=40)
    position = models.PositiveSmallIntegerField(_("position"))
    places = models.PositiveIntegerField(_("places"), validators=[MinValueValidator(1), MaxValueValidator(100_000)])
    is_step_free = models.BooleanField(_("step-free"), default=True)
    equipment = models.JSONField(_("equipment"), default=list, blank=True)
    way = Line(_("how to get there"), max_length=120, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "name"], name="room_name_once"),
            models.UniqueConstraint(fields=["conference", "position"], name="room_position_once"),
            models.CheckConstraint(condition=Q(places__gte=1), name="room_has_places"),
        ]

    def __str__(self) -> str:
        return self.name


class RoomClosure(models.Model):
    """A slot in which a room cannot be used."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="closures")
    slot = models.ForeignKey(Slot, models.CASCADE, related_name="closures")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "slot"], name="closure_once")]

    def __str__(self) -> str:
        return f"{self.room}, {self.slot}"
