"""Seats: one registration or one anonymous badge; one voice."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from offenraum.conference.models import Conference
from offenraum.kit.fields import Line
from offenraum.kit.outbox import Work
from offenraum.seats.rules import BadgeLayout


class Seat(models.Model):
    """One voice in one conference. Its number is public and goes on ballots."""

    class Kind(models.TextChoices):
        REGISTRATION = "registration", _("Registration")
        BADGE = "badge", _("Anonymous badge")
        DEVICE = "device", _("Device")

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="seats")
    number = models.PositiveIntegerField(_("seat number"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    name = Line(_("name on the badge"), max_length=80, blank=True)
    organisation = Line(_("organisation"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), max_length=254, blank=True)
    hashtags = models.JSONField(_("hashtags"), default=list, blank=True)
    wants_no_photos = models.BooleanField(_("wants to be in no photos"), default=False)
    is_listed = models.BooleanField(_("on the public list of attendees"), default=False)
    checked_in_at = models.DateTimeField(_("checked in at"), null=True, blank=True)
    checked_in_key = models.UUIDField(_("the device's key of the check-in"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "number"], name="seat_number_once"),
        ]
        indexes = [models.Index(fields=["conference", "checked_in_at"], name="seat_checked_in")]

    def __str__(self) -> str:
        return self.name or f"{self.number}"

    @property
    def is_checked_in(self) -> bool:
        return self.checked_in_at is not None


class SeatKey(models.Model):
    """What opens a seat to whoever holds it: QR and code of its badge, links in its letters. Kept hashed."""

    class Kind(models.TextChoices):
        BADGE = "badge", _("QR of the badge")
        CODE = "code", _("Typed code")
        LINK = "link", _("Link by e-mail")

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="keys")
    kind = models.CharField(_("kind"), max_length=5, choices=Kind.choices)
    key_hash = models.CharField(_("hash of the key"), max_length=64, unique=True)
    tag = models.CharField(_("what a check-in without network recognises it by"), max_length=10, blank=True)
    created_at = models.DateTimeField(_("created at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "kind"], condition=Q(ended_at__isnull=True, kind__in=["badge", "code"]),
                name="seat_one_badge",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} {self.kind}"


class SeatDevice(models.Model):
    """A browser that is signed in to a seat; a new one ends the old one."""

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="devices")
    key_hash = models.CharField(_("hash of the device's key"), max_length=64, unique=True)
    signed_in_at = models.DateTimeField(_("signed in at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seat"], condition=Q(ended_at__isnull=True), name="seat_one_device"),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id}"


class BadgePrint(Work):
    """Badges that a worker puts into one file; the file opens seats, so it is sealed and goes with the next one."""

    class Layout(models.TextChoices):
        FOLDED = BadgeLayout.FOLDED, _("Folded A6, one a page (A5)")
        LABELS_8 = BadgeLayout.LABELS_8, _("Labels 99.1 × 67.7 mm, 8 on A4")
        LABELS_21 = BadgeLayout.LABELS_21, _("Labels 63.5 × 38.1 mm, 21 on A4")
        ROLL = BadgeLayout.ROLL, _("Label roll 62 mm")

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="badge_prints")
    layout = models.CharField(_("printed on"), max_length=4, choices=Layout.choices, default=Layout.FOLDED)
    has_keys = models.BooleanField(_("with QR and code"), default=True)
    numbers = models.JSONField(_("seat numbers"), default=list)
    language = models.CharField(_("language"), max_length=12, choices=settings.LANGUAGES)
    created_at = models.DateTimeField(_("created at"))
    sealed = models.BinaryField(_("the file"), blank=True, default=b"")
    replaced = models.JSONField(_("names with signs that no font has"), default=list, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.conference_id}: {self.layout}"
