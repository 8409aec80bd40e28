"""No figure that comes from counting votes reaches a screen outside the desk before the close."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from offenraum.barcamp.actions import rounds
from offenraum.barcamp.models import Round, Topic
from offenraum.barcamp.queries import tallies
from offenraum.conference.models import Conference, Room
from offenraum.live.regions import region_html
from offenraum.live.wire import Key
from offenraum.seats.models import Seat
from tests.builders import CLOSE, close, make_seat, open_a_round, public_keys, sign_in
from tests.day import NOON, fresh, make_conference, make_seats, make_topics, set_clock, vote

pytestmark = pytest.mark.django_db
CHANGING = [
    re.compile(pattern)
    for pattern in (
        r'name="csrfmiddlewaretoken" value="[^"]+"', r'name="key" value="[^"]+"', r'"csrf": "[^"]+"',
        r'data-now="\d+"', r'data-version="[^"]+"', r"since=[\w.-]+", r"token=[\w.-]+",
    )
]
PAGES = ["/", "/jetzt", "/themen", "/themen/1", "/themen/4", "/themen/aehnlich?q=Thema+4", "/programm", "/mein-plan",
         "/programm/gruende", "/platz", "/platz/stand.json", "/leinwand/1", "/session/1",
         "/ergebnisse", "/daten/ergebnisse.json", "/daten/stimmen.csv"]


class Phone:
    """Everything that one screen can ask for."""

    def __init__(self, conference: Conference, client: Client) -> None:
        self.conference, self.client = conference, client
        door = Room.objects.filter(conference=conference).first()
        self.addresses = [f"/kogk18{page}" for page in PAGES] + [f"/kogk18/tuer/{door.pk}"]

    def sees(self) -> dict[str, str]:
        return {address: constant(self.client.get(address).content.decode()) for address in self.addresses}


def constant(page: str) -> str:
    """The page without tokens, keys and the server's clock, which differ on every request."""
    for pattern in CHANGING:
        page = pattern.sub("", page)
    return page


@pytest.fixture
def conference() -> Conference:
    return set_clock(make_conference(), NOON)


@pytest.fixture
def topics(conference: Conference) -> list[Topic]:
    return make_topics(conference, 5)


def regions(conference: Conference) -> dict[Key, bytes]:
    return {key: region_html(key).html for key in public_keys(conference)}


def phones(conference: Conference) -> list[Phone]:
    return [Phone(conference, Client()), Phone(conference, sign_in(make_seat(conference, "Dirk")))]


def voters(conference: Conference) -> list[Seat]:
    return make_seats(conference, 8)


def many_vote(topics: list[Topic], seats: list[Seat], round_: Round | None = None) -> None:
    """Very different figures for the topics, on phones and by hands."""
    for topic, count in zip(topics, (8, 0, 3, 7, 1), strict=True):
        vote(topic, seats[:count], weight=2 if count % 2 else 1)
    if round_:
        rounds.count_hands(
            round_=round_, topic=topics[3], count=90, is_estimate=False, counted_by="Ayse", now=NOON
        )


def stages(conference: Conference, name: str) -> Round | None:
    if name == "before":
        return None
    round_ = open_a_round(conference, pitches=2 if name != "opened" else 0)
    if name == "last call":
        rounds.last_call(round_=round_, version=round_.version, minutes=5, now=NOON)
    return fresh(round_)


@pytest.mark.sample(2)
@pytest.mark.parametrize("name", ["before", "opened", "pitching", "last call"])
def test_votes_change_nothing_on_any_public_screen_before_the_close(
    conference: Conference, topics: list[Topic], name: str
) -> None:
    screens, seats = phones(conference), voters(conference)
    round_ = stages(conference, name)
    seen, shown = [phone.sees() for phone in screens], regions(conference)
    many_vote(topics, seats, round_)
    assert len({tally.total for tally in tallies(conference).values()}) >= 3
    assert regions(conference) == shown
    assert [phone.sees() for phone in screens] == seen


def test_pitch_that_ends_changes_the_wall_by_its_band_only(conference: Conference, topics: list[Topic]) -> None:
    screens, seats = phones(conference), voters(conference)
    round_ = open_a_round(conference, pitches=1)
    by_topic = {topic.pk: topic for topic in topics}
    vote(by_topic[round_.current.topic_id], seats)
    rounds.next_pitch(round_=round_, version=round_.version, now=NOON + timedelta(seconds=45))
    large = [regions(conference), *(phone.sees() for phone in screens)]
    round_.pitches.filter(state="done").update(band="small")
    small = [regions(conference), *(phone.sees() for phone in screens)]
    assert changed(large, small) == {"wall", "/kogk18/leinwand/1"}
    wall = next(html.decode() for key, html in large[0].items() if key.name == "wall")
    assert "Große Runde" in wall
    assert not re.search(r"\b8\b", re.sub(r"<[^>]+>", " ", wall))


def changed(one: list[dict[object, object]], other: list[dict[object, object]]) -> set[object]:
    return {
        getattr(key, "name", key)
        for before, after in zip(one, other, strict=True)
        for key in before
        if before[key] != after[key]
    }


def test_figures_are_shown_after_the_close(conference: Conference, topics: list[Topic]) -> None:
    (phone, _seated), seats = phones(conference), voters(conference)
    round_ = open_a_round(conference, pitches=2)
    seen, shown = phone.sees(), regions(conference)
    many_vote(topics, seats)
    close(round_, now=CLOSE)
    after = phone.sees()
    assert {key.name for key, html in regions(conference).items() if html != shown[key]} >= {"topics", "place"}
    assert {address for address in seen if seen[address] != after[address]} >= {"/kogk18/themen", "/kogk18/themen/1"}
