"""What a program with a key may change. A call that is repeated changes nothing more."""

from __future__ import annotations

import uuid
from typing import Annotated

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Header, Router
from ninja.responses import Status

from offenraum.api.access import Key, token_for
from offenraum.api.schemas import (
    LARGEST_NUMBER,
    CheckInOut,
    InterestIn,
    InterestOut,
    PlacementIn,
    PlacementOut,
    Problem,
    TopicIn,
    TopicOut,
)
from offenraum.api.views.reading import router as public
from offenraum.api.views.reading import topic_out
from offenraum.barcamp.actions.interest import show_interest
from offenraum.barcamp.actions.topics import TopicText, propose_topic
from offenraum.barcamp.models import Topic
from offenraum.conference.models import ApiToken, Room, Slot
from offenraum.conference.queries import now_of
from offenraum.kit.group_commit import durable
from offenraum.programme.actions.draft import place_topic
from offenraum.seats.actions.checkin import check_in
from offenraum.seats.models import Seat

router = Router(auth=Key(), tags=["writing"])
REFUSALS = {401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem}
Scope = ApiToken.Scope


@public.post(
    "/conferences/{slug:slug}/topics", auth=Key(), tags=["writing"], response={201: TopicOut} | REFUSALS,
    url_name="topics",
)
def bring(
    request: HttpRequest, slug: str, new: TopicIn, idempotency_key: Annotated[str, Header(max_length=200)] = ""
) -> Status[TopicOut]:
    """Bring a topic. With the same `Idempotency-Key` it is brought once, and the first answer comes again."""
    token = token_for(request, slug, Scope.TOPICS)
    conference = token.conference
    text = TopicText(
        title=new.title, about=new.about, kind=new.kind, level=new.level, format=new.format, length=new.length
    )
    topic = propose_topic(
        conference=conference, seat=None, host_name=new.host_name, text=text, key=key_of(token, idempotency_key),
        now=now_of(conference),
    )
    return Status(201, topic_out(conference, topic, 0))


def key_of(token: ApiToken, given: str) -> uuid.UUID:
    """The program's own key, apart from those of other programs; a new one where it gives none."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{token.pk}:{given}") if given else uuid.uuid4()


@router.put(
    "/conferences/{slug:slug}/topics/{int:number}/interest", response={200: InterestOut} | REFUSALS, url_name="interest"
)
def show(request: HttpRequest, slug: str, number: int, wish: InterestIn) -> InterestOut:
    """Set what a seat wants of a topic."""
    conference = token_for(request, slug, Scope.INTEREST).conference
    topic = topic_numbered(conference.pk, number)
    seat = get_object_or_404(Seat, conference=conference, number=wish.seat)
    weight = durable(
        show_interest, topic_id=topic.pk, seat_id=seat.pk, weight=wish.weight, key=uuid.uuid4(),
        now=now_of(conference),
    )
    return InterestOut(seat=wish.seat, topic=number, weight=weight)


@router.put(
    "/conferences/{slug:slug}/topics/{int:number}/placement", response={200: PlacementOut} | REFUSALS,
    url_name="placement",
)
def place(request: HttpRequest, slug: str, number: int, cell: PlacementIn) -> PlacementOut:
    """Put a topic into a slot and a room of the draft; a change that has not seen the last one is refused."""
    conference = token_for(request, slug, Scope.PLACEMENTS).conference
    topic = topic_numbered(conference.pk, number)
    slot = get_object_or_404(Slot, conference=conference, number=cell.slot)
    room = get_object_or_404(Room, conference=conference, pk=cell.room)
    placed = place_topic(topic=topic, slot=slot, room=room, seen=cell.seen)
    return PlacementOut(topic=number, slot=cell.slot, room=cell.room, version=placed.version)


@router.put(
    "/conferences/{slug:slug}/seats/{int:number}/check-in", response={200: CheckInOut} | REFUSALS, url_name="check_in"
)
def arrive(request: HttpRequest, slug: str, number: int) -> CheckInOut:
    """Check a seat in."""
    conference = token_for(request, slug, Scope.CHECK_IN).conference
    seat = get_object_or_404(Seat, conference=conference, number=min(number, LARGEST_NUMBER))
    is_new = bool(check_in(seat=seat, now=now_of(conference)))
    seat.refresh_from_db()
    return CheckInOut(seat=seat.number, is_new=is_new, checked_in_at=seat.checked_in_at or now_of(conference))


def topic_numbered(conference: int, number: int) -> Topic:
    shown = Topic.objects.filter(conference=conference, state=Topic.State.RELEASED)
    return get_object_or_404(shown, number=min(number, LARGEST_NUMBER))
