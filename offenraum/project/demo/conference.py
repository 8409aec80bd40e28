"""Writes the demonstration's conference: its day, grid, fixed programme and clock."""

from __future__ import annotations

from datetime import datetime

from offenraum.conference.models import Conference, Day, Room, RoomClosure, Slot, Speaker, Talk
from offenraum.project.demo import day
from offenraum.project.demo.website import create_website


def create_conference(*, shows_at: datetime, speed: float, now: datetime) -> Conference:
    """The conference of the demonstration, whose clock shows `shows_at` at the real instant `now`."""
    conference = Conference.objects.create(
        slug=day.SLUG, title=day.TITLE, title_en=day.TITLE_EN, short_title=day.SHORT_TITLE, about=day.ABOUT,
        about_en=day.ABOUT_EN, venue=day.VENUE, street=day.STREET, city=day.CITY, hosted_by=day.HOSTED_BY,
        grid_note=day.GRID_NOTE, time_zone=str(day.ZONE), seat_mode=Conference.SeatMode.OPEN, pitch_seconds=30,
        vote_seconds=10, clock_started_at=now, clock_shows_at=shows_at, clock_speed=speed,
    )
    slots = create_slots(conference)
    rooms = create_rooms(conference, slots)
    create_talks(conference, hall=rooms[day.HALL])
    create_website(conference)
    return conference


def create_slots(conference: Conference) -> dict[int, Slot]:
    date = Day.objects.create(conference=conference, date=day.DATE)
    made: dict[int, Slot] = {}
    for slot in day.SLOTS:
        made[slot.number] = Slot.objects.create(
            conference=conference, day=date, number=slot.number, starts_at=slot.starts_at, minutes=slot.minutes,
            follows=made[slot.follows] if slot.follows else None,
        )
    return made


def create_rooms(conference: Conference, slots: dict[int, Slot]) -> dict[str, Room]:
    made: dict[str, Room] = {}
    for position, room in enumerate(day.ROOMS, 1):
        made[room.name] = Room.objects.create(
            conference=conference, name=room.name, position=position, places=room.places, way=room.way,
            is_step_free=room.is_step_free, equipment=list(room.equipment),
        )
        for number in room.closed_in:
            RoomClosure.objects.create(room=made[room.name], slot=slots[number])
    return made


def create_talks(conference: Conference, *, hall: Room) -> None:
    names = [name for item in day.FIXED for name in item.speakers]
    speakers = {
        name: Speaker.objects.create(conference=conference, name=name, position=day.POSITIONS.get(name, ""))
        for name in names
    }
    for item in day.FIXED:
        talk = Talk.objects.create(
            conference=conference, kind=item.kind, title=item.title, title_en=item.title_en, starts_at=item.starts_at,
            minutes=item.minutes, room=hall if item.is_in_the_hall else None,
        )
        talk.speakers.set([speakers[name] for name in item.speakers])
