"""What the question desk is told by organisers, and which questions it is asked."""

from __future__ import annotations

from typing import Final

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from offenraum.conference.models import Conference
from offenraum.kit.fields import Line, Prose

MOST_ASKED: Final = 300
IS_LINK: Final = RegexValidator(
    r"^(https?://[^\s]+|/[^\s/][^\s]*)\Z", _("An address looks like this: https://example.org, or /kogk18/faq here.")
)


class Service(models.Model):
    """What a municipality does for people, as its own list describes it."""

    class Language(models.TextChoices):
        DE = "de", _("German")
        EN = "en", _("English")

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="services")
    source = Line(_("where it comes from"), max_length=80)
    mark = Line(_("what the source calls it"), max_length=120)
    name = Line(_("name"), max_length=200)
    text = Prose(_("description"), max_length=20_000, blank=True)
    keywords = Prose(_("keywords"), max_length=4000, blank=True)
    link = Line(_("address of its page"), max_length=500, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices, default=Language.DE)
    imported_at = models.DateTimeField(_("imported at"))

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["conference", "source", "mark"], name="service_once")]

    def __str__(self) -> str:
        return self.name


class Synonym(models.Model):
    """A word that people use, and the words that the texts use for it."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="synonyms")
    word = Line(_("word in questions"), max_length=40)
    means = Line(_("words in the texts"), max_length=200)

    class Meta:
        ordering = ["word"]
        constraints = [models.UniqueConstraint(fields=["conference", "word"], name="synonym_once")]

    def __str__(self) -> str:
        return self.word


class Pin(models.Model):
    """An answer that an editor has written for some questions."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="pins")
    questions = Prose(_("questions"), max_length=2000)
    title = Line(_("title of the answer"), max_length=120)
    text = Prose(_("answer"), max_length=2000)
    link = Line(_("source"), max_length=300, blank=True, validators=[IS_LINK])
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """A question that was not answered or was judged, with how often; without who asked it."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="asked_questions")
    key = models.CharField(_("the question without case and signs"), max_length=MOST_ASKED)
    text = Line(_("question"), max_length=MOST_ASKED)
    unanswered_count = models.PositiveIntegerField(_("times without an answer"), default=0)
    helpful_count = models.PositiveIntegerField(_("times judged as helpful"), default=0)
    unhelpful_count = models.PositiveIntegerField(_("times judged as not helpful"), default=0)
    asked_on = models.DateField(_("last asked on"))
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    class Meta:
        ordering = ["-unanswered_count", "-unhelpful_count", "id"]
        constraints = [models.UniqueConstraint(fields=["conference", "key"], name="asked_question_once")]

    def __str__(self) -> str:
        return self.text
