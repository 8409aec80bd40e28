"""Barcamps to measure on: clustered tastes, few very popular topics, many people with few wishes."""

from __future__ import annotations

import argparse
import json
import math
import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path


@dataclass(frozen=True)
class Size:
    people: int
    topics: int
    slots: int
    rooms: int
    themes: int


SIZES = {
    "small": Size(people=220, topics=40, slots=5, rooms=6, themes=6),
    "medium": Size(people=1_000, topics=120, slots=8, rooms=12, themes=10),
    "large": Size(people=10_000, topics=400, slots=12, rooms=25, themes=20),
}


def generate(size: Size, seed: int) -> dict[str, object]:
    """A problem: Zipf 0.8 popularity, 1 to 3 themes each, 6 % without wishes, 10 % doubles, 12 % hosts partly away."""
    chance = random.Random(f"{size}:{seed}")
    themes = [chance.randrange(size.themes) for _ in range(size.topics)]
    ranks = list(range(1, size.topics + 1))
    chance.shuffle(ranks)
    popularity = [rank**-0.8 for rank in ranks]
    slots = [f"s{number}" for number in range(size.slots)]
    return {
        "slots": _slots(slots),
        "rooms": _rooms(size, chance),
        "topics": [_topic(number, chance) for number in range(size.topics)],
        "hosts": [_host(number, slots, size, chance) for number in range(size.topics)],
        "people": [_person(number, themes, popularity, size, chance) for number in range(size.people)],
        "apart": [],
        "current": None,
        "now": None,
    }


def _slots(ids: list[str]) -> list[dict[str, object]]:
    """Slots of 45 minutes in blocks of at most three; only inside a block does one follow the other."""
    begin = datetime(2018, 9, 4, 9, 30, tzinfo=UTC)
    slots: list[dict[str, object]] = []
    for place, id_ in enumerate(ids):
        start = begin + timedelta(minutes=45 * place + 30 * (place // 3))
        slots.append(
            {"id": id_, "start": start.isoformat(), "minutes": 45, "follows": ids[place - 1] if place % 3 else None}
        )
    return slots


def _rooms(size: Size, chance: random.Random) -> list[dict[str, object]]:
    """Rooms that hold everybody once with a quarter to spare; the largest is about six times the smallest."""
    weights = [math.exp(1.8 * place / max(1, size.rooms - 1)) for place in range(size.rooms)]
    places = [max(8, round(1.25 * size.people * weight / sum(weights))) for weight in weights]
    return [
        {
            "id": f"r{number}",
            "places": places[number],
            "features": ["beamer"] if chance.random() < 0.8 else [],
            "closed": [],
        }
        for number in range(size.rooms)
    ]


def _topic(number: int, chance: random.Random) -> dict[str, object]:
    return {
        "id": f"t{number}",
        "hosts": [f"h{number}"],
        "length": 2 if chance.random() < 0.1 else 1,
        "features": ["beamer"] if chance.random() < 0.3 else [],
        "pin": None,
        "hands": 0,
    }


def _host(number: int, slots: list[str], size: Size, chance: random.Random) -> dict[str, object]:
    away = chance.sample(slots, max(1, len(slots) // 3)) if chance.random() < 0.12 else []
    return {"id": f"h{number}", "away": sorted(away), "person": f"p{number}" if number < size.people else None}


def _person(
    number: int, themes: list[int], popularity: list[float], size: Size, chance: random.Random
) -> dict[str, object]:
    wishes: dict[str, int] = {}
    if chance.random() >= 0.06:
        liked = set(chance.sample(range(size.themes), chance.randint(1, 3)))
        weights = [
            popular * (6.0 if theme in liked else 1.0) for theme, popular in zip(themes, popularity, strict=True)
        ]
        count = min(len(themes), 1 + _negative_binomial(chance, shape=3, mean=7.0))
        keys = sorted(range(len(themes)), key=lambda t: -math.log(1.0 - chance.random()) / weights[t])
        wishes = {f"t{t}": chance.choices((1, 2, 3), (3, 4, 3))[0] for t in keys[:count]}
    return {"id": f"p{number}", "wishes": wishes, "needs": []}


def _negative_binomial(chance: random.Random, *, shape: int, mean: float) -> int:
    """Failures before `shape` successes, as a sum of geometric draws."""
    stay = mean / (mean + shape)
    return sum(int(math.log(1.0 - chance.random()) / math.log(stay)) for _ in range(shape))


def main() -> None:
    arguments = argparse.ArgumentParser(description=generate.__doc__)
    arguments.add_argument("size", choices=SIZES)
    arguments.add_argument("out", type=Path)
    arguments.add_argument("--seed", type=int, default=1)
    chosen = arguments.parse_args()
    chosen.out.write_text(json.dumps(generate(SIZES[chosen.size], chosen.seed)))


if __name__ == "__main__":
    main()
