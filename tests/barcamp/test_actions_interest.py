import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from offenraum.barcamp.actions.interest import NotTaken, Tap, Wish, show_interest, show_interests, take_votes
from offenraum.barcamp.actions.topics import hide_topic, withdraw_topic
from offenraum.barcamp.models import Interest, Topic
from offenraum.barcamp.queries import Tally, tallies
from offenraum.barcamp.queries.interest import Asked
from offenraum.barcamp.rules import Refusal
from offenraum.conference.models import Conference
from offenraum.kit import group_commit
from offenraum.kit.group_commit import durable
from offenraum.live.models import StreamVersion
from offenraum.seats.actions.checkin import check_in
from offenraum.seats.actions.devices import sign_in
from offenraum.seats.models import Seat
from offenraum.seats.queries import digest_of
from tests.builders import CLOSE, close, make_seat, new_key, open_a_round
from tests.day import NOON, make_conference, make_seats, make_topic, make_topics

pytestmark = pytest.mark.django_db
OVER = "Die Abstimmung ist beendet."


@pytest.fixture
def conference() -> Conference:
    return make_conference()


def choose(topic: Topic, seat: Seat, weight: int = 1) -> int:
    return show_interest(topic_id=topic.pk, seat_id=seat.pk, weight=weight, key=new_key(), now=NOON)


def named(conference: Conference) -> dict[int, int]:
    return {topic: tally.named for topic, tally in tallies(conference).items()}


def test_show_interest_counts_one_voice_a_seat(conference: Conference) -> None:
    topic, other = make_topics(conference, 2)
    bernd, clara = make_seats(conference, 2)
    for seat in (bernd, clara, bernd):
        choose(topic, seat)
    choose(topic, bernd, weight=2)
    choose(other, bernd)
    assert tallies(conference) == {
        topic.pk: Tally(topic=topic.pk, named=2, strong=1, hands=None, is_estimate=False, total=2),
        other.pk: Tally(topic=other.pk, named=1, strong=0, hands=None, is_estimate=False, total=1),
    }


def test_show_interest_retried_changes_nothing(conference: Conference) -> None:
    topic, (bernd,) = make_topic(conference), make_seats(conference, 1)
    key = new_key()
    for _ in range(3):
        assert show_interest(topic_id=topic.pk, seat_id=bernd.pk, weight=1, key=key, now=NOON) == 1
    assert list(Interest.objects.values_list("topic", "seat", "weight", "key")) == [(topic.pk, bernd.pk, 1, key)]


def test_show_interest_with_weight_zero_takes_it_back(conference: Conference) -> None:
    topic, (bernd,) = make_topic(conference), make_seats(conference, 1)
    choose(topic, bernd)
    assert choose(topic, bernd, weight=0) == 0
    assert named(conference) == {}


def test_show_interest_again_after_an_undo_counts(conference: Conference) -> None:
    topic, (bernd,) = make_topic(conference), make_seats(conference, 1)
    for weight in (1, 0, 2):
        choose(topic, bernd, weight=weight)
    assert named(conference) == {topic.pk: 1}


def test_show_interest_announces_the_tally_and_nothing_else(conference: Conference) -> None:
    topic, (bernd,) = make_topic(conference), make_seats(conference, 1)
    StreamVersion.objects.all().delete()
    choose(topic, bernd)
    assert set(StreamVersion.objects.values_list("scope", "topic")) == {("kogk18", "tally")}


def test_show_interest_after_the_close_is_refused_in_these_words_and_counted_nowhere(conference: Conference) -> None:
    topic, (bernd, clara) = make_topic(conference), make_seats(conference, 2)
    choose(topic, bernd)
    close(open_a_round(conference))
    before = tallies(conference)
    for seat, weight in ((clara, 1), (bernd, 0), (bernd, 2)):
        with pytest.raises(NotTaken) as refused:
            choose(topic, seat, weight=weight)
        with translation.override("de"):
            assert (refused.value.refusal, str(refused.value.message)) == (Refusal.ROUND_CLOSED, OVER)
    assert tallies(conference) == before
    assert Interest.objects.count() == 1


def test_show_interest_in_a_withdrawn_or_hidden_topic_is_refused(conference: Conference) -> None:
    gone, hidden = make_topics(conference, 2)
    (bernd,) = make_seats(conference, 1)
    withdraw_topic(topic=gone)
    hide_topic(topic=hidden)
    for topic in (gone, hidden):
        with pytest.raises(NotTaken) as refused:
            choose(topic, bernd)
        assert refused.value.refusal is Refusal.TOPIC_GONE
    assert Interest.objects.count() == 0


def test_show_interest_in_a_topic_that_never_was_is_refused(conference: Conference) -> None:
    (bernd,) = make_seats(conference, 1)
    for topic_id in (0, 10**6, 2**63):
        with pytest.raises(NotTaken):
            show_interest(topic_id=topic_id, seat_id=bernd.pk, weight=1, key=new_key(), now=NOON)


@pytest.mark.postgres
def test_show_interests_sets_many_in_their_order_and_refuses_each_alone(conference: Conference) -> None:
    one, gone = make_topics(conference, 2)
    bernd, clara = make_seats(conference, 2)
    withdraw_topic(topic=gone)
    wanted = [(one, bernd, 1), (gone, bernd, 1), (one, clara, 2), (one, bernd, 2), (one, clara, 0)]
    refusals = show_interests([Wish(topic.pk, seat.pk, weight, new_key(), NOON) for topic, seat, weight in wanted])
    assert refusals == [None, Refusal.TOPIC_GONE, None, None, None]
    assert list(Interest.objects.order_by("seat").values_list("seat", "weight")) == [(bernd.pk, 2), (clara.pk, 0)]


