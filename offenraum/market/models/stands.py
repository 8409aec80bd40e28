"""What is shown on the market."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from offenraum.barcamp.models import Topic
from offenraum.conference.models import Conference
from offenraum.kit.fields import Line, Prose
from offenraum.market.rules import PLAN, Span, read_times
from offenraum.sensors.models import Device
from offenraum.website.models import Picture

IS_ADDRESS = URLValidator(schemes=["http", "https"], message=_("An address looks like this: https://example.org"))
ON_PLAN = [MinValueValidator(0), MaxValueValidator(PLAN)]


class Stand(models.Model):
    """One project on the market; its number is in its address and on its table."""

    class Status(models.TextChoices):
        IDEA = "idea", _("An idea")
        PILOT = "pilot", _("Being tried out")
        RUNNING = "running", _("In use")

    class Cost(models.TextChoices):
        UNKNOWN = "unknown", _("Not known yet")
        FREE = "free", _("No cost")
        LOW = "low", _("Under 1,000 euros a year")
        MEDIUM = "medium", _("1,000 to 10,000 euros a year")
        HIGH = "high", _("Over 10,000 euros a year")

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="stands")
    number = models.PositiveSmallIntegerField(_("number"))
    title = Line(_("name of the project"), max_length=80)
    title_en = Line(_("name of the project in English"), max_length=80, blank=True)
    summary = Line(_("the project in one sentence"), max_length=160, blank=True)
    summary_en = Line(_("the project in one sentence, in English"), max_length=160, blank=True)
    organisation = Line(_("who shows it"), max_length=120, blank=True)
    problem = Prose(_("which problem it solves"), max_length=1500, blank=True)
    problem_en = Prose(_("which problem it solves, in English"), max_length=1500, blank=True)
    solution = Prose(_("what it does"), max_length=3000, blank=True)
    solution_en = Prose(_("what it does, in English"), max_length=3000, blank=True)
    audience = Prose(_("for whom it is"), max_length=1000, blank=True)
    audience_en = Prose(_("for whom it is, in English"), max_length=1000, blank=True)
    status = models.CharField(_("how far it is"), max_length=8, choices=Status.choices, default=Status.IDEA)
    cost = models.CharField(_("what it costs"), max_length=8, choices=Cost.choices, default=Cost.UNKNOWN)
    licence = Line(_("licence"), max_length=80, blank=True)
    code_link = Line(_("address of the code"), max_length=300, blank=True, validators=[IS_ADDRESS])
    demo_link = Line(_("address to try it"), max_length=300, blank=True, validators=[IS_ADDRESS])
    contact = Line(_("contact for everybody"), max_length=160, blank=True)
    present = Line(_("times when somebody is there"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address of the exhibitor"), max_length=254, blank=True)
    x = models.PositiveSmallIntegerField(_("from the left"), null=True, blank=True, validators=ON_PLAN)
    y = models.PositiveSmallIntegerField(_("from the top"), null=True, blank=True, validators=ON_PLAN)
    topic = models.ForeignKey(Topic, models.SET_NULL, null=True, blank=True, related_name="stands")
    device = models.ForeignKey(
        Device, models.SET_NULL, null=True, blank=True, related_name="stands", verbose_name=_("sensor at the stand")
    )
    made_at = models.DateTimeField(_("made at"))
    hidden_at = models.DateTimeField(_("hidden at"), null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "number"], name="stand_number_once"),
            models.CheckConstraint(
                condition=Q(x__isnull=True, y__isnull=True) | Q(x__lte=PLAN, y__lte=PLAN), name="stand_on_plan"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def times(self) -> list[Span]:
        return read_times(self.present)

    @property
    def address(self) -> str:
        return f"/{self.conference.slug}/markt/{self.number}"


class StandKey(models.Model):
    """A key of an exhibitor, sent by letter; it opens one stand."""

    stand = models.ForeignKey(Stand, models.CASCADE, related_name="keys")
    secret_hash = models.CharField(_("hash of the key"), max_length=64, unique=True)
    made_at = models.DateTimeField(_("made at"))
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.stand_id}"


class Medium(models.Model):
    """A picture of a stand; its alternative text belongs to the picture."""

    stand = models.ForeignKey(Stand, models.CASCADE, related_name="media")
    picture = models.ForeignKey(Picture, models.CASCADE, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.stand_id}: {self.picture_id}"


class FloorPlan(models.Model):
    """The picture on which stands are placed."""

    conference = models.OneToOneField(Conference, models.CASCADE, related_name="floor_plan")
    picture = models.ForeignKey(Picture, models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.conference_id}"


class DemoSlot(models.Model):
    """A short demonstration at a stand, to be booked by seats."""

    stand = models.ForeignKey(Stand, models.CASCADE, related_name="demos")
    starts_at = models.DateTimeField(_("starts at"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=5, validators=[MinValueValidator(1)])
    places = models.PositiveSmallIntegerField(_("places"), default=5, validators=[MinValueValidator(1)])

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["stand", "starts_at"], name="demo_start_once"),
            models.CheckConstraint(condition=Q(places__gte=1), name="demo_has_places"),
        ]

    def __str__(self) -> str:
        return f"{self.stand_id}: {self.starts_at:%H:%M}"

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)
