"""A conference: its days, its grid of slots and rooms, its fixed programme and who runs it."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from offenraum.conference.rules import Role
from offenraum.kit.clock import Clock
from offenraum.kit.fields import Line, Prose


class Conference(models.Model):
    """One event; an installation holds many, strictly apart."""

    class SeatMode(models.TextChoices):
        SEATS = "seats", _("Only people with a seat")
        OPEN = "open", _("Every device is a seat")

    slug = models.SlugField(_("address"), max_length=40, unique=True)
    title = Line(_("title"), max_length=120)
    title_en = Line(_("title in English"), max_length=120, blank=True)
    short_title = Line(_("short title"), max_length=40)
    about = Prose(_("about"), max_length=4000, blank=True)
    about_en = Prose(_("about, in English"), max_length=4000, blank=True)
    venue = Line(_("venue"), max_length=120, blank=True)
    street = Line(_("street"), max_length=120, blank=True)
    city = Line(_("city"), max_length=120, blank=True)
    hosted_by = Line(_("invited by"), max_length=300, blank=True)
    grid_note = Line(_("note about rooms and slots"), max_length=200, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=40, default="Europe/Berlin")
    seat_mode = models.CharField(_("who may take part"), max_length=8, choices=SeatMode.choices, default=SeatMode.SEATS)
    must_release_topics = models.BooleanField(_("the desk releases topics before they reach the wall"), default=False)
    pitch_seconds = models.PositiveSmallIntegerField(
        _("seconds to talk"), default=30, validators=[MinValueValidator(5)]
    )
    vote_seconds = models.PositiveSmallIntegerField(
        _("seconds to vote"), default=10, validators=[MinValueValidator(5)]
    )
    wall_metres = models.DecimalField(
        _("width of the wall in metres"), max_digits=3, decimal_places=1, default=3,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
    )
    clock_started_at = models.DateTimeField(_("clock set at"), null=True, blank=True)
    clock_shows_at = models.DateTimeField(_("clock set to"), null=True, blank=True)
    clock_speed = models.FloatField(_("speed of the clock"), default=1.0, validators=[MinValueValidator(0.01)])
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(clock_speed__gt=0), name="conference_clock_runs_forward"),
            models.CheckConstraint(
                condition=Q(clock_started_at__isnull=True, clock_shows_at__isnull=True)
                | Q(clock_started_at__isnull=False, clock_shows_at__isnull=False),
                name="conference_clock_set_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def clock(self) -> Clock:
        return Clock(self.clock_started_at, self.clock_shows_at, self.clock_speed)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class Day(models.Model):
    """One day of a conference."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="days")
    date = models.DateField(_("date"))

    class Meta:
        ordering = ["date"]
        constraints = [models.UniqueConstraint(fields=["conference", "date"], name="day_once")]

    def __str__(self) -> str:
        return self.date.isoformat()


class Slot(models.Model):
    """One row of the barcamp's grid: a time in which all rooms hold a session."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="slots")
    day = models.ForeignKey(Day, models.CASCADE, related_name="slots")
    number = models.PositiveSmallIntegerField(_("number"))
    starts_at = models.DateTimeField(_("starts at"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), validators=[MinValueValidator(5), MaxValueValidator(600)])
    follows = models.OneToOneField(
        "self", models.SET_NULL, null=True, blank=True, related_name="followed_by",
        verbose_name=_("the slot directly before, without a break"),
    )

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "number"], name="slot_number_once"),
            models.UniqueConstraint(fields=["conference", "starts_at"], name="slot_start_once"),
            models.CheckConstraint(condition=Q(minutes__gte=5), name="slot_has_minutes"),
            models.CheckConstraint(condition=Q(follows__isnull=True) | ~Q(follows=F("id")), name="slot_follows_other"),
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.starts_at:%H:%M})"

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


class Room(models.Model):
    """One column of the grid."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="rooms")
    name = Line(_("name"), max_length=40)
    position = models.PositiveSmallIntegerField(_("position"))
    places = models.PositiveIntegerField(_("places"), validators=[MinValueValidator(1), MaxValueValidator(100_000)])
    is_step_free = models.BooleanField(_("step-free"), default=True)
    equipment = models.JSONField(_("equipment"), default=list, blank=True)
    way = Line(_("how to get there"), max_length=120, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "name"], name="room_name_once"),
            models.UniqueConstraint(fields=["conference", "position"], name="room_position_once"),
            models.CheckConstraint(condition=Q(places__gte=1), name="room_has_places"),
        ]

    def __str__(self) -> str:
        return self.name