@pytest.mark.postgres
def test_take_votes_takes_only_those_of_seats_of_this_conference(conference: Conference) -> None:
    twin = make_conference("twin")
    for place in (conference, twin):
        make_topics(place, 2)
    (bernd,), (other,) = make_seats(conference, 1), make_seats(twin, 1)
    here, there = (digest_of(sign_in(seat=seat, now=NOON)) for seat in (bernd, other))
    asked = [
        ("kogk18", 1, here), ("kogk18", 1, there), ("twin", 2, there), ("twin", 2, here), ("kogk18", 9, here),
        ("nowhere", 1, here), ("kogk18", 2, ""), ("kogk18", 2**31, here),
    ]
    taps = [Tap(Asked(slug, number, key, NOON), 2, new_key()) for slug, number, key in asked]
    assert take_votes(taps) == [True, False, True, *[False] * 5]
    assert sorted(Interest.objects.values_list("topic__number", "seat", "weight")) == [
        (1, bernd.pk, 2), (2, other.pk, 2)
    ]


def test_interest_counts_only_from_seats_that_are_there(conference: Conference) -> None:
    topic = make_topic(conference)
    here, absent = make_seat(conference), make_seat(conference, "Clara", checked_in=False)
    for seat in (here.seat, absent.seat):
        choose(topic, seat)
    assert named(conference) == {topic.pk: 1}
    check_in(seat=absent.seat, now=NOON)
    assert named(conference) == {topic.pk: 2}


def test_interest_of_who_comes_after_the_close_stays_uncounted(conference: Conference) -> None:
    topic = make_topic(conference)
    here, late = make_seat(conference), make_seat(conference, "Clara", checked_in=False)
    for seat in (here.seat, late.seat):
        choose(topic, seat)
    close(open_a_round(conference))
    check_in(seat=late.seat, now=CLOSE + timedelta(minutes=1))
    assert named(conference) == {topic.pk: 1}


def test_second_row_of_a_seat_for_a_topic_is_refused_by_the_database(conference: Conference) -> None:
    topic, (bernd,) = make_topic(conference), make_seats(conference, 1)
    choose(topic, bernd)
    with pytest.raises(IntegrityError), transaction.atomic():
        Interest.objects.create(topic=topic, seat=bernd, weight=1, key=new_key(), changed_at=NOON)


def delete_topic(*, topic_id: int) -> None:
    with transaction.atomic():
        Topic.objects.filter(pk=topic_id).delete()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_vote_for_a_topic_deleted_in_the_same_batch_fails_alone() -> None:
    conference = make_conference()
    doomed, kept = make_topics(conference, 2)
    seats = make_seats(conference, 6)
    results = in_one_batch(doomed, kept, seats)
    assert results == ["deleted", *["refused", 1] * 6]
    assert named(conference) == {kept.pk: 6}


def in_one_batch(doomed: Topic, kept: Topic, seats: list[Seat]) -> list[object]:
    """The deletion first, then votes for both topics, queued while the writer is held up by a first job."""
    votes = [
        {"topic_id": topic.pk, "seat_id": seat.pk, "weight": 1, "key": new_key(), "now": NOON}
        for seat in seats for topic in (doomed, kept)
    ]
    jobs = [(delete_topic, {"topic_id": doomed.pk}), *((show_interest, values) for values in votes)]
    group_commit.start()
    try:
        if group_commit.writer is None:
            return [outcome_of(action, values) for action, values in jobs]
        return together(jobs)
    finally:
        group_commit.stop()


def together(jobs: list[tuple[object, dict[str, object]]]) -> list[object]:
    has_begun, held, outcomes = threading.Event(), threading.Event(), {}
    blocker = group_commit.writer.submit(lambda: has_begun.set() or held.wait(10))
    assert has_begun.wait(10)
    threads = []
    for place, (action, values) in enumerate(jobs):
        thread = threading.Thread(target=lambda p=place, a=action, v=values: outcomes.update({p: outcome_of(a, v)}))
        thread.start()
        threads.append(thread)
        while group_commit.writer.jobs.qsize() <= place:
            assert thread.is_alive()
    held.set()
    blocker.wait()
    for thread in threads:
        thread.join(10)
    return [outcomes[place] for place in sorted(outcomes)]


def outcome_of(action: object, values: dict[str, object]) -> object:
    try:
        value = durable(action, **values)
    except NotTaken:
        value = "refused"
    finally:
        if threading.current_thread() is not threading.main_thread():
            connection.close()
    return "deleted" if action is delete_topic else value


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_same_vote_sent_from_many_threads_at_once_counts_once() -> None:
    conference = make_conference()
    topic, (bernd,) = make_topic(conference), make_seats(conference, 1)
    values = {"topic_id": topic.pk, "seat_id": bernd.pk, "weight": 1, "key": new_key(), "now": NOON}
    outcomes: list[object] = []
    threads = [
        threading.Thread(target=lambda: outcomes.append(outcome_of(show_interest, values))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert outcomes == [1] * 8
    assert named(conference) == {topic.pk: 1}
