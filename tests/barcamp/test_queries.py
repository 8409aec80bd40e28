from datetime import timedelta

import pytest

from offenraum.barcamp.actions.rounds import count_hands
from offenraum.barcamp.actions.topics import hide_topic, withdraw_topic
from offenraum.barcamp.models import Topic
from offenraum.barcamp.queries import (
    Tally,
    interest_of,
    interests_of,
    pitches_of,
    public_topics,
    round_now,
    similar_topics,
    tallies,
    topic_of,
    topics_by_interest,
    topics_hosted_by,
    uncounted_interest,
    voters_since,
)
from offenraum.conference.models import Conference
from tests.builders import CLOSE, close, make_seat, open_a_round
from tests.day import NOON, make_conference, make_seats, make_topic, make_topics, vote
from tests.hostile import ASKED

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def conference() -> Conference:
    return make_conference()


def test_public_topics_leaves_out_what_is_not_for_all(conference: Conference) -> None:
    shown, hidden, withdrawn, waiting = make_topics(conference, 4)
    hide_topic(topic=hidden)
    withdraw_topic(topic=withdrawn)
    Topic.objects.filter(pk=waiting.pk).update(state=Topic.State.SUBMITTED)
    make_topic(make_conference("zwei"))
    assert list(public_topics(conference)) == [shown]


def test_topic_of_finds_by_number_within_the_conference(conference: Conference) -> None:
    mine, other = make_topic(conference), make_topic(make_conference("zwei"))
    assert (mine.number, other.number) == (1, 1)
    assert topic_of(conference=conference, number=1) == mine
    assert [topic_of(conference=conference, number=number) for number in (0, 2, 2**63, 10**40)] == [None] * 4


def test_topics_hosted_by_are_those_that_the_seat_brought(conference: Conference) -> None:
    bernd, clara = make_seats(conference, 2)
    mine = [make_topic(conference, "Eins", seat=bernd), make_topic(conference, "Zwei", seat=bernd)]
    make_topic(conference, "Drei", seat=clara)
    assert list(topics_hosted_by(seat=bernd)) == mine


def test_interests_of_a_seat_leaves_out_what_it_took_back(conference: Conference) -> None:
    one, two, three = make_topics(conference, 3)
    bernd, clara = make_seats(conference, 2)
    vote(one, [bernd, clara])
    vote(two, [bernd], weight=2)
    vote(three, [bernd], weight=0)
    assert interests_of(seat=bernd) == {one.pk: 1, two.pk: 2}
    found = interest_of(seat_id=bernd.pk, topic_id=three.pk)
    assert found is not None
    assert found.weight == 0
    assert interest_of(seat_id=clara.pk, topic_id=three.pk) is None


def test_round_now_is_the_running_one_else_the_next_else_the_last(conference: Conference) -> None:
    assert round_now(conference) is None
    make_topics(conference, 1)
    first = open_a_round(conference)
    assert round_now(conference) == first
    close(first)
    assert round_now(conference) == first
    second = open_a_round(conference, now=CLOSE)
    assert round_now(conference) == second
    make_topic(make_conference("zwei"))
    assert round_now(conference) == second


def test_pitches_of_leaves_out_hidden_topics(conference: Conference) -> None:
    one, two = make_topics(conference, 2)
    round_ = open_a_round(conference)
    hide_topic(topic=one)
    assert [pitch.topic for pitch in pitches_of(round_)] == [two]


def test_tallies_adds_hands_and_leaves_out_phones_that_voted_after_the_count(conference: Conference) -> None:
    topic, quiet = make_topics(conference, 2)
    seats = make_seats(conference, 5)
    round_ = open_a_round(conference)
    vote(topic, seats[:2])
    for counted in (topic, quiet):
        count_hands(
            round_=round_, topic=counted, count=4, is_estimate=counted == quiet, counted_by="Ayse", now=NOON + SECOND
        )
    vote(topic, seats[2:], now=NOON + 2 * SECOND)
    assert tallies(conference) == {
        topic.pk: Tally(topic=topic.pk, named=5, strong=0, hands=4, is_estimate=False, total=6),
        quiet.pk: Tally(topic=quiet.pk, named=0, strong=0, hands=4, is_estimate=True, total=4),
    }


def test_tallies_keep_conferences_apart(conference: Conference) -> None:
    other = make_conference("zwei")
    vote(make_topic(other), make_seats(other, 3))
    assert tallies(conference) == {}


def test_topics_by_interest_puts_the_most_wanted_first_and_then_goes_by_number(conference: Conference) -> None:
    one, two, three = make_topics(conference, 3)
    vote(three, make_seats(conference, 2))
    ranked = topics_by_interest(conference, [two, three, one])
    assert [(topic.pk, tally.total if tally else None) for topic, tally in ranked] == [
        (three.pk, 2), (one.pk, None), (two.pk, None),
    ]


def test_voters_since_counts_seats_not_votes(conference: Conference) -> None:
    one, two = make_topics(conference, 2)
    bernd, clara = make_seats(conference, 2)
    vote(one, [bernd, clara])
    for topic in (one, two):
        vote(topic, [bernd], now=NOON + 5 * SECOND)
    assert [voters_since(conference, NOON), voters_since(conference, NOON + SECOND)] == [2, 1]


def test_uncounted_interest_is_what_absent_seats_chose(conference: Conference) -> None:
    topic = make_topic(conference)
    here, absent = make_seat(conference), make_seat(conference, "Clara", checked_in=False)
    vote(topic, [here.seat, absent.seat])
    assert uncounted_interest(conference=conference) == 1


def test_similar_topics_finds_the_same_matter_in_other_words(conference: Conference) -> None:
    near = make_topic(conference, "Offene Haushalte, die jemand versteht")
    make_topic(conference, "LoRaWAN für Gießkannen")
    assert similar_topics(conference, title="Offener Haushalt") == [near]
    assert similar_topics(conference, title="Wahlhelfer finden") == []


@pytest.mark.postgres
@pytest.mark.parametrize("name", ASKED)
def test_similar_topics_takes_any_text(conference: Conference, name: str) -> None:
    make_topic(conference, "Offene Haushalte")
    assert similar_topics(conference, title=ASKED[name][:80]) == []
