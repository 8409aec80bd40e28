"""What people leave in a session: questions, links, comments, feedback, counted heads, and reports about them."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from offenraum.barcamp.models import Topic
from offenraum.gathering.rules import MOST_HEADS, MOST_LETTERS
from offenraum.kit.fields import Line, Prose
from offenraum.seats.models import Seat


class Contribution(models.Model):
    """A question, a link or a comment of a seat; shown without a name, hidden by its author, the host or the desk."""

    class Kind(models.TextChoices):
        QUESTION = "question", _("Question")
        LINK = "link", _("Link")
        COMMENT = "comment", _("Comment")

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="contributions")
    seat = models.ForeignKey(Seat, models.SET_NULL, null=True, blank=True, related_name="contributions")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    text = Prose(_("text"), max_length=500)
    address = Line(_("address"), max_length=500, blank=True)
    key = models.UUIDField(_("the browser's key of the form"))
    written_at = models.DateTimeField(_("written at"))
    hidden_at = models.DateTimeField(_("hidden at"), null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["topic", "key"], name="contribution_key_once"),
            models.CheckConstraint(condition=Q(kind="link") | Q(address=""), name="contribution_address_of_links"),
        ]

    def __str__(self) -> str:
        return self.text


class Report(models.Model):
    """A seat finds something wrong with a contribution or with the notes; the desk decides and settles it."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="reports")
    contribution = models.ForeignKey(Contribution, models.CASCADE, null=True, blank=True, related_name="reports")
    """None when the report is about the notes."""
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="reports")
    reason = Line(_("What is wrong with it?"), max_length=200)
    reported_at = models.DateTimeField(_("reported at"))
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "seat"], condition=Q(settled_at=None), name="report_open_once"
            ),
            models.UniqueConstraint(
                fields=["topic", "seat"], condition=Q(settled_at=None, contribution=None), name="report_notes_once"
            ),
        ]

    def __str__(self) -> str:
        return self.reason


class Feedback(models.Model):
    """What a session gave to one seat; a new tap replaces the old one."""

    class Value(models.IntegerChoices):
        MUCH = 3, _("It gave me a lot")
        SOME = 2, _("It gave me something")
        LITTLE = 1, _("It gave me little")

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="feedback")
    seat = models.ForeignKey(Seat, models.SET_NULL, null=True, related_name="feedback")
    """None once the votes of the conference are deleted: the answers stay, as totals."""
    value = models.PositiveSmallIntegerField(_("value"), choices=Value.choices)
    given_at = models.DateTimeField(_("given at"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "seat"], name="feedback_once"),
            models.CheckConstraint(condition=Q(value__in=[1, 2, 3]), name="feedback_one_to_three"),
        ]

    def __str__(self) -> str:
        return f"{self.topic_id}: {self.value}"


class HeadCount(models.Model):
    """How many people sat in a session, counted by its host or at the desk; the newest count holds."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="head_counts")
    count = models.PositiveSmallIntegerField(_("heads"), validators=[MaxValueValidator(MOST_HEADS)])
    counted_by = Line(_("counted by"), max_length=80)
    counted_at = models.DateTimeField(_("counted at"))

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.topic_id}: {self.count}"


class Pad(models.Model):
    """The notes of a session: all changes up to `state_number` merged, later ones as steps, and the text they give."""

    topic = models.OneToOneField(Topic, models.CASCADE, related_name="pad")
    state = models.BinaryField(_("merged changes"), default=bytes)
    state_number = models.PositiveIntegerField(_("merged up to"), default=0)
    number = models.PositiveIntegerField(_("number of the newest change"), default=0)
    text = Prose(_("text"), max_length=2 * MOST_LETTERS, blank=True)
    hidden_at = models.DateTimeField(_("hidden at"), null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.topic_id}: {self.number}"


class PadStep(models.Model):
    """One change that a browser has sent."""

    pad = models.ForeignKey(Pad, models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField(_("number"))
    change = models.BinaryField(_("change"))
    seat = models.ForeignKey(Seat, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["pad", "number"], name="pad_step_once")]

    def __str__(self) -> str:
        return f"{self.pad_id}: {self.number}"
