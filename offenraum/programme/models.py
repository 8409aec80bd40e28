"""The programme that arises: the desk's draft, published editions, planner runs, personal plans."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from offenraum.barcamp.models import Topic
from offenraum.conference.models import Conference, Room, Slot
from offenraum.kit.fields import Line
from offenraum.kit.outbox import Work
from offenraum.seats.models import Seat


class Placement(models.Model):
    """A topic in the desk's draft; the cells it takes are rows of their own, so that one cell has one winner."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="placements")
    topic = models.OneToOneField(Topic, models.CASCADE, related_name="placement")
    slot = models.ForeignKey(Slot, models.CASCADE, related_name="placements")
    room = models.ForeignKey(Room, models.CASCADE, related_name="placements")
    is_pinned = models.BooleanField(_("pinned"), default=False)
    version = models.PositiveIntegerField(_("version"), default=1)

    def __str__(self) -> str:
        return f"{self.topic_id}: {self.slot_id}, {self.room_id}"


class Cell(models.Model):
    """One slot of one room, taken by a placement."""

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="cells")
    slot = models.ForeignKey(Slot, models.CASCADE, related_name="cells")
    room = models.ForeignKey(Room, models.CASCADE, related_name="cells")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["slot", "room"], name="cell_once")]

    def __str__(self) -> str:
        return f"{self.slot_id}, {self.room_id}"


class Edition(models.Model):
    """A published, numbered, immutable version of the plan with its difference in sentences."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField(_("number"))
    published_at = models.DateTimeField(_("published at"))
    published_by = models.CharField(_("published by"), max_length=20)
    sessions = models.JSONField(_("sessions as ids"))
    changes = models.JSONField(_("changes against the edition before, as ids"))
    layout = models.JSONField(_("slots, rooms and double sessions as they were"), default=dict)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["conference", "number"], name="edition_number_once")]

    def __str__(self) -> str:
        return f"{self.number}"


class PlanRun(Work):
    """One run of the planner, asked for at the desk and done by a worker."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="plan_runs")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    seconds = models.PositiveSmallIntegerField(_("seconds allowed"), default=5)
    seed = models.PositiveIntegerField(_("seed"), default=1)
    objective = models.CharField(_("objective"), max_length=4, default="sqrt")
    problem = models.JSONField(_("problem"))
    plan = models.JSONField(_("plan"), null=True, blank=True)
    alternatives = models.JSONField(_("plans by other measures"), default=dict)
    progress = models.JSONField(_("progress"), default=dict)
    created_at = models.DateTimeField(_("created at"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    change = models.JSONField(_("the change of the day that it is for"), null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference"], condition=Q(state__in=["queued", "running"]), name="plan_run_one_at_a_time"
            ),
        ]

    @property
    def is_under_way(self) -> bool:
        return self.state in {self.State.QUEUED, self.State.RUNNING}


class Reasons(Work):
    """Why an edition is as it is, from a worker; `problem` holds everybody's wishes and goes with the raw votes."""

    edition = models.OneToOneField(Edition, models.CASCADE, related_name="reasons")
    problem = models.JSONField(_("problem"), null=True, blank=True)
    told = models.JSONField(_("reasons without anybody's wishes"), null=True, blank=True)


class OwnReasons(models.Model):
    """What an edition gives one seat, and the row with which it entered the problem; for this seat only."""

    reasons = models.ForeignKey(Reasons, models.CASCADE, related_name="own")
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="own_reasons")
    row = models.JSONField(_("row in the problem"))
    told = models.JSONField(_("what the plan gives"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reasons", "seat"], name="own_reasons_once")]

    def __str__(self) -> str:
        return f"{self.reasons_id}: {self.seat_id}"


class Bookmark(models.Model):
    """A session that a seat put into its own plan, or took out although it showed interest."""

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="bookmarks")
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="bookmarks")
    is_kept = models.BooleanField(_("kept"), default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seat", "topic"], name="bookmark_once")]

    def __str__(self) -> str:
        return f"{self.seat_id}: {self.topic_id}"


class SessionFlag(models.Model):
    """What else is true of a session or topic: it is full, it is at a foyer table, it is in the lightning round."""

    class Kind(models.TextChoices):
        FULL = "full", pgettext_lazy("session", "Full")
        FOYER = "foyer", _("In the foyer")
        LIGHTNING = "lightning", _("Lightning round")

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="flags")
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="flags")
    kind = models.CharField(_("kind"), max_length=9, choices=Kind.choices)
    place = Line(_("where"), max_length=40, blank=True)
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True)

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [models.UniqueConstraint(fields=["topic", "kind"], name="flag_once")]

    def __str__(self) -> str:
        return f"{self.topic_id}: {self.kind}"
