"""Devices that measure, what they sent, and what it means."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from offenraum.conference.models import Conference
from offenraum.kit.fields import Line, Prose
from offenraum.sensors.rules import MOST_FORMULA


class Network(models.Model):
    """Where messages come from: a group of devices with one secret. Its mark stands in the address."""

    class Kind(models.TextChoices):
        TTN = "ttn", _("The Things Stack v3")
        CHIRPSTACK = "chirpstack", _("ChirpStack v4")
        LUFT = "luft", _("Sensor.Community")
        JSON = "json", _("Plain JSON")
        CSV = "csv", _("Plain CSV")

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="networks")
    name = Line(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    secret_hash = models.CharField(_("hash of the secret"), max_length=64, unique=True)
    made_at = models.DateTimeField(_("made at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class Codec(models.Model):
    """A decoder in JavaScript; its version rises with each change, so that old results say what made them."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="codecs")
    name = Line(_("name"), max_length=80)
    source = Prose(_("program"), max_length=100_000)
    version = models.PositiveIntegerField(_("version"), default=1)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["conference", "name"], name="codec_name_once")]

    def __str__(self) -> str:
        return self.name


class Device(models.Model):
    """One sensor. Its number is in its address; its identity is what its network calls it."""

    class Decoder(models.TextChoices):
        STORED = "stored", _("The network has decoded it")
        CAYENNE = "cayenne", _("Cayenne LPP")
        CODEC = "codec", _("A codec in JavaScript")

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="devices")
    network = models.ForeignKey(Network, models.CASCADE, related_name="devices")
    number = models.PositiveSmallIntegerField(_("number"))
    identity = Line(_("identity in the network"), max_length=64)
    name = Line(_("name"), max_length=80)
    place = Line(_("place"), max_length=120, blank=True)
    owner = Line(_("who runs it"), max_length=120, blank=True)
    meaning = Prose(_("what the values mean"), max_length=1500, blank=True)
    licence = Line(_("licence of the data"), max_length=80, blank=True, default="CC BY 4.0")
    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    decoder = models.CharField(_("how it is decoded"), max_length=8, choices=Decoder.choices, default=Decoder.STORED)
    codec = models.ForeignKey(Codec, models.SET_NULL, null=True, blank=True, related_name="devices")
    silent_minutes = models.PositiveIntegerField(
        _("minutes without a message until it counts as silent"), default=60, validators=[MinValueValidator(1)]
    )
    heard_at = models.DateTimeField(_("last message"), null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["conference", "number"], name="device_number_once"),
            models.UniqueConstraint(fields=["network", "identity"], name="device_identity_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Message(models.Model):
    """What came in, byte for byte, and what became of it."""

    class State(models.TextChoices):
        NEW = "new", _("Waits to be decoded")
        DECODED = "decoded", _("Decoded")
        FAILED = "failed", _("Could not be decoded")
        UNKNOWN = "unknown", _("From a device that is not known")

    network = models.ForeignKey(Network, models.CASCADE, related_name="messages")
    device = models.ForeignKey(Device, models.CASCADE, null=True, related_name="messages")
    identity = models.CharField(_("identity in the network"), max_length=64)
    key = models.CharField(_("identity of the message"), max_length=64)
    body = models.BinaryField(_("the message"))
    payload = models.BinaryField(_("bytes of the sensor"))
    f_port = models.PositiveSmallIntegerField(_("port"), null=True)
    decoded = models.JSONField(_("as the network decoded it"), null=True)
    result = models.JSONField(_("result"), null=True)
    said = models.CharField(_("warnings and errors"), max_length=300, blank=True)
    decoded_by = models.CharField(_("decoded by"), max_length=120, blank=True)
    received_at = models.DateTimeField(_("received at"))
    measured_at = models.DateTimeField(_("measured at"))
    state = models.CharField(_("state"), max_length=8, choices=State.choices)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["network", "key"], name="message_once")]
        indexes = [
            models.Index(fields=["state"], condition=Q(state="new"), name="message_new"),
            models.Index(fields=["device", "-id"], name="message_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.identity}: {self.state}"


class Channel(models.Model):
    """One value of a device: what it is called, its unit, what is plausible, and its newest reading."""

    device = models.ForeignKey(Device, models.CASCADE, related_name="channels")
    key = Line(_("name in the decoded message"), max_length=80)
    name = Line(_("name"), max_length=80)
    unit = Line(_("unit"), max_length=20, blank=True)
    formula = Line(_("formula of x"), max_length=MOST_FORMULA, blank=True)
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=1, validators=[MaxValueValidator(6)])
    low = models.FloatField(_("lowest plausible value"), null=True, blank=True)
    high = models.FloatField(_("highest plausible value"), null=True, blank=True)
    warn = models.FloatField(_("threshold: attention"), null=True, blank=True)
    alarm = models.FloatField(_("threshold: alarm"), null=True, blank=True)
    value = models.FloatField(_("newest value"), null=True, blank=True)
    measured_at = models.DateTimeField(_("measured at"), null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["device", "key", "name"], name="channel_once")]

    def __str__(self) -> str:
        return self.name


