"""What visitors leave: comments, addresses for a letter, remarks about accessibility."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from offenraum.conference.models import Conference
from offenraum.kit.fields import Line, Prose
from offenraum.website.models.contents import News


class Comment(models.Model):
    """What a visitor wrote under news; the address is for the organisers only."""

    class State(models.TextChoices):
        SHOWN = "shown", _("Shown")
        HELD = "held", _("Waiting")
        HIDDEN = "hidden", _("Hidden")

    news = models.ForeignKey(News, models.CASCADE, related_name="comments")
    key = models.UUIDField(_("the browser's key of the form"))
    name = Line(_("name"), max_length=80)
    email = models.EmailField(_("e-mail address"), max_length=254, blank=True)
    text = Prose(_("comment"), max_length=2000)
    state = models.CharField(_("state"), max_length=6, choices=State.choices, default=State.SHOWN)
    written_at = models.DateTimeField(_("written at"))
    reported_at = models.DateTimeField(_("reported at"), null=True, blank=True)
    report = Line(_("reason of the report"), max_length=160, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["news", "key"], name="comment_key_once")]

    def __str__(self) -> str:
        return self.name


class Subscriber(models.Model):
    """Somebody who wants a letter when there is news; counts only after the link in the first letter was used."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="subscribers")
    email = models.EmailField(_("e-mail address"), max_length=254)
    language = models.CharField(_("language"), max_length=12, default="de", choices=[("de", "de"), ("en", "en")])
    asked_at = models.DateTimeField(_("asked at"))
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["conference", "email"], name="subscriber_once")]

    def __str__(self) -> str:
        return self.email


class Remark(models.Model):
    """A barrier that somebody met and told us about."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="remarks")
    key = models.UUIDField(_("the browser's key of the form"))
    text = Prose(_("what is the barrier"), max_length=3000)
    place = Line(_("where"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address for an answer"), max_length=254, blank=True)
    sent_at = models.DateTimeField(_("sent at"))
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["conference", "key"], name="remark_key_once")]

    def __str__(self) -> str:
        return self.text[:40]
