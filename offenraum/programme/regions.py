"""Parts of pages about the programme that stay current."""

from __future__ import annotations

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from offenraum.barcamp.models import Pitch, Round, Topic
from offenraum.barcamp.queries import Tally, pitches_of, public_topics, round_now, tallies, topic_of
from offenraum.barcamp.rules import SHUFFLES, may_show, shuffled
from offenraum.conference.models import Conference
from offenraum.conference.queries import now_of
from offenraum.live.regions import Region, RegionError, RegionRequest
from offenraum.programme.queries.beside import beside_plan, with_room
from offenraum.programme.queries.published import Session, latest_edition, newest_of, places_of, programme_of, resolved
from offenraum.programme.queries.reasons import may_tell
from offenraum.programme.queries.timetable import Row, timetable_of
from offenraum.programme.queries.why import whole_of, why_of


def programme(request: RegionRequest) -> str:
    """The whole day: fixed items and sessions in one, by time."""
    conference, newest = newest_of(request.scope)
    shown = resolved(conference, edition=newest, places=places_of(newest))
    rows = timetable_of(shown, now=now_of(conference))
    with timezone.override(conference.zone):
        context = {"conference": conference, "programme": shown, "beside": beside_plan(conference)} | folded(rows)
        return render_to_string("programme/regions/programme.html", context)


def folded(rows: list[Row]) -> dict[str, list[Row]]:
    """While the day runs, what is over is folded away; before and after it, all rows stand open."""
    earlier = [row for row in rows if row.is_over]
    if len(earlier) == len(rows):
        return {"earlier": [], "rows": rows}
    return {"earlier": earlier, "rows": [row for row in rows if not row.is_over]}


def place(request: RegionRequest) -> str:
    """Where and when one topic takes place; `argument` is its number."""
    conference = Conference.objects.get(slug=request.scope)
    topic = topic_of(conference=conference, number=request.argument_number)
    if topic is None:
        raise RegionError(request.argument)
    programme = programme_of(conference)
    session = next((s for s in programme.sessions if s.topic.pk == topic.pk), None)
    others = with_room(programme, session, conference) if session and session.is_full else []
    context = {
        "conference": conference, "topic": topic, "session": session, "edition": programme.edition, "others": others,
    }
    with timezone.override(conference.zone):
        return render_to_string("programme/regions/place.html", context | interest_in(topic))


def interest_in(topic: Topic) -> dict[str, object]:
    """Whether one may vote for it, and after the close how many want it."""
    is_open = may_show(topic_state=topic.state, round_state=topic.round.state if topic.round else None) is None
    tally = None if is_open else tallies(topic.conference).get(topic.pk)
    return {
        "is_open": is_open, "count": None if is_open else (tally.total if tally else 0),
        "is_rough": tally is not None and tally.is_rough,
    }


def edition(request: RegionRequest) -> str:
    """Number and time of the edition that everybody sees."""
    conference = Conference.objects.get(slug=request.scope)
    with timezone.override(conference.zone):
        context = {"conference": conference, "edition": latest_edition(conference)}
        return render_to_string("programme/regions/edition.html", context)


@dataclass(frozen=True, slots=True)
class Card:
    """A topic on the list; the count stays None until its round is closed, the session until it is in the programme."""

    topic: Topic
    is_open: bool
    count: int | None
    is_rough: bool
    session: Session | None


@dataclass(frozen=True, slots=True)
class Cards:
    """The list of topics before it is put in an order: each card as HTML, by topic."""

    conference: Conference
    is_last_call: bool
    cards: dict[int, Card]
    html: dict[int, SafeString]


def prepare_topics(request: RegionRequest) -> Cards:
    """The cards are the same in every order, so they are rendered once."""
    conference = Conference.objects.get(slug=request.scope)
    round_, cards = round_now(conference), cards_of(conference)
    with timezone.override(conference.zone):
        html = {
            key: render_to_string("programme/regions/topic-card.html", {"conference": conference, "card": card})
            for key, card in cards.items()
        }
    return Cards(conference, round_ is not None and round_.state == Round.State.LAST_CALL, cards, html)


def topics(request: RegionRequest) -> str:
    """All topics: shuffled while the vote is open, then by interest."""
    common: Cards = request.prepared
    context = {
        "conference": common.conference, "is_last_call": common.is_last_call,
        "cards": [common.html[key] for key in ordered(common.cards, request.variant)],
    }
    return render_to_string("programme/regions/topics.html", context)


def ordered(cards: dict[int, Card], variant: int) -> list[int]:
    return sorted(
        shuffled(list(cards), variant), key=lambda key: (cards[key].count is not None, -(cards[key].count or 0))
    )


def cards_of(conference: Conference) -> dict[int, Card]:
    known = {topic.pk: topic for topic in public_topics(conference)}
    closed = {key for key, topic in known.items() if topic.round and topic.round.is_closed}
    known_tallies = tallies(conference) if closed else {}
    sessions = {session.topic.pk: session for session in programme_of(conference).sessions}
    return {key: card_of(topic, known_tallies.get(key), sessions.get(key)) for key, topic in known.items()}


def card_of(topic: Topic, tally: Tally | None, session: Session | None) -> Card:
    state = topic.round.state if topic.round else None
    is_open = may_show(topic_state=topic.state, round_state=state) is None
    return Card(
        topic=topic, is_open=is_open, session=session, count=None if is_open else (tally.total if tally else 0),
        is_rough=tally is not None and tally.is_rough,
    )


def pitch(request: RegionRequest) -> str:
    """What is on stage now, or what the round waits for."""
    conference = Conference.objects.get(slug=request.scope)
    round_ = round_now(conference)
    context: dict[str, object] = {"conference": conference, "round": round_, "edition": latest_edition(conference)}
    context |= stage_of(round_) if round_ else {}
    return render_to_string("programme/regions/pitch.html", context)


def stage_of(round_: Round) -> dict[str, object]:
    queue = list(pitches_of(round_))
    current = next((p for p in queue if p.pk == round_.current_id), None)
    held = [p for p in queue if p.state in {Pitch.State.DONE, Pitch.State.SPEAKING}]
    return {"pitch": current, "position": len(held), "count": len(queue)}


def why(request: RegionRequest) -> str:
    """Why one topic is where it is, or not in the programme; `argument` is its number."""
    conference = Conference.objects.get(slug=request.scope)
    topic = topic_of(conference=conference, number=request.argument_number)
    if topic is None:
        raise RegionError(request.argument)
    with timezone.override(conference.zone):
        found = why_of(conference, topic, is_public=True)
        return render_to_string("programme/regions/why.html", {"conference": conference, "why": found})


def reasons(request: RegionRequest) -> str:
    """The reasons of the whole plan."""
    conference = Conference.objects.get(slug=request.scope)
    with timezone.override(conference.zone):
        context = {
            "conference": conference, "whole": whole_of(conference, is_public=True),
            "edition": latest_edition(conference), "is_open": not may_tell(conference),
        }
        return render_to_string("programme/regions/reasons.html", context)


REGIONS = [
    Region("why", ("reasons", "programme", "round", "board"), "public", why),
    Region("reasons", ("reasons", "programme", "round", "board"), "public", reasons),
    Region(
        "topics", ("board", "round", "programme"), "public", topics, variants=SHUFFLES, prepare=prepare_topics,
    ),
    Region("pitch", ("round", "board", "programme"), "public", pitch),
    Region("programme", ("programme", "clock"), "public", programme),
    Region("place", ("programme", "round", "board"), "public", place),
    Region("edition", ("programme",), "public", edition),
]
