"""Puts a hall with votes into an installation; `python -m bench.desk_stage SEATS TOPICS` prints what the desk needs."""

from __future__ import annotations

import json
import random
import sys
import uuid

from tests.faults.stage import moderator  # sets Django up first

# isort: split
from django.db import transaction

from offenraum.barcamp.models import Interest, Topic
from offenraum.conference.models import Conference
from offenraum.conference.queries import grid_of
from offenraum.seats.models import Seat
from tests.builders import open_a_round
from tests.day import NOON, make_conference, make_seats, make_topics, set_clock

SLOTS, ROOMS = 5, (120, 45, 36, 30, 24, 18)
WISHES = 8


@transaction.atomic
def main(seats: int, topics: int) -> None:
    conference = set_clock(make_conference("kogk18", slots=SLOTS, rooms=ROOMS), NOON)
    made = make_topics(conference, topics)
    Topic.objects.filter(pk__in=[topic.pk for topic in made]).update(state=Topic.State.RELEASED)
    open_a_round(conference, pitches=1)
    vote_at_random(conference, make_seats(conference, seats), made)
    doors = [room.pk for room in grid_of(conference).rooms]
    json.dump({"moderator": moderator(conference), "doors": doors}, sys.stdout)


def vote_at_random(conference: Conference, seats: list[Seat], topics: list[Topic]) -> None:
    """Some topics are far more wanted than others, as in every hall."""
    chance = random.Random(len(topics))
    popular = [1 / (place + 3) for place in range(len(topics))]
    Interest.objects.bulk_create(
        Interest(seat=seat, topic=topic, weight=1, key=uuid.uuid4(), shown_at=NOON, changed_at=NOON)
        for seat in seats for topic in {*chance.choices(topics, popular, k=WISHES)}
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
