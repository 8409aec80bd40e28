"""What attendees want: by phone and on paper."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from offenraum.barcamp.models.rounds import Round
from offenraum.barcamp.models.topics import Topic
from offenraum.kit.fields import Line
from offenraum.seats.models import Seat


class Interest(models.Model):
    """One seat wants one topic: the vote. Weight 0 is an interest taken back."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="interests")
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="interests")
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    key = models.UUIDField(_("the browser's key of the last change"))
    shown_at = models.DateTimeField(_("wanted since"), null=True)
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "seat"], name="interest_once"),
            models.CheckConstraint(condition=Q(weight__lte=3), name="interest_weight_at_most_three"),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} > {self.topic_id}: {self.weight}"


class Ballot(models.Model):
    """A paper with a seat's number, as a helper typed it; a corrected or undone one stays, without counting."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="ballots")
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="ballots")
    replaces = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    is_valid = models.BooleanField(_("counts"), default=True)
    key = models.UUIDField(_("the page's key, which makes a retry harmless"), unique=True)
    typed_by = Line(_("typed by"), max_length=80)
    typed_at = models.DateTimeField(_("typed at"))

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "seat"], condition=Q(is_valid=True), name="ballot_once"),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id}"


class BallotMark(models.Model):
    """One topic marked on a ballot."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="marks")
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="marks")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["ballot", "topic"], name="mark_once")]

    def __str__(self) -> str:
        return f"{self.ballot_id}: {self.topic_id}"


class Total(models.Model):
    """The tally of a topic, kept when the votes behind it are deleted."""

    topic = models.OneToOneField(Topic, models.CASCADE, related_name="kept_total")
    named = models.PositiveIntegerField(_("named votes"))
    strong = models.PositiveIntegerField(_("votes marked as important"))
    by_ballot = models.PositiveIntegerField(_("votes by ballot alone"))
    hands = models.PositiveIntegerField(_("hands"), null=True)
    is_estimate = models.BooleanField(_("estimated"))
    total = models.PositiveIntegerField(_("total"))

    def __str__(self) -> str:
        return f"{self.topic_id}: {self.total}"
