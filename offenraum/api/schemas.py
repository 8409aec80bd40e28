"""What programs send and get, typed; the names are English and stay."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError as Refused
from ninja import Schema
from pydantic import Field, field_validator

from offenraum.barcamp.models import Topic
from offenraum.kit.plain_text import Unfit, tidy_line, tidy_prose

LARGEST_NUMBER = 2**31 - 1


class ConferenceOut(Schema):
    """One conference."""

    address: str
    title: str
    about: str
    venue: str
    time_zone: str
    edition: int | None
    url: str


class RoomOut(Schema):
    """A room of the grid."""

    id: int
    name: str
    places: int
    is_step_free: bool
    equipment: list[str]


class SlotOut(Schema):
    """A slot of the grid."""

    number: int
    starts_at: datetime
    ends_at: datetime


class TopicOut(Schema):
    """A topic that everybody may see; `interest` only after its round is closed."""

    number: int
    title: str
    about: str
    kind: str
    level: str
    format: str
    length: int
    hashtags: list[str]
    hosts: list[str]
    interest: int | None
    url: str


class SessionOut(Schema):
    """A session or a fixed point of the programme."""

    key: str
    title: str
    text: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    room: str
    people: list[str]
    is_cancelled: bool
    url: str


class EditionOut(Schema):
    """A published edition and its difference to the one before, in sentences."""

    number: int
    published_at: datetime
    name: str
    changes: list[str]


class ProgrammeOut(Schema):
    """The latest edition; 0 before the first."""

    edition: int
    changed_at: datetime
    sessions: list[SessionOut]


class TopicIn(Schema):
    """A new topic."""

    title: str = Field(min_length=3, max_length=80)
    host_name: str = Field(min_length=1, max_length=80)
    about: str = Field(default="", max_length=1000)
    kind: Topic.Kind = Topic.Kind.TOPIC
    level: Topic.Level = Topic.Level.ALL
    format: Topic.Format = Topic.Format.DISCUSSION
    length: int = Field(default=1, ge=1, le=2)

    @field_validator("title", "host_name")
    @classmethod
    def tidy_one_line(cls, value: str) -> str:
        return fit(value, tidy_line, 80)

    @field_validator("about")
    @classmethod
    def tidy_several_lines(cls, value: str) -> str:
        return fit(value, tidy_prose, 1000) if value else ""


class InterestIn(Schema):
    """What a seat wants of a topic: 0 takes it back, 2 is important."""

    seat: int = Field(ge=1, le=LARGEST_NUMBER)
    weight: int = Field(ge=0, le=2)


class InterestOut(Schema):
    """What counts now."""

    seat: int
    topic: int
    weight: int


class PlacementIn(Schema):
    """Where a topic shall be in the draft; `seen` is the version that the program has read, null for not placed."""

    slot: int = Field(ge=1, le=LARGEST_NUMBER)
    room: int = Field(ge=1, le=LARGEST_NUMBER)
    seen: int | None = Field(default=None, ge=1, le=LARGEST_NUMBER)


class PlacementOut(Schema):
    """Where a topic is in the draft; `version` is what the next change must have seen."""

    topic: int
    slot: int
    room: int
    version: int


class CheckInOut(Schema):
    """Whether this call checked the seat in; `checked_in_at` tells since when it is."""

    seat: int
    is_new: bool
    checked_in_at: datetime


class Problem(Schema):
    """A refusal as in RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[dict[str, str]] = []


def fit(value: str, tidy: object, limit: int) -> str:
    """The text as it may be stored; ValueError with the reason."""
    try:
        return tidy(value, limit=limit)  # type: ignore[operator, no-any-return]
    except (Unfit, Refused) as error:
        raise ValueError(str(getattr(error, "message", error))) from error
