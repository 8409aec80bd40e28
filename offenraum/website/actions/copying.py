"""A conference as the template of another: its places, times and texts, not its people."""

from __future__ import annotations

import shutil
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import models, transaction

from offenraum.conference.models import Conference, Day, Room, RoomClosure, Slot, Talk
from offenraum.website.actions.contents import folder_of, tell
from offenraum.website.models import Faq, Page, Partner, Picture, Site
from offenraum.website.queries import site_of

OWN: Final = {"id", "slug", "title", "title_en", "short_title", "domain", "is_hidden", "menu", "created_at",
              "clock_started_at", "clock_shows_at", "clock_speed", "revision", "revised_at"}
"""What a new conference has of its own."""


@transaction.atomic
def copy_conference(*, template: Conference, into: Conference, first_day: date) -> None:
    """Fill a new conference from another one: its days moved to `first_day`, without its people."""
    for name in field_names(Conference) - OWN:
        setattr(into, name, getattr(template, name))
    into.save()
    into.days.all().delete()
    old = list(template.days.order_by("date"))
    moved = first_day - old[0].date if old else timedelta()
    days = {day.pk: Day.objects.create(conference=into, date=day.date + moved) for day in old}
    if not old:
        Day.objects.create(conference=into, date=first_day)
    rooms = copy_rooms(template, into)
    slots = copy_slots(template, into, days=days, moved=moved)
    for closure in RoomClosure.objects.filter(room__conference=template):
        RoomClosure.objects.create(room=rooms[closure.room_id], slot=slots[closure.slot_id])
    for talk in Talk.objects.filter(conference=template):
        room = rooms[talk.room_id] if talk.room_id else None
        starts_at = shifted(talk.starts_at, moved, into.zone)
        Talk.objects.create(**values_of(talk, conference=into, room=room, starts_at=starts_at))
    copy_texts(template, into)
    tell(into)


def copy_rooms(template: Conference, into: Conference) -> dict[int, Room]:
    return {
        room.pk: Room.objects.create(**values_of(room, conference=into))
        for room in Room.objects.filter(conference=template)
    }


def copy_slots(
    template: Conference, into: Conference, *, days: dict[int, Day], moved: timedelta
) -> dict[int, Slot]:
    made: dict[int, Slot] = {}
    for slot in Slot.objects.filter(conference=template).order_by("starts_at"):
        follows = made.get(slot.follows_id) if slot.follows_id else None
        starts_at = shifted(slot.starts_at, moved, into.zone)
        made[slot.pk] = Slot.objects.create(
            **values_of(slot, conference=into, day=days[slot.day_id], starts_at=starts_at, follows=follows)
        )
    return made


def copy_texts(template: Conference, into: Conference) -> None:
    """The website's texts, questions, pages and partners; news, portraits and what visitors wrote stay behind."""
    site, pictures = site_of(template), copy_pictures(template, into)
    Site.objects.filter(conference=into).delete()
    Site.objects.create(**values_of(site, conference=into, picture=pictures.get(site.picture_id)))
    for faq in Faq.objects.filter(conference=template):
        Faq.objects.create(**values_of(faq, conference=into))
    for page in Page.objects.filter(conference=template):
        Page.objects.create(**values_of(page, conference=into))
    for partner in Partner.objects.filter(conference=template):
        Partner.objects.create(**values_of(partner, conference=into, logo=pictures.get(partner.logo_id)))


def copy_pictures(template: Conference, into: Conference) -> dict[int | None, Picture]:
    """The pictures of the start page and of partners, with their files."""
    used = {site_of(template).picture_id, *template.partners.values_list("logo_id", flat=True)}
    made: dict[int | None, Picture] = {}
    for picture in Picture.objects.filter(conference=template, pk__in=[key for key in used if key]):
        made[picture.pk] = Picture.objects.create(**values_of(picture, conference=into))
        folder_of(into).mkdir(mode=0o700, parents=True, exist_ok=True)
        for ending in ("", "-small"):
            name = f"{picture.digest}{ending}.webp"
            shutil.copyfile(folder_of(template) / name, folder_of(into) / name)
    return made


def field_names(model: type[models.Model]) -> set[str]:
    return {field.name for field in model._meta.local_concrete_fields}


def values_of(row: models.Model, **other: Any) -> dict[str, Any]:
    """The values of a row for another row, some of them different."""
    kept = field_names(type(row)) - {"id"} - set(other)
    return {name: getattr(row, name) for name in kept} | other


def shifted(moment: datetime, by: timedelta, zone: ZoneInfo) -> datetime:
    """The same time of day so many days later, also when the clocks have changed in between."""
    local = moment.astimezone(zone)
    return (local.replace(tzinfo=None) + by).replace(tzinfo=zone)
