"""What attendees bring."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from offenraum.barcamp.models.rounds import Round
from offenraum.conference.models import Conference, Slot
from offenraum.kit.fields import Line, Prose
from offenraum.seats.models import Seat


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
        MERGED = "merged", _("Merged")

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
    head = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="members",
        verbose_name=_("the topic that it is merged into"),
    )
    key = models.UUIDField(_("the browser's key of the proposal"))
    version = models.PositiveIntegerField(_("version"), default=1)
    created_at = models.DateTimeField(_("created at"))
    changed_at = models.DateTimeField(_("when its host last changed it"), null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "number"], name="topic_number_once"),
            models.UniqueConstraint(fields=["conference", "key"], name="topic_key_once"),
            models.CheckConstraint(condition=Q(length__in=[1, 2]), name="topic_length_one_or_two"),
            models.CheckConstraint(
                condition=Q(state="merged", head__isnull=False) | (~Q(state="merged") & Q(head__isnull=True)),
                name="topic_merged_has_head",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class TopicHost(models.Model):
    """Who gives the session: a seat, or a name alone for people without one."""

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="hosts")
    seat = models.ForeignKey(Seat, models.SET_NULL, null=True, blank=True, related_name="hosted")
    name = Line(_("name on the card"), max_length=80)
    joined_from = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="+")
    """The host of a merged topic whom this row stands for, as long as the merge holds."""

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
