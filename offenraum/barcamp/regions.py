"""Parts of pages about topics that stay current: the list, the current pitch."""

from __future__ import annotations

from dataclasses import dataclass

from django.template.loader import render_to_string

from offenraum.barcamp.models import Pitch, Round, Topic
from offenraum.barcamp.queries import pitches_of, public_topics, round_now, tallies
from offenraum.barcamp.rules import SHUFFLES, may_show, shuffled
from offenraum.conference.models import Conference
from offenraum.live.regions import Region, RegionRequest


@dataclass(frozen=True, slots=True)
class Card:
    """A topic on the list; the count stays None until its round is closed."""

    topic: Topic
    is_open: bool
    count: int | None


def topics(request: RegionRequest) -> str:
    """All topics: shuffled while the vote is open, then by interest."""
    conference = Conference.objects.get(slug=request.scope)
    cards = cards_of(conference, request.variant)
    return render_to_string("barcamp/regions/topics.html", {"conference": conference, "cards": cards})


def cards_of(conference: Conference, variant: int) -> list[Card]:
    known = {topic.pk: topic for topic in public_topics(conference)}
    closed = {key for key, topic in known.items() if topic.round and topic.round.is_closed}
    totals = {key: tally.total for key, tally in tallies(conference).items()} if closed else {}
    cards = [card_of(known[key], totals) for key in shuffled(list(known), variant)]
    return sorted(cards, key=lambda card: -1 if card.count is None else -card.count) if closed else cards


def card_of(topic: Topic, totals: dict[int, int]) -> Card:
    state = topic.round.state if topic.round else None
    is_open = may_show(topic_state=topic.state, round_state=state) is None
    return Card(topic=topic, is_open=is_open, count=None if is_open else totals.get(topic.pk, 0))


def pitch(request: RegionRequest) -> str:
    """What is on stage now, or what the round waits for."""
    conference = Conference.objects.get(slug=request.scope)
    round_ = round_now(conference)
    context = {"conference": conference, "round": round_} | (stage_of(round_) if round_ else {})
    return render_to_string("barcamp/regions/pitch.html", context)


def stage_of(round_: Round) -> dict[str, object]:
    queue = list(pitches_of(round_))
    current = next((p for p in queue if p.pk == round_.current_id), None)
    held = [p for p in queue if p.state in {Pitch.State.DONE, Pitch.State.SPEAKING}]
    return {"pitch": current, "position": len(held), "count": len(queue)}


REGIONS = [
    Region("topics", ("board", "round"), "public", topics, variants=SHUFFLES),
    Region("pitch", ("round", "board"), "public", pitch),
]
