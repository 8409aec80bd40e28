"""What visitors leave at a stand: a wish, a contact, a question, a booking, a report."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from offenraum.kit.fields import Line, Prose
from offenraum.market.models.stands import DemoSlot, Stand
from offenraum.seats.models import Seat


class StandWish(models.Model):
    """A seat says: we want this too. Only the count is shown."""

    stand = models.ForeignKey(Stand, models.CASCADE, related_name="wishes")
    seat = models.ForeignKey(Seat, models.SET_NULL, null=True, related_name="+")
    """None once the votes of the conference are deleted: the count stays."""
    wished_at = models.DateTimeField(_("wished at"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stand", "seat"], name="stand_wish_once")]

    def __str__(self) -> str:
        return f"{self.stand_id}"


class Contact(models.Model):
    """What a visitor gave to one stand by an act of its own; taken back, the row is gone."""

    stand = models.ForeignKey(Stand, models.CASCADE, related_name="contacts")
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="+")
    name = Line(_("name"), max_length=120)
    reach = Line(_("e-mail address or telephone"), max_length=160)
    purpose = Line(_("what it is about"), max_length=300)
    given_at = models.DateTimeField(_("given at"))

    class Meta:
        ordering = ["given_at", "id"]
        constraints = [models.UniqueConstraint(fields=["stand", "seat"], name="contact_once")]

    def __str__(self) -> str:
        return self.name


class StandQuestion(models.Model):
    """A question to a stand and its answer, both public and without the name of who asked."""

    stand = models.ForeignKey(Stand, models.CASCADE, related_name="questions")
    seat = models.ForeignKey(Seat, models.SET_NULL, null=True, related_name="+")
    key = models.UUIDField(_("the browser's key of the form"))
    text = Prose(_("question"), max_length=500)
    answer = Prose(_("answer"), max_length=2000, blank=True)
    asked_at = models.DateTimeField(_("asked at"))
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("hidden at"), null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["stand", "key"], name="stand_question_once")]

    def __str__(self) -> str:
        return self.text


class StandReport(models.Model):
    """A seat finds something wrong with a stand or with a question; the organisers settle it."""

    stand = models.ForeignKey(Stand, models.CASCADE, related_name="reports")
    question = models.ForeignKey(StandQuestion, models.CASCADE, null=True, blank=True, related_name="reports")
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="+")
    reason = Line(_("what is wrong with it"), max_length=200)
    reported_at = models.DateTimeField(_("reported at"))
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.reason


class Booking(models.Model):
    """A seat's place in a demonstration."""

    demo = models.ForeignKey(DemoSlot, models.CASCADE, related_name="bookings")
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="+")
    booked_at = models.DateTimeField(_("booked at"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["demo", "seat"], name="demo_booked_once")]

    def __str__(self) -> str:
        return f"{self.demo_id}"
