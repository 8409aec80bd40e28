"""What attendees bring and what they want: topics, interest, rounds and pitches."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from offenraum.conference.models import Conference, Slot
from offenraum.kit.fields import Line, Prose
from offenraum.seats.models import Seat


class Round(models.Model):
    """The opening plenary in which topics are presented and voted on; a conference may have several."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Collecting topics")
        PITCHING = "pitching", _("Pitches")
        LAST_CALL = "last_call", _("Last call")
        CLOSED = "closed", _("Vote closed")

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField(_("number"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PLANNED)
    version = models.PositiveIntegerField(_("version"), default=1)
    opened_at = models.DateTimeField(_("opened at"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    last_call_ends_at = models.DateTimeField(_("last call ends at"), null=True, blank=True)
    current = models.ForeignKey("Pitch", models.SET_NULL, null=True, blank=True, related_name="+")
    paused_at = models.DateTimeField(_("paused at"), null=True, blank=True)
    is_wall_blank = models.BooleanField(_("the wall is blank"), default=False)
    is_draft_shown = models.BooleanField(_("the wall shows the draft"), default=False)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "number"], name="round_number_once"),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) | ~Q(state="closed"), name="round_closed_has_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"

    @property
    def is_running(self) -> bool:
        return self.state in {self.State.PITCHING, self.State.LAST_CALL}

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED


class Topic(models.Model):
    """What somebody brings: a topic, a project or a question."""

    class Kind(models.TextChoices):
        TOPIC = "topic", _("Topic")
        PROJECT = "project", _("Project")
        QUESTION = "question", _("Question")

    class Level(models.TextChoices):
        ALL = "all", _("For all")
        BEGINNER = "beginner", _("For beginners")
        ADVANCED = "advanced", _("For advanced")

    class Format(models.TextChoices):
        TALK = "talk", _("Talk with questions")
        DISCUSSION = "discussion", _("Discussion")
        WORKSHOP = "workshop", _("Workshop")
        DEMO = "demo", _("Demonstration")

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("Submitted")
        RELEASED = "released", _("Up for the vote")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        HIDDEN = "hidden", _("Hidden")

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="topics")
    number = models.PositiveIntegerField(_("number"))
    title = Line(_("What is it about?"), max_length=80)
    about = Prose(_("description"), max_length=1000, blank=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.TOPIC)
    level = models.CharField(_("for whom"), max_length=8, choices=Level.choices, default=Level.ALL)
    format = models.CharField(_("format"), max_length=10, choices=Format.choices, default=Format.DISCUSSION)
    length = models.PositiveSmallIntegerField(
        _("slots"), default=1, validators=[MinValueValidator(1), MaxValueValidator(2)]
    )
    needs = models.JSONField(_("needs"), default=list, blank=True)
    hashtags = models.JSONField(_("hashtags"), default=list, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.SUBMITTED)
    round = models.ForeignKey(Round, models.SET_NULL, null=True, blank=True, related_name="topics")
    key = models.UUIDField(_("the browser's key of the proposal"))
    version = models.PositiveIntegerField(_("version"), default=1)
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "number"], name="topic_number_once"),
            models.UniqueConstraint(fields=["conference", "key"], name="topic_key_once"),
            models.CheckConstraint(condition=Q(length__in=[1, 2]), name="topic_length_one_or_two"),
        ]

    def __str__(self) -> str:
        return self.title


class TopicHost(models.Model):
    """Who gives the session: a seat, or a name alone for people without one."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="hosts")
    seat = models.ForeignKey(Seat, models.SET_NULL, null=True, blank=True, related_name="hosted")
    name = Line(_("name on the card"), max_length=80)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["topic", "seat"], name="host_once")]

    def __str__(self) -> str:
        return self.name


class HostAbsence(models.Model):
    """A slot in which a host is away."""

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="absences")
    slot = models.ForeignKey(Slot, models.CASCADE, related_name="absences")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seat", "slot"], name="absence_once")]

    def __str__(self) -> str:
        return f"{self.seat_id}: {self.slot}"


class Interest(models.Model):
    """One seat wants one topic: the vote. Weight 0 is an interest taken back."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="interests")
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="interests")
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    key = models.UUIDField(_("the browser's key of the last change"))
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "seat"], name="interest_once"),
            models.CheckConstraint(condition=Q(weight__lte=3), name="interest_weight_at_most_three"),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} > {self.topic_id}: {self.weight}"


class Pitch(models.Model):
    """A topic's turn on stage in a round."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SPEAKING = "speaking", _("Speaking")
        DONE = "done", _("Done")
        SKIPPED = "skipped", _("Skipped")

    class Band(models.TextChoices):
        SMALL = "small", _("Small round")
        MEDIUM = "medium", _("Medium round")
        LARGE = "large", _("Large round")

    round = models.ForeignKey(Round, models.CASCADE, related_name="pitches")
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="pitches")
    position = models.PositiveIntegerField(_("position"))
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    paused_seconds = models.FloatField(_("seconds paused"), default=0)
    band = models.CharField(_("size that the wall shows afterwards"), max_length=6, choices=Band.choices, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["round", "topic"], name="pitch_once"),
            models.UniqueConstraint(fields=["round"], condition=Q(state="speaking"), name="pitch_one_speaks"),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.topic_id}"


class HandCount(models.Model):
    """Hands counted for a topic in a round, of people who have not voted by phone."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="hand_counts")
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="hand_counts")
    count = models.PositiveSmallIntegerField(_("hands"), validators=[MaxValueValidator(5000)])
    is_estimate = models.BooleanField(_("estimated"), default=False)
    counted_by = Line(_("counted by"), max_length=80)
    counted_at = models.DateTimeField(_("counted at"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "topic"], name="hands_once")]

    def __str__(self) -> str:
        return f"{self.topic_id}: {self.count}"
