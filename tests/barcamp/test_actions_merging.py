"""Topics that become one and two again: voters once, all hosts, everything back as it was."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from offenraum.barcamp.actions import merging, rounds
from offenraum.barcamp.actions.interest import NotTaken, show_interest
from offenraum.barcamp.actions.merging import (
    CannotMerge,
    Settled,
    answer_offer,
    merge_topics,
    offer_merge,
    undo_merge,
)
from offenraum.barcamp.actions.topics import hide_topic, withdraw_topic
from offenraum.barcamp.models import Interest, Merge, Pitch, Topic, TopicHost
from offenraum.barcamp.queries import interests_of, pitches_of, public_topics, tallies, wishes_of
from offenraum.barcamp.queries.recount import recount
from offenraum.conference.models import Conference
from offenraum.seats.models import Seat
from tests.barcamp.paper import type_in
from tests.barcamp.test_actions_ballots import at_once
from tests.builders import close, make_seat, new_key, open_a_round
from tests.day import NOON, fresh, make_conference, make_seats, make_topic, make_topics, vote

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def conference() -> Conference:
    return make_conference()


@pytest.fixture
def bernd(conference: Conference) -> Seat:
    return make_seat(conference, "Bernd").seat


@pytest.fixture
def clara(conference: Conference) -> Seat:
    return make_seat(conference, "Clara").seat


@pytest.fixture
def pair(conference: Conference, bernd: Seat, clara: Seat) -> list[Topic]:
    return [make_topic(conference, "Offene Daten", seat=bernd, host="Bernd"),
            make_topic(conference, "Daten öffnen", seat=clara, host="Clara")]


def merge(topic: Topic, into: Topic) -> Merge:
    return merge_topics(topic=topic, into=into, done_by="Ayse", now=NOON)


def undo(merge_: Merge) -> None:
    undo_merge(merge=Merge.objects.get(pk=merge_.pk), undone_by="Ayse", now=NOON)


def hosts_of(topic: Topic) -> list[str]:
    return list(TopicHost.objects.filter(topic=topic).values_list("name", flat=True))


def named(conference: Conference) -> dict[int, int]:
    assert tallies(conference) == recount(conference)
    return {topic: tally.named for topic, tally in tallies(conference).items()}


def everything() -> dict[str, list[tuple[object, ...]]]:
    """All that a merge could touch, without its own log and without versions."""
    return {
        "topics": list(Topic.objects.values_list("pk", "state", "head", "round").order_by("pk")),
        "hosts": list(TopicHost.objects.values_list("topic", "seat", "name", "joined_from").order_by("topic", "name")),
        "votes": list(Interest.objects.values_list("topic", "seat", "weight", "key", "shown_at").order_by("pk")),
        "queue": list(Pitch.objects.values_list("topic", "position", "state").order_by("pk")),
    }


def test_merge_unites_voters_once_and_makes_both_hosts(conference: Conference, pair: list[Topic]) -> None:
    one, two = pair
    seats = make_seats(conference, 5)
    vote(one, seats[:3])
    vote(two, seats[2:], weight=2)
    merge(two, one)
    assert named(conference) == {one.pk: 5}
    assert tallies(conference)[one.pk].strong == 3
    assert hosts_of(one) == ["Bernd", "Clara"]
    assert [topic.title for topic in public_topics(conference)] == ["Offene Daten"]


def test_undo_gives_everything_back_exactly(conference: Conference, pair: list[Topic]) -> None:
    one, two = pair
    seats = make_seats(conference, 5)
    going = open_a_round(conference)
    vote(one, seats[:3])
    vote(two, seats[2:], weight=2)
    type_in(going, f"{seats[0].number}: 2")
    before, counted = everything(), tallies(conference)
    made = merge(two, one)
    assert everything() != before
    undo(made)
    assert (everything(), tallies(conference)) == (before, counted)


def test_undo_in_any_order_takes_only_its_own_merge_back(conference: Conference) -> None:
    topics = make_topics(conference, 4)
    seats = make_seats(conference, 4)
    for topic, seat in zip(topics, seats, strict=True):
        vote(topic, [seat])
    before, counted = everything(), tallies(conference)
    one, two, three, four = topics
    inner, outer, side = merge(two, one), merge(one, three), merge(four, three)
    assert named(conference) == {three.pk: 4}
    assert hosts_of(three) == ["Gast von Thema 3", "Gast von Thema 1", "Gast von Thema 2", "Gast von Thema 4"]
    undo(inner)
    assert named(conference) == {three.pk: 3, two.pk: 1}
    again = merge(two, one_of(conference, three))
    undo(outer)
    assert named(conference) == {three.pk: 3, one.pk: 1}
    undo(side)
    undo(again)
    assert (everything(), tallies(conference)) == (before, counted)


def one_of(conference: Conference, topic: Topic) -> Topic:
    return Topic.objects.select_related("conference").get(conference=conference, pk=topic.pk)


def test_host_of_both_is_listed_once(conference: Conference, bernd: Seat) -> None:
    one = make_topic(conference, "Eins", seat=bernd, host="Bernd")
    two = make_topic(conference, "Zwei", seat=bernd, host="B. Beispiel")
    merge(two, one)
    assert hosts_of(one) == ["Bernd"]


def test_merged_topic_leaves_the_queue_and_comes_back_to_its_place(conference: Conference) -> None:
    topics = make_topics(conference, 3)
    going = open_a_round(conference)
    before = [pitch.topic_id for pitch in pitches_of(going)]
    made = merge(topics[1], topics[0])
    assert [pitch.topic_id for pitch in pitches_of(going)] == [one for one in before if one != topics[1].pk]
    undo(made)
    assert [pitch.topic_id for pitch in pitches_of(going)] == before


def test_merge_of_what_is_on_stage_empties_the_stage(conference: Conference) -> None:
    make_topics(conference, 2)
    going = open_a_round(conference, pitches=1)
    spoken = going.current.topic
    merge(spoken, Topic.objects.exclude(pk=spoken.pk).get())
    assert fresh(going).current is None


@pytest.mark.parametrize("gone", [withdraw_topic, hide_topic])
@pytest.mark.parametrize("side", [0, 1])
def test_merge_with_a_topic_that_is_gone_is_refused_and_names_it(
    conference: Conference, pair: list[Topic], gone: object, side: int
) -> None:
    gone(topic=pair[side])
    before = everything()
    with pytest.raises(CannotMerge) as refused:
        merge(*pair)
    assert f"„{pair[side].title}“" in str(refused.value.message)
    assert everything() == before
    assert not Merge.objects.exists()


def test_merge_with_itself_with_another_conference_and_twice_is_refused(
    conference: Conference, pair: list[Topic]
) -> None:
    for topic, into in ((pair[0], pair[0]), (pair[0], make_topic(make_conference("andere"), "Fremd"))):
        with pytest.raises(CannotMerge):
            merge(topic, into)
    merge(*pair)
    for topic, into in (pair, pair[::-1]):
        with pytest.raises(CannotMerge):
            merge(topic, into)


def test_undo_twice_is_refused(pair: list[Topic]) -> None:
    made = merge(*pair)
    undo(made)
    with pytest.raises(Settled):
        undo(made)


def test_vote_for_the_old_number_counts_for_the_session(
    conference: Conference, pair: list[Topic], bernd: Seat
) -> None:
    """A vote made offline arrives after the merge."""
    one, two = pair
    merge(two, one)
    vote(two, [bernd])
    assert named(conference) == {one.pk: 1}
    assert interests_of(seat=bernd) == {one.pk: 1, two.pk: 1}
    assert wishes_of(seat=bernd) == {one.pk: 1}


@pytest.mark.parametrize(("weight", "expected"), [(0, {}), (1, {1: 1}), (2, {1: 2})])
def test_who_wants_less_of_the_session_wants_less_of_each(
    conference: Conference, pair: list[Topic], bernd: Seat, weight: int, expected: dict[int, int]
) -> None:
    one, two = pair
    vote(two, [bernd], weight=2)
    merge(two, one)
    show_interest(topic_id=one.pk, seat_id=bernd.pk, weight=weight, key=new_key(), now=NOON)
    assert {1: wishes_of(seat=bernd).get(one.pk)} == {1: expected.get(1)}
    assert named(conference) == ({one.pk: 1} if weight else {})


def test_vote_for_the_old_number_after_the_close_is_refused(conference: Conference, pair: list[Topic]) -> None:
    one, two = pair
    going = open_a_round(conference)
    merge(two, one)
    close(fresh(going))
    with pytest.raises(NotTaken):
        vote(two, make_seats(conference, 1))


def test_hands_for_what_is_merged_are_not_added_up(conference: Conference, pair: list[Topic]) -> None:
    one, two = pair
    going = open_a_round(conference)
    hands = {"round_": going, "is_estimate": False, "counted_by": "Ayse"}
    rounds.count_hands(topic=one, count=8, now=NOON, **hands)
    rounds.count_hands(topic=two, count=12, now=NOON, **hands)
    counted = tallies(conference)
    made = merge(two, one)
    assert tallies(conference)[one.pk].total == 12
    rounds.count_hands(topic=one, count=15, now=NOON + MINUTE, **hands)
    assert tallies(conference)[one.pk].total == 15
    assert tallies(conference) == recount(conference)
    undo(made)
    assert tallies(conference) == counted == recount(conference)


def test_host_who_withdraws_takes_only_the_own_topic_out_of_a_merge(
    conference: Conference, pair: list[Topic], bernd: Seat, clara: Seat
) -> None:
    one, two = pair
    merge(two, one)
    withdraw_topic(topic=one, seat=clara, now=NOON)
    assert states() == {1: "released", 2: "withdrawn"}
    assert hosts_of(one) == ["Bernd"]


def test_topic_that_leads_a_merge_leaves_the_others_behind(
    conference: Conference, pair: list[Topic], bernd: Seat
) -> None:
    one, two = pair
    merge(two, one)
    withdraw_topic(topic=one, seat=bernd, now=NOON)
    assert states() == {1: "withdrawn", 2: "released"}
    assert hosts_of(two) == ["Clara"]


def states() -> dict[int, str]:
    return dict(Topic.objects.values_list("number", "state"))


def test_hosts_agree_with_a_tap_each(pair: list[Topic], bernd: Seat, clara: Seat) -> None:
    one, two = pair
    offer = offer_merge(topic=two, into=one, seat=clara, now=NOON)
    assert offer_merge(topic=two, into=one, seat=clara, now=NOON) == offer
    assert states() == {1: "released", 2: "released"}
    answer_offer(offer=offer, seat=bernd, agrees=True, now=NOON)
    assert states() == {1: "released", 2: "merged"}
    assert Merge.objects.get(state="done").done_by == "hosts"


def test_two_offers_of_both_hosts_are_an_agreement(pair: list[Topic], bernd: Seat, clara: Seat) -> None:
    one, two = pair
    offer_merge(topic=two, into=one, seat=clara, now=NOON)
    offer_merge(topic=two, into=one, seat=bernd, now=NOON)
    assert states() == {1: "released", 2: "merged"}


def test_offer_can_be_declined_and_not_be_answered_by_who_made_it_or_by_strangers(
    conference: Conference, pair: list[Topic], bernd: Seat, clara: Seat
) -> None:
    one, two = pair
    offer = offer_merge(topic=two, into=one, seat=clara, now=NOON)
    (dirk,) = make_seats(conference, 1)
    for seat in (clara, dirk):
        with pytest.raises(Settled):
            answer_offer(offer=offer, seat=seat, agrees=True, now=NOON)
    with pytest.raises(CannotMerge):
        offer_merge(topic=two, into=one, seat=dirk, now=NOON)
    answer_offer(offer=offer, seat=bernd, agrees=False, now=NOON)
    with pytest.raises(Settled):
        answer_offer(offer=offer, seat=bernd, agrees=True, now=NOON)
    assert states() == {1: "released", 2: "released"}


def test_host_who_has_joined_does_not_decide_about_the_next_merge(
    conference: Conference, pair: list[Topic], clara: Seat
) -> None:
    one, two = pair
    merge(two, one)
    third = make_topic(conference, "Drittes", seat=clara, host="Clara")
    offer_merge(topic=third, into=one, seat=clara, now=NOON)
    assert states() == {1: "released", 2: "merged", 3: "released"}


@pytest.mark.django_db(transaction=True)
def test_two_moderators_who_merge_two_topics_into_each_other_make_no_circle() -> None:
    one, two = make_topics(make_conference(), 2)
    turns = iter([(one, two), (two, one)])
    assert at_once(2, lambda: merge(*next(turns))) == ["CannotMerge", "done"]
    assert Topic.objects.filter(state="released").count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_two_merges_would_make_a_circle(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one transaction write at a time: there is no lock to take away")
    one, two = make_topics(make_conference(), 2)
    gate, checked = threading.Barrier(2), merging.refuse_unmergeable

    def slow(topic: Topic, into: Topic) -> None:
        checked(topic, into)
        gate.wait(5)

    monkeypatch.setattr(merging, "lock_merges", lambda _conference: None)
    monkeypatch.setattr(merging, "refuse_unmergeable", slow)
    monkeypatch.setattr(merging, "regroup", lambda _conference, **_more: None)
    turns = iter([(one, two), (two, one)])
    outcomes = at_once(2, lambda: merge(*next(turns)))
    with transaction.atomic():
        assert (outcomes, Merge.objects.filter(state="done").count()) == (["done", "done"], 2)
