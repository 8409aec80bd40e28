"""What organisers write: own pages, news, questions and answers, partners, portraits."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from offenraum.conference.models import Conference, Speaker
from offenraum.kit.fields import Line, Prose
from offenraum.website.models.site import Picture, is_web_address


class Page(models.Model):
    """A page of the organisers' own, in Markdown."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="pages")
    slug = models.CharField(
        _("address"), max_length=40,
        validators=[RegexValidator(r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?\Z", _("Small letters, digits and dashes."))],
    )
    title = Line(_("title"), max_length=80)
    title_en = Line(_("title in English"), max_length=80, blank=True)
    text = Prose(_("text"), max_length=20_000)
    text_en = Prose(_("text in English"), max_length=20_000, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    is_public = models.BooleanField(_("public"), default=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["conference", "slug"], name="page_address_once")]

    def __str__(self) -> str:
        return self.title


class News(models.Model):
    """Something new; without a time it is a draft, with a later time it waits for it."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="news")
    title = Line(_("title"), max_length=120)
    title_en = Line(_("title in English"), max_length=120, blank=True)
    text = Prose(_("text"), max_length=20_000)
    text_en = Prose(_("text in English"), max_length=20_000, blank=True)
    picture = models.ForeignKey(Picture, models.SET_NULL, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    takes_comments = models.BooleanField(_("may be commented on"), default=True)

    class Meta:
        ordering = ["-published_at", "-pk"]
        verbose_name_plural = "news"

    def __str__(self) -> str:
        return self.title


class Faq(models.Model):
    """A question that is often asked, and its answer."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="faqs")
    question = Line(_("question"), max_length=200)
    question_en = Line(_("question in English"), max_length=200, blank=True)
    answer = Prose(_("answer"), max_length=4000)
    answer_en = Prose(_("answer in English"), max_length=4000, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.question


class Partner(models.Model):
    """Who invites, takes part or supports."""

    class Kind(models.TextChoices):
        HOST = "host", _("Invited by")
        PARTNER = "partner", _("Partners")
        SUPPORTER = "supporter", _("Supported by")

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="partners")
    kind = models.CharField(_("kind"), max_length=9, choices=Kind.choices, default=Kind.PARTNER)
    name = Line(_("name"), max_length=120)
    link = Line(_("website"), max_length=300, blank=True, validators=[is_web_address])
    logo = models.ForeignKey(Picture, models.SET_NULL, null=True, blank=True, related_name="+")
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class Portrait(models.Model):
    """The photo of a speaker, kept only with the speaker's consent."""

    speaker = models.OneToOneField(Speaker, models.CASCADE, related_name="portrait")
    picture = models.ForeignKey(Picture, models.CASCADE, related_name="+")
    consented_at = models.DateTimeField(_("consented at"))

    def __str__(self) -> str:
        return str(self.speaker)
