"""Who registered, in order of arrival, and what they answered."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from offenraum.conference.models import Conference
from offenraum.kit.fields import Line, Prose
from offenraum.registration.models.settings import Contingent, ExtraQuestion
from offenraum.seats.models import Seat


class Registration(models.Model):
    """One person who wants to come. `number` is the order of arrival; a place has a number that nobody else holds."""

    class State(models.TextChoices):
        WAITING = "waiting", _("On the waiting list")
        OFFERED = "offered", _("Moved up")
        CONFIRMED = "confirmed", _("Confirmed")
        CANCELLED = "cancelled", _("Has cancelled")
        EXPIRED = "expired", _("Not confirmed in time")

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="registrations")
    contingent = models.ForeignKey(
        Contingent, models.RESTRICT, null=True, blank=True, related_name="registrations", verbose_name=_("contingent")
    )
    number = models.PositiveIntegerField(_("number"))
    state = models.CharField(_("state"), max_length=9, choices=State.choices)
    place = models.PositiveIntegerField(_("place"), null=True, blank=True)
    seat = models.OneToOneField(Seat, models.SET_NULL, null=True, blank=True, related_name="registration")
    lead = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="colleagues", verbose_name=_("registered by")
    )
    key = models.UUIDField(_("key of the form"))
    name = Line(_("name on the badge"), max_length=80)
    organisation = Line(_("organisation"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), max_length=254, blank=True)
    email_key = models.CharField(_("e-mail address as it is compared"), max_length=254, blank=True)
    support = Prose(_("support needs"), max_length=1000, blank=True)
    may_be_photographed = models.BooleanField(_("may be in photos"), default=False)
    hashtags = models.JSONField(_("hashtags"), default=list, blank=True)
    topic = Line(_("topic brought along"), max_length=80, blank=True)
    topic_brought_at = models.DateTimeField(_("topic brought at"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=12, choices=settings.LANGUAGES, default="de")
    created_at = models.DateTimeField(_("registered at"))
    confirm_by = models.DateTimeField(_("confirm by"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    called_at = models.DateTimeField(_("asked again at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "number"], name="registration_number_once"),
            models.UniqueConstraint(fields=["conference", "key"], name="registration_key_once"),
            models.UniqueConstraint(
                fields=["conference", "email_key"], name="registration_email_once",
                condition=~Q(email_key="") & Q(state__in=["waiting", "offered", "confirmed"]),
            ),
            models.UniqueConstraint(
                fields=["conference", "place"], name="registration_place_once",
                condition=Q(contingent__isnull=True, place__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["contingent", "place"], name="registration_contingent_place_once",
                condition=Q(contingent__isnull=False, place__isnull=False),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["offered", "confirmed"], place__isnull=False)
                | Q(state__in=["waiting", "cancelled", "expired"], place__isnull=True, seat__isnull=True),
                name="registration_place_when_held",
            ),
        ]
        indexes = [models.Index(fields=["conference", "state", "number"], name="registration_by_state")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_over(self) -> bool:
        return self.state in OVER


ACTIVE: Final = (Registration.State.WAITING, Registration.State.OFFERED, Registration.State.CONFIRMED)
HOLDING: Final = (Registration.State.OFFERED, Registration.State.CONFIRMED)
OVER: Final = (Registration.State.CANCELLED, Registration.State.EXPIRED)


class ExtraAnswer(models.Model):
    """What somebody answered to a question of the organiser's own."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="answers")
    question = models.ForeignKey(ExtraQuestion, models.CASCADE, related_name="answers")
    text = Prose(_("answer"), max_length=1000)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["registration", "question"], name="extra_answer_once")]

    def __str__(self) -> str:
        return self.text


class Attempt(models.Model):
    """A form that was sent, for the limits against floods; forgotten after an hour."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="+")
    device_hash = models.CharField(_("hash of the browser's key"), max_length=64)
    made_at = models.DateTimeField(_("sent at"))

    class Meta:
        indexes = [
            models.Index(fields=["conference", "device_hash", "made_at"], name="attempt_of_device"),
            models.Index(fields=["conference", "made_at"], name="attempt_of_conference"),
        ]

    def __str__(self) -> str:
        return f"{self.conference_id}: {self.made_at}"