class Mark(models.Model):
    """A level that says what a value of a public station means, as its operator publishes it."""

    class Name(models.TextChoices):
        NNW = "NNW", _("lowest water ever")
        MNW = "MNW", _("mean low water")
        GLW = "GlW", _("low water for ships")
        MW = "MW", _("mean water")
        MHW = "MHW", _("mean high water")
        HSW = "HSW", _("highest water for ships")
        HHW = "HHW", _("highest water ever")

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="marks")
    name = models.CharField(_("name"), max_length=8, choices=Name.choices)
    value = models.FloatField(_("value"))

    class Meta:
        ordering = ["value", "id"]
        constraints = [models.UniqueConstraint(fields=["channel", "name"], name="sensor_mark_once")]

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"


class Reading(models.Model):
    """One value at one time; an implausible one is kept in quarantine, not shown."""

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="readings")
    message = models.ForeignKey(Message, models.CASCADE, null=True, related_name="readings")
    """None for a value of an imported history."""
    measured_at = models.DateTimeField(_("measured at"))
    value = models.FloatField(_("value"))
    is_plausible = models.BooleanField(_("plausible"), default=True)

    class Meta:
        ordering = ["measured_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["channel", "message"], name="reading_once"),
            models.UniqueConstraint(
                fields=["channel", "measured_at"], condition=Q(message__isnull=True), name="reading_history_once"
            ),
        ]
        indexes = [models.Index(fields=["channel", "measured_at"], name="reading_by_time")]

    def __str__(self) -> str:
        return f"{self.channel_id}: {self.value}"


class Rollup(models.Model):
    """Readings of one channel in one span of time, so that a chart never reads them all."""

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="rollups")
    seconds = models.PositiveIntegerField(_("seconds"))
    begins_at = models.DateTimeField(_("begins at"))
    count = models.PositiveIntegerField(_("count"))
    total = models.FloatField(_("sum"))
    low = models.FloatField(_("lowest"))
    high = models.FloatField(_("highest"))

    class Meta:
        ordering = ["begins_at"]
        constraints = [models.UniqueConstraint(fields=["channel", "seconds", "begins_at"], name="rollup_once")]

    def __str__(self) -> str:
        return f"{self.channel_id}: {self.begins_at}"


class Station(models.Model):
    """A public station that is asked now and then, and feeds a device."""

    class Source(models.TextChoices):
        PEGELONLINE = "pegelonline", _("PEGELONLINE")
        COMMUNITY = "community", _("Sensor.Community")

    device = models.OneToOneField(Device, models.CASCADE, related_name="station")
    source = models.CharField(_("source"), max_length=12, choices=Source.choices)
    mark = Line(_("number of the station there"), max_length=64)
    every_minutes = models.PositiveSmallIntegerField(
        _("asked every so many minutes"), default=15, validators=[MinValueValidator(5)]
    )
    asked_at = models.DateTimeField(_("asked at"), null=True, blank=True)
    marks_asked_at = models.DateTimeField(_("asked what its values mean at"), null=True, blank=True)
    said = models.CharField(_("what went wrong"), max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.source} {self.mark}"
