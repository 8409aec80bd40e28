"""Organisers keep and remove what the website and the programme consist of."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import models, transaction

from offenraum.conference.actions.conferences import revise
from offenraum.conference.models import Conference, Day, Room, Slot, Speaker, Talk
from offenraum.live.changes import announce
from offenraum.website.models import News, Partner, Picture, Portrait, Site
from offenraum.website.pictures import Made, remove_picture, write_picture
from offenraum.website.queries import menu_of

TOPICS: Final = ["programme", "plan", "wall", "clock"]
"""What shows rooms, times, talks and the names of speakers."""

IN_CALENDARS: Final = (Conference, Day, Room, Slot, Speaker, Talk)


def folder_of(conference: Conference) -> Path:
    """Where the pictures of a conference lie."""
    return Path(settings.DATA) / "medien" / str(conference.pk)


@transaction.atomic
def keep_entry(*, conference: Conference, entry: models.Model, now: datetime) -> None:
    """Store something of a conference that a form has checked, new or changed."""
    if isinstance(entry, IN_CALENDARS):
        revise(conference=entry if isinstance(entry, Conference) else conference, now=now)
    entry.save()
    tell(conference)


@transaction.atomic
def remove_entry(*, conference: Conference, entry: models.Model, now: datetime) -> None:
    """Delete something of a conference, with its pictures."""
    if isinstance(entry, IN_CALENDARS):
        revise(conference=conference, now=now)
    pictures = [picture for picture in pictures_of(entry) if picture is not None]
    entry.delete()
    for picture in pictures:
        drop_picture(picture=picture)
    tell(conference)


@transaction.atomic
def tell(conference: Conference) -> None:
    """Bring the menu up to date, and every screen that shows the programme."""
    Conference.objects.filter(pk=conference.pk).update(menu=menu_of(conference))
    announce(scope=conference.slug, topics=TOPICS)


@transaction.atomic
def keep_picture(*, conference: Conference, made: Made, alt: str, alt_en: str, now: datetime) -> Picture:
    """Store a picture and its file."""
    write_picture(folder_of(conference), made)
    return Picture.objects.create(
        conference=conference, digest=made.digest, width=made.width, height=made.height, alt=alt, alt_en=alt_en,
        uploaded_at=now,
    )


@transaction.atomic
def describe_picture(*, picture: Picture, alt: str, alt_en: str) -> None:
    """Give a picture another alternative text."""
    Picture.objects.filter(pk=picture.pk).update(alt=alt, alt_en=alt_en)


@transaction.atomic
def drop_picture(*, picture: Picture) -> None:
    """Delete a picture; its file goes when no other picture of the conference has it."""
    conference, digest = picture.conference, picture.digest
    Picture.objects.filter(pk=picture.pk).delete()
    if not Picture.objects.filter(conference=conference, digest=digest).exists():
        transaction.on_commit(lambda: remove_picture(folder_of(conference), digest), robust=True)


@transaction.atomic
def keep_portrait(*, speaker: Speaker, picture: Picture, now: datetime) -> None:
    """Show a photo of a speaker, who has agreed."""
    held = Portrait.objects.select_related("picture__conference").filter(speaker=speaker).first()
    Portrait.objects.update_or_create(speaker=speaker, defaults={"picture": picture, "consented_at": now})
    if held and held.picture_id != picture.pk:
        drop_picture(picture=held.picture)


@transaction.atomic
def drop_portrait(*, speaker: Speaker) -> None:
    """Take a photo away, because the speaker wants it or another shall be shown."""
    for portrait in Portrait.objects.select_related("picture__conference").filter(speaker=speaker):
        portrait.delete()
        drop_picture(picture=portrait.picture)


def pictures_of(entry: models.Model) -> list[Picture | None]:
    """The pictures that go with something of a conference."""
    if isinstance(entry, Partner):
        return [entry.logo]
    if isinstance(entry, News | Site):
        return [entry.picture]
    portrait = Portrait.objects.filter(speaker=entry).first() if isinstance(entry, Speaker) else None
    return [portrait.picture] if portrait else []


@transaction.atomic
def publish_conference(*, conference: Conference, is_public: bool) -> None:
    """Show a conference to everybody, or hide it from all who do not run it."""
    Conference.objects.filter(pk=conference.pk).update(is_hidden=not is_public)
    tell(conference)