class RoomClosure(models.Model):
    """A slot in which a room cannot be used."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="closures")
    slot = models.ForeignKey(Slot, models.CASCADE, related_name="closures")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["room", "slot"], name="closure_once")]

    def __str__(self) -> str:
        return f"{self.room}, {self.slot}"


class Speaker(models.Model):
    """A person of the fixed programme."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="speakers")
    name = Line(_("name"), max_length=80)
    position = Line(_("position"), max_length=160, blank=True)
    about = Prose(_("about"), max_length=2000, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["conference", "name"], name="speaker_name_once")]

    def __str__(self) -> str:
        return self.name


class Talk(models.Model):
    """One item of the fixed programme: greeting, keynote, impulse, break."""

    class Kind(models.TextChoices):
        DOORS = "doors", _("Doors open")
        GREETING = "greeting", _("Greeting")
        KEYNOTE = "keynote", _("Keynote")
        IMPULSE = "impulse", _("Impulse")
        PITCH = "pitch", _("Session planning")
        BREAK = "break", _("Break")
        CLOSING = "closing", _("Closing")

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="talks")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    title = Line(_("title"), max_length=120)
    title_en = Line(_("title in English"), max_length=120, blank=True)
    about = Prose(_("about"), max_length=2000, blank=True)
    starts_at = models.DateTimeField(_("starts at"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), validators=[MinValueValidator(1), MaxValueValidator(900)])
    room = models.ForeignKey(Room, models.SET_NULL, null=True, blank=True, related_name="talks")
    speakers = models.ManyToManyField(Speaker, blank=True, related_name="talks")

    class Meta:
        ordering = ["starts_at"]
        constraints = [models.CheckConstraint(condition=Q(minutes__gte=1), name="talk_has_minutes")]

    def __str__(self) -> str:
        return self.title

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


class Member(models.Model):
    """An account's role in one conference."""

    class Role(models.TextChoices):
        ORGANISER = "organiser", _("Organiser")
        MODERATOR = "moderator", _("Moderator")

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="members")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conference", "account"], name="member_once")]

    def __str__(self) -> str:
        return f"{self.account}: {self.get_role_display()}"


class HelperKey(models.Model):
    """A one-day key for a helper at the door or with the ballots."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="helper_keys")
    name = Line(_("name"), max_length=80)
    secret_hash = models.CharField(_("hash of the key"), max_length=64, unique=True)
    created_at = models.DateTimeField(_("created at"))
    expires_at = models.DateTimeField(_("expires at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Invitation(models.Model):
    """A link that makes whoever accepts it a member; it never signs in to an account that exists."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"), max_length=254)
    role = models.CharField(_("role"), max_length=10, choices=Member.Role.choices)
    secret_hash = models.CharField(_("hash of the key"), max_length=64, unique=True)
    created_at = models.DateTimeField(_("created at"))
    expires_at = models.DateTimeField(_("expires at"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    def __str__(self) -> str:
        return self.email


class Notice(models.Model):
    """An announcement from the desk to every screen, until it expires or is taken back."""

    class Kind(models.TextChoices):
        NEWS = "news", _("Information")
        WARN = "warn", _("Important")

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="notices")
    text = Line(_("What shall everybody know?"), max_length=160)
    kind = models.CharField(_("kind"), max_length=4, choices=Kind.choices, default=Kind.NEWS)
    key = models.UUIDField(_("the browser's key of the form"))
    sent_by = Line(_("sent by"), max_length=80)
    sent_at = models.DateTimeField(_("sent at"))
    ends_at = models.DateTimeField(_("ends at"))
    ended_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "key"], name="notice_key_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("sent_at")), name="notice_ends_later"),
        ]

    def __str__(self) -> str:
        return self.text


class Wall(models.Model):
    """What one projector shows, and how wide its picture is; a wall without a row follows the day."""

    class Content(models.TextChoices):
        DAY = "day", _("Follows the day")
        NOW = "now", _("Now and next")
        PROGRAMME = "programme", _("One slot a page")
        TOPICS = "topics", _("Topics and hashtags")

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="walls")
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1), MaxValueValidator(20)])
    content = models.CharField(_("content"), max_length=9, choices=Content.choices, default=Content.DAY)
    metres = models.DecimalField(
        _("width of the picture in metres"), max_digits=3, decimal_places=1,
        validators=[MinValueValidator(1), MaxValueValidator(20)],
    )

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["conference", "number"], name="wall_number_once")]

    def __str__(self) -> str:
        return f"{self.number}"


class Decision(models.Model):
    """One decision at the desk: who, when, why, what it moved; the newest ones can be taken back by who made them."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="decisions")
    verb = Line(_("what was done"), max_length=40)
    facts = models.JSONField(_("what it was about, as ids"), default=dict)
    moves = models.JSONField(_("topic, where it was, where it is now"), default=list)
    reason = Line(_("reason"), max_length=160, blank=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    made_by = Line(_("made by"), max_length=80)
    role = models.CharField(_("role"), max_length=10, choices=[(role.value, role.value) for role in Role])
    made_at = models.DateTimeField(_("made at"))
    undone_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.verb
