"""Votes with dots among named choices, as digital villages are chosen."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from offenraum.conference.models import Conference
from offenraum.kit.fields import Line
from offenraum.market.models.stands import Stand
from offenraum.market.rules import MOST_DOTS
from offenraum.seats.models import Seat


class DotVote(models.Model):
    """A question to all seats; each has the same number of dots to give."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Not open yet")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="dot_votes")
    question = Line(_("question"), max_length=160)
    dots = models.PositiveSmallIntegerField(
        _("dots for each person"), default=3, validators=[MinValueValidator(1), MaxValueValidator(MOST_DOTS)]
    )
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.PLANNED)

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=Q(dots__gte=1, dots__lte=MOST_DOTS), name="dot_vote_has_dots")]

    def __str__(self) -> str:
        return self.question


class DotChoice(models.Model):
    """One answer, perhaps about a stand."""

    vote = models.ForeignKey(DotVote, models.CASCADE, related_name="choices")
    name = Line(_("name"), max_length=120)
    stand = models.ForeignKey(Stand, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["vote", "name"], name="dot_choice_once")]

    def __str__(self) -> str:
        return self.name


class Dot(models.Model):
    """How many dots one seat gives to one choice."""

    choice = models.ForeignKey(DotChoice, models.CASCADE, related_name="given")
    seat = models.ForeignKey(Seat, models.SET_NULL, null=True, related_name="+")
    """None once the votes of the conference are deleted: the totals stay."""
    count = models.PositiveSmallIntegerField(_("dots"), validators=[MaxValueValidator(MOST_DOTS)])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["choice", "seat"], name="dots_once"),
            models.CheckConstraint(condition=Q(count__gte=1, count__lte=MOST_DOTS), name="dots_within"),
        ]

    def __str__(self) -> str:
        return f"{self.choice_id}: {self.count}"
