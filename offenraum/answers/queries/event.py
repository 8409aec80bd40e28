"""What happens at the conference and what is measured there: always as it is now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from offenraum.answers.index import Passage
from offenraum.answers.queries.found import Asked, Found, Keys, Kind, in_both, key_of, plain
from offenraum.barcamp.queries import public_topics
from offenraum.conference.models import Conference, Room, Talk
from offenraum.conference.queries import talks_of
from offenraum.kit.language import localised
from offenraum.market.models import Stand
from offenraum.market.queries import stands_of
from offenraum.programme.queries.published import Programme, Session
from offenraum.sensors.models import Channel, Device
from offenraum.sensors.queries import devices_of
from offenraum.sensors.rules import state_of

TOPIC_WORDS: Final = "Session Sessions Thema Themen Barcamp Programm beginnt topic topics programme starts"
TALK_WORDS: Final = "Vortrag Vorträge Programm Programmpunkt beginnt spricht redet talk speaks programme starts"
STAND_TEXTS: Final = ("summary", "problem", "solution", "audience")
STAND_WORDS: Final = "Stand Stände Projekt Markt Tisch stand booth project market"
ROOM_WORDS: Final = "Raum Räume Zimmer Plätze room rooms way"
SENSOR_WORDS: Final = "Sensor Messwert Wert aktuell hoch niedrig warm kalt sensor value high level measured current"


def topic_passages(conference: Conference) -> Iterable[Passage]:
    for topic in public_topics(conference):
        hosts = " ".join(host.name for host in topic.hosts.all())
        keywords = f"{TOPIC_WORDS} {topic.get_format_display()} {' '.join(topic.hashtags)} {hosts}"
        yield Passage(key_of("topic", topic.pk), "topic", "de", topic.title, topic.about, keywords)


def shown_topics(asked: Asked, keys: Keys) -> dict[int, Found]:
    sessions = {one.topic.pk: one for one in asked.programme.sessions} if asked.programme else {}
    slug, source = asked.conference.slug, edition_of(asked.programme)
    return {
        topic.pk: Found(
            topic.title, source if topic.pk in sessions else _("Topics"), f"/{slug}/themen/{topic.number}", topic.about,
            when_and_where(sessions[topic.pk]) if topic.pk in sessions else _("No time and room yet."),
        )
        for topic in public_topics(asked.conference).filter(pk__in=keys)
    }


def edition_of(programme: Programme | None) -> str:
    """The source of what is told about the programme."""
    if programme is None or programme.edition is None:
        return _("Programme")
    return _("Programme, edition %(number)d") % {"number": programme.edition.number}


def span_of(item: Session | Talk) -> str:
    """14:00–14:45"""
    return f"{localtime(item.starts_at):%H:%M}–{localtime(item.ends_at):%H:%M}"


def when_and_where(session: Session) -> str:
    words = {"day": date_format(localtime(session.starts_at), "j. F"), "span": span_of(session)}
    words["place"] = session.foyer or session.room.name
    said = _("%(day)s, %(span)s, %(place)s.") % words
    return f"{said} {_('This session is full.')}" if session.is_full else said


def talk_passages(conference: Conference) -> Iterable[Passage]:
    for talk in talks_of(conference):
        people = " ".join(speaker.name for speaker in talk.speakers.all())
        keywords = f"{TALK_WORDS} {talk.get_kind_display()} {people}"
        yield from in_both("talk", talk, title="title", texts=["about"], keywords=keywords)


def shown_talks(asked: Asked, keys: Keys) -> dict[int, Found]:
    rows: Iterable[Talk] = talks_of(asked.conference).filter(pk__in=keys)
    return {
        one.pk: Found(
            localised(one, "title"), _("Programme"), reverse("talk", args=[asked.conference.slug, one.pk]),
            plain(localised(one, "about")), lead_of_talk(one),
        )
        for one in rows
    }


def lead_of_talk(talk: Talk) -> str:
    people = ", ".join(speaker.name for speaker in talk.speakers.all())
    place = talk.room.name if talk.room else ""
    told = [date_format(localtime(talk.starts_at), "j. F"), span_of(talk), place, people]
    return ", ".join(part for part in told if part) + "."


def stand_passages(conference: Conference) -> Iterable[Passage]:
    for stand in stands_of(conference):
        keywords = f"{STAND_WORDS} {stand.number} {stand.organisation}"
        yield from in_both("stand", stand, title="title", texts=STAND_TEXTS, keywords=keywords)


def text_of(stand: Stand) -> str:
    return plain("\n\n".join(filter(None, (localised(stand, name) for name in STAND_TEXTS))))


def shown_stands(asked: Asked, keys: Keys) -> dict[int, Found]:
    rows: Iterable[Stand] = stands_of(asked.conference).filter(pk__in=keys)
    return {
        one.pk: Found(
            localised(one, "title"), _("Market, stand %(number)d") % {"number": one.number}, one.address,
            text_of(one), lead_of_stand(one),
        )
        for one in rows
    }


def lead_of_stand(stand: Stand) -> str:
    words = {"number": stand.number, "times": stand.present}
    if stand.present:
        return _("Stand %(number)d, somebody is here: %(times)s.") % words
    return _("Stand %(number)d.") % words


def room_passages(conference: Conference) -> Iterable[Passage]:
    for room in Room.objects.filter(conference=conference):
        yield Passage(key_of("room", room.pk), "room", "de", room.name, room.way, ROOM_WORDS)


def shown_rooms(asked: Asked, keys: Keys) -> dict[int, Found]:
    rows = Room.objects.filter(conference=asked.conference, pk__in=keys)
    address = reverse("travel", args=[asked.conference.slug])
    source = _("Website of the conference")
    return {one.pk: Found(one.name, source, address, lead=lead_of_room(one, asked)) for one in rows}


def lead_of_room(room: Room, asked: Asked) -> str:
    """The way, how many places, whether step-free, and what is on there now."""
    way = f"{room.way.rstrip('.')}. " if room.way else ""
    free = _("Step-free.") if room.is_step_free else _("Not step-free.")
    places = _("%(places)d places.") % {"places": room.places}
    sessions = asked.programme.sessions if asked.programme else ()
    now = [one for one in sessions if one.room.pk == room.pk and one.starts_at <= asked.now < one.ends_at]
    on = "".join(" " + _("Now: %(title)s.") % {"title": one.topic.title} for one in now)
    return f"{way}{places} {free}{on}"


def device_passages(conference: Conference) -> Iterable[Passage]:
    for device in devices_of(conference):
        channels = " ".join(f"{channel.name} {channel.unit}" for channel in device.channels.all())
        keywords = f"{SENSOR_WORDS} {channels} {device.place}"
        yield Passage(key_of("device", device.pk), "device", "de", device.name, device.meaning, keywords)


def shown_devices(asked: Asked, keys: Keys) -> dict[int, Found]:
    rows: Iterable[Device] = devices_of(asked.conference).filter(pk__in=keys)
    return {
        one.pk: Found(
            one.name, ", ".join(part for part in (_("Sensor"), one.owner, one.licence) if part),
            reverse("sensor", args=[asked.conference.slug, one.number]), one.meaning, lead_of_device(one, asked.now),
        )
        for one in rows
    }


def lead_of_device(device: Device, now: datetime) -> str:
    """The newest values, and since when a silent sensor has said nothing."""
    told = [
        said_of(channel, channel.value, channel.measured_at)
        for channel in device.channels.all() if channel.value is not None and channel.measured_at is not None
    ]
    last = max((channel.measured_at for channel in device.channels.all() if channel.measured_at), default=None)
    if last and now - last > timedelta(minutes=device.silent_minutes):
        moment = date_format(localtime(last), "j. F Y, H:i")
        told.append(_("No data since %(moment)s.") % {"moment": moment})
    return " ".join(told) or _("No value yet.")


def said_of(channel: Channel, value: float, measured_at: datetime) -> str:
    """Wasserstand: 93 cm, as usual (4. September, 14:05)."""
    states = {"calm": _("as usual"), "warn": _("attention"), "alarm": _("alarm")}
    return _("%(name)s: %(value)s %(unit)s, %(state)s (%(moment)s).") % {
        "name": channel.name, "value": number_format(value, channel.decimals, force_grouping=True),
        "unit": channel.unit, "state": states[state_of(value, warn=channel.warn, alarm=channel.alarm)],
        "moment": date_format(localtime(measured_at), "j. F, H:i"),
    }


EVENT: Final = (
    Kind("topic", topic_passages, shown_topics, needs_programme=True),
    Kind("talk", talk_passages, shown_talks),
    Kind("stand", stand_passages, shown_stands),
    Kind("room", room_passages, shown_rooms, needs_programme=True),
    Kind("device", device_passages, shown_devices),
)
