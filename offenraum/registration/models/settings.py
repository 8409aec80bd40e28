"""What an organiser sets: places, times, contingents, questions."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from offenraum.conference.models import Conference
from offenraum.kit.fields import Line, Prose
from offenraum.registration.rules import capacity_of


class RegistrationSettings(models.Model):
    """How one conference takes registrations; without such a row it takes none.

    Whoever gives, frees or counts places locks this row first.
    """

    conference = models.OneToOneField(Conference, models.CASCADE, related_name="registration")
    places = models.PositiveIntegerField(_("places"), validators=[MinValueValidator(1), MaxValueValidator(20_000)])
    overbooking_percent = models.PositiveSmallIntegerField(
        _("overbooking in per cent"), default=0, validators=[MaxValueValidator(100)]
    )
    opens_at = models.DateTimeField(_("opens at"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes at"), null=True, blank=True)
    confirm_hours = models.PositiveSmallIntegerField(
        _("hours to confirm after moving up"), default=48, validators=[MaxValueValidator(720)]
    )
    reconfirm_days = models.PositiveSmallIntegerField(
        _("days before the conference on which everybody is asked again"), default=0,
        validators=[MaxValueValidator(60)],
    )
    reconfirm_hours = models.PositiveSmallIntegerField(
        _("hours to answer that question"), default=72, validators=[MinValueValidator(1), MaxValueValidator(720)]
    )
    most_colleagues = models.PositiveSmallIntegerField(
        _("colleagues on one form"), default=3, validators=[MaxValueValidator(9)]
    )
    asks_for_topic = models.BooleanField(_("asks for a topic and hashtags"), default=True)
    needs_proof = models.BooleanField(_("every form shows some work against automatic registrations"), default=False)
    last_number = models.PositiveIntegerField(_("last number given"), default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                name="registration_opens_first",
            ),
            models.CheckConstraint(condition=Q(overbooking_percent__lte=100), name="registration_overbooks_little"),
        ]

    def __str__(self) -> str:
        return f"{self.conference_id}: {self.places}"

    @property
    def capacity(self) -> int:
        return capacity_of(places=self.places, overbooking_percent=self.overbooking_percent)


class Contingent(models.Model):
    """Places for invited people only (exhibitors, speakers, press), beside those for everybody."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="contingents")
    name = Line(_("name"), max_length=60)
    places = models.PositiveIntegerField(_("places"), validators=[MinValueValidator(1), MaxValueValidator(20_000)])
    closes_at = models.DateTimeField(_("closes at"), null=True, blank=True)
    link_number = models.PositiveIntegerField(_("number of the link"), default=1)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["conference", "name"], name="contingent_name_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def capacity(self) -> int:
        return self.places


class ExtraQuestion(models.Model):
    """A question of the organiser's own, with what the answers are for and when they are deleted."""

    class Kind(models.TextChoices):
        TEXT = "text", _("Text")
        CHOICE = "choice", _("One of several")
        YES_NO = "yes_no", _("Yes or no")

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="extra_questions")
    position = models.PositiveSmallIntegerField(_("position"))
    kind = models.CharField(_("kind"), max_length=6, choices=Kind.choices, default=Kind.TEXT)
    label = Line(_("question"), max_length=120)
    choices = Prose(_("answers to choose from, one a line"), max_length=1000, blank=True)
    is_required = models.BooleanField(_("must be answered"), default=False)
    purpose = Line(_("purpose"), max_length=200)
    keep_days = models.PositiveSmallIntegerField(
        _("days after the conference until the answers are deleted"), default=14,
        validators=[MaxValueValidator(365)],
    )

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "position"], name="extra_question_position_once"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def offered(self) -> list[str]:
        return [line.strip() for line in self.choices.splitlines() if line.strip()]
