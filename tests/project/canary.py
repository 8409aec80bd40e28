"""A token of its own in every text column: what the deletion clock promises to delete must not be found afterwards."""

from __future__ import annotations

import io
import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.test.utils import setup_test_environment
from PIL import ExifTags, Image

from offenraum.conference.models import Conference, Speaker
from offenraum.kit.datamap import Basis, Data, Keep, declared
from offenraum.kit.sealed import SealedText
from offenraum.market.actions.stands import add_medium
from offenraum.market.models import Stand
from offenraum.post.models import Letter, Refusal
from offenraum.seats.actions.making import Person, create_seats
from offenraum.seats.models import Seat
from offenraum.website.actions.contents import keep_picture, keep_portrait
from offenraum.website.pictures import Made, make_picture
from tests.world import make_world

LONG_AGO = datetime(2018, 9, 4, 10, 0, tzinfo=UTC)
PERIODS_OF_CONFERENCE = {Keep.VOTES, Keep.SUPPORT, Keep.LETTERS, Keep.CHECK_IN, Keep.REGISTRATION}
PHOTOGRAPHED, ERASED = "zqphotox", "zqerasedx"
TEXTS, UNFIT = (models.CharField, models.TextField, models.JSONField), (models.SlugField, SealedText)


@dataclass(frozen=True)
class Canary:
    """One token in one column of one row."""

    label: str
    token: str
    keep: Keep
    is_personal: bool

    @property
    def has_an_end(self) -> bool:
        return self.keep in PERIODS_OF_CONFERENCE


def put_canaries(*, skip: frozenset[str] = frozenset()) -> list[Canary]:
    """Overwrite a text column of the first row of every model with a token; models without rows are left out."""
    canaries = []
    for number, (field, data) in enumerate(text_fields()):
        row = field.model._default_manager.order_by("pk").first()
        name = f"{field.model._meta.label}.{field.name}"
        if row is None or name in skip:
            continue
        token = f"zq{number:03d}x"
        value: Any = {"people": [], "token": token} if isinstance(field, models.JSONField) else token
        field.model._default_manager.filter(pk=row.pk).update(**{field.name: value})
        canaries.append(Canary(name, token, data.keep, data.basis is not Basis.NOTHING_PERSONAL))
    return canaries


def text_fields() -> Iterator[tuple[models.Field[Any, Any], Data]]:
    """Every column in which a text of somebody can be read, with what is declared of it; sealed ones cannot be."""
    said = {(entry.model, entry.field): entry.data for entry in declared()}
    for label, name in sorted(said):
        field = apps.get_model(label)._meta.get_field(name)
        is_text = isinstance(field, TEXTS) and not isinstance(field, UNFIT) and not field.choices
        if is_text and name != "scope" and (getattr(field, "max_length", None) or 99) >= 6:
            yield field, said[label, name]


def fill_models() -> None:
    """A plain row of every model of ours that has none, so that each column can hold a token."""
    for app in apps.get_app_configs():
        if app.name.startswith("offenraum."):
            for model in app.get_models():
                if model.__module__.startswith("offenraum."):
                    first_of(model)


def give_scope(slug: str) -> None:
    """Letters and refusals belong to a conference, else its clock does not concern them."""
    for model in (Letter, Refusal):
        model._default_manager.filter(scope="").update(scope=slug)


def first_of(model: type[models.Model]) -> models.Model:
    found = model._default_manager.order_by("pk").first()
    if found is None:
        found = model(**{field.attname: plain(field) for field in model._meta.local_fields if is_wanted(field)})
        found.save()
    return found


def is_wanted(field: models.Field[Any, Any]) -> bool:
    is_given = field.primary_key or field.has_default() or field.null or getattr(field, "auto_now_add", False)
    return not is_given


def plain(field: models.Field[Any, Any]) -> Any:
    """A value that fits a column."""
    if isinstance(field, models.ForeignKey):
        return first_of(field.related_model).pk
    if field.choices:
        return field.choices[0][0]
    for kind, value in PLAIN.items():
        if isinstance(field, kind):
            return value() if callable(value) else value
    return ""


PLAIN: dict[type[models.Field[Any, Any]], Any] = {
    models.DateTimeField: LONG_AGO, models.DateField: LONG_AGO.date(), models.UUIDField: uuid.uuid4,
    models.JSONField: dict, models.BinaryField: b"", models.BooleanField: False, models.IntegerField: 1,
    models.FloatField: 1.0, models.DecimalField: 1,
}


def main() -> None:
    """Fill an installation with two conferences of 2018, a token in every column, and pictures; say what is where.

    For tests that start the real program on it; run in a process of its own.
    """
    setup_test_environment()
    world = make_world()
    fill_models()
    give_scope(world.here.conference.slug)
    canaries = put_canaries(skip=frozenset({"conference.Conference.time_zone", "gathering.Contribution.address"}))
    held = [half.conference for half in (world.here, world.there)]
    Conference.objects.update(created_at=LONG_AGO, clock_started_at=None, clock_shows_at=None)
    told = {
        "ended": {one.token: one.label for one in canaries if one.has_an_end},
        "staying": {one.token: one.label for one in canaries if one.keep is Keep.CONFERENCE},
        "personal": [one.token for one in canaries if one.is_personal],
        "portraits": [keep_photo(one) for one in held], "stands": [keep_stand_picture(one) for one in held],
        "erased": erasable(world.there.conference),
    }
    print(json.dumps(told))  # noqa: T201 - the answer


def keep_photo(conference: Conference) -> str:
    """A speaker's portrait; returns its file below the data folder."""
    picture = keep_picture(conference=conference, made=made_of(conference, "red"), alt="Jana", alt_en="", now=LONG_AGO)
    keep_portrait(speaker=Speaker.objects.filter(conference=conference)[0], picture=picture, now=LONG_AGO)
    return f"medien/{conference.pk}/{picture.digest}.webp"


def keep_stand_picture(conference: Conference) -> str:
    stand = Stand.objects.filter(conference=conference)[0]
    add_medium(stand=stand, made=made_of(conference, "blue"), alt="Stand", alt_en="", now=LONG_AGO)
    return f"medien/{conference.pk}/{stand.media.latest('pk').picture.digest}.webp"


def made_of(conference: Conference, colour: str) -> Made:
    """A photo as a phone takes it, with a token in what it says about itself."""
    photo, exif = io.BytesIO(), Image.Exif()
    exif[ExifTags.Base.ImageDescription] = PHOTOGRAPHED
    Image.new("RGB", (60 + conference.pk, 40), colour).save(photo, "JPEG", exif=exif, comment=PHOTOGRAPHED)
    return make_picture(photo.getvalue())


def erasable(conference: Conference) -> dict[str, Any]:
    """Somebody who will delete everything: the seat and its token."""
    (new,) = create_seats(
        conference=conference, people=[Person(name=ERASED, email=f"{ERASED}@example.org")],
        kind=Seat.Kind.REGISTRATION, now=LONG_AGO,
    )
    return {"seat": new.seat.pk, "token": ERASED}
