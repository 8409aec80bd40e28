"""The running day in a rehearsal: a host withdraws, a room is lost, a session overruns; who moved is counted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from asgiref.sync import sync_to_async

from offenraum.conference.models import Conference
from offenraum.conference.queries import now_of
from offenraum.programme.models import Edition
from offenraum.programme.queries.scene import Scene, scene_of
from offenraum.programme.rules import Place
from offenraum.programme.rules.day import moved_count

Step = Callable[[str, str], Awaitable[object]]
Places = dict[int, Place]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayReport:
    """What the day moved: sessions beside the one concerned, those of the lost room, running ones (none may)."""

    moves_host_withdrawn: int = 0
    moves_room_lost: int = 0
    running_sessions_moved: int = 0
    editions: int = 0


async def hold_day(conference: Conference, step: Step) -> DayReport:
    """Let things happen as people tap them at the desk; when no session is to come, nothing can happen."""
    withdrawn = await happen(conference, step, host_to_withdraw)
    lost = await happen(conference, step, room_to_lose)
    await overrun(conference, step)
    return DayReport(
        moves_host_withdrawn=withdrawn[0], moves_room_lost=lost[0], running_sessions_moved=withdrawn[1] + lost[1],
        editions=await Edition.objects.filter(conference=conference).acount(),
    )


async def happen(
    conference: Conference, step: Step, choose: Callable[[Scene], dict[str, object] | None]
) -> tuple[int, int]:
    """Accept one change of the day; how many sessions moved, and how many of these were running."""
    before = await sync_to_async(look)(conference)
    question = choose(before)
    if question is None:
        return 0, 0
    await step(f"heute/aenderung?{urlencode(question)}", "/heute/annehmen")
    after = (await sync_to_async(look)(conference)).places
    running = {topic: place for topic, place in before.places.items() if has_begun(before, place)}
    return moved_count(before.places, after), moved_count(running, after)


def look(conference: Conference) -> Scene:
    return scene_of(conference, now=now_of(conference))


def has_begun(scene: Scene, place: Place) -> bool:
    begins: datetime = scene.slot(place.slot).starts_at
    return begins <= scene.now


def coming(scene: Scene) -> Places:
    return {topic: place for topic, place in sorted(scene.places.items()) if not has_begun(scene, place)}


def host_to_withdraw(scene: Scene) -> dict[str, object] | None:
    """The first session that is to come."""
    topic = next(iter(coming(scene)), None)
    return {"kind": "withdraw", "topic": topic} if topic else None


def room_to_lose(scene: Scene) -> dict[str, object] | None:
    """The room with the most sessions to come, from the first open slot on."""
    rooms = [place.room for place in coming(scene).values()]
    if not rooms:
        return None
    fullest = max(sorted(set(rooms)), key=rooms.count)
    return {"kind": "room", "room": fullest, "slot": scene.open_slots[0].pk}


async def overrun(conference: Conference, step: Step) -> None:
    """A session goes on in the foyer."""
    scene = await sync_to_async(look)(conference)
    topic = next(iter(scene.places), None)
    if topic is not None:
        number = scene.topic(topic).number
        await step(f"heute/{number}", f"/heute/{number}/foyer")
