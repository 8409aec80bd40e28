"""Other servers that want to know what happens."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from offenraum.conference.models.conferences import Conference
from offenraum.kit.fields import Line
from offenraum.kit.outbox import Work
from offenraum.kit.sealed import SealedText


class Webhook(models.Model):
    """An address to which notices of one conference go; its secret signs them."""

    class Event(models.TextChoices):
        EDITION = "edition_published", _("An edition is published")
        TOPIC = "topic_proposed", _("A topic is proposed")

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="webhooks")
    address = Line(_("address"), max_length=300)
    events = models.JSONField(_("about what"), default=list)
    secret = SealedText(_("secret"))
    created_at = models.DateTimeField(_("created at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.address

    @property
    def events_in_words(self) -> list[str]:
        return [str(event.label) for event in self.Event if event in self.events]


class Delivery(Work):
    """One notice on its way to one address."""

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    event = Line(_("about what"), max_length=20)
    told = models.JSONField(_("what is sent"))
    created_at = models.DateTimeField(_("created at"))
    status = models.PositiveSmallIntegerField(_("answer"), null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "due_at"], name="delivery_due")]

    def __str__(self) -> str:
        return f"{self.event} {self.state}"
