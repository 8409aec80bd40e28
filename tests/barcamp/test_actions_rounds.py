from datetime import timedelta

import pytest

from offenraum.barcamp.actions import rounds
from offenraum.barcamp.actions.interest import NotTaken
from offenraum.barcamp.actions.topics import Stale, hide_topic, release_topic, withdraw_topic
from offenraum.barcamp.models import HandCount, Pitch, Round, Topic
from offenraum.barcamp.queries import pitches_of, tallies
from offenraum.conference.models import Conference
from offenraum.live.models import StreamVersion
from tests.day import NOON, fresh, make_conference, make_seats, make_topic, make_topics, vote

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference() -> Conference:
    return make_conference()


def opened(conference: Conference, topics: int = 3) -> Round:
    make_topics(conference, topics)
    round_ = rounds.plan_round(conference=conference)
    rounds.open_round(round_=round_, version=round_.version, now=NOON)
    return fresh(round_)


def step(round_: Round, verb: str = "next_pitch", **more: object) -> Round:
    now = fresh(round_)
    getattr(rounds, verb)(round_=now, version=now.version, now=NOON, **more)
    return fresh(round_)


def titles(round_: Round, state: str) -> list[str]:
    return [pitch.topic.title for pitch in pitches_of(round_) if pitch.state == state]


def on_stage(round_: Round) -> str | None:
    return round_.current.topic.title if round_.current else None


def test_plan_round_twice_plans_one(conference: Conference) -> None:
    first = rounds.plan_round(conference=conference)
    assert rounds.plan_round(conference=conference) == first
    rounds.open_round(round_=first, version=1, now=NOON)
    rounds.close_round(round_=fresh(first), version=2, now=NOON)
    assert rounds.plan_round(conference=conference).number == 2


def test_open_round_puts_newcomers_and_little_noticed_first(conference: Conference) -> None:
    known, often, new = make_topics(conference, 3)
    seats = make_seats(conference, 3)
    vote(known, seats)
    vote(often, seats[:1])
    second = make_topic(conference, "Noch eins", seat=seats[0])
    third = make_topic(conference, "Und noch eins", seat=seats[0])
    round_ = rounds.plan_round(conference=conference)
    rounds.open_round(round_=round_, version=1, now=NOON)
    assert [p.topic for p in pitches_of(round_)] == [new, second, often, known, third]
    assert fresh(round_).state == Round.State.PITCHING
    assert set(Topic.objects.values_list("round", flat=True)) == {round_.pk}


def test_open_round_takes_only_released_topics_of_its_conference(conference: Conference) -> None:
    hide_topic(topic=make_topic(conference, "Verborgen"))
    make_topic(make_conference("andere"), "Fremd")
    assert titles(opened(conference, 1), Pitch.State.WAITING) == ["Thema 1"]


def test_open_round_works_once(conference: Conference) -> None:
    round_ = opened(conference)
    with pytest.raises(Stale):
        rounds.open_round(round_=round_, version=round_.version, now=NOON)
    assert pitches_of(round_).count() == 3


def test_next_pitch_walks_through_the_queue(conference: Conference) -> None:
    round_ = opened(conference)
    seen = [on_stage(round_ := step(round_)) for _ in range(4)]
    assert seen == ["Thema 1", "Thema 2", "Thema 3", None]
    assert titles(round_, Pitch.State.DONE) == ["Thema 1", "Thema 2", "Thema 3"]


def test_next_pitch_remembers_the_size_of_the_one_before(conference: Conference) -> None:
    round_ = step(opened(conference))
    assert round_.current
    seats = make_seats(conference, 4)
    vote(round_.current.topic, seats[:1])
    step(round_)
    assert [p.band for p in pitches_of(round_)] == ["large", "", ""]


def test_skip_pitch_comes_again_at_the_end(conference: Conference) -> None:
    round_ = step(opened(conference))
    round_ = step(round_, "skip_pitch")
    assert on_stage(round_) == "Thema 2"
    round_ = step(step(round_))
    assert on_stage(round_) == "Thema 1"


def test_skip_pitch_of_the_only_one_leaves_the_stage_empty(conference: Conference) -> None:
    round_ = step(step(opened(conference, 1)), "skip_pitch")
    assert on_stage(round_) is None
    assert on_stage(step(round_)) == "Thema 1"


def test_back_pitch_returns_to_the_one_before(conference: Conference) -> None:
    round_ = step(step(step(opened(conference))), "back_pitch")
    assert on_stage(round_) == "Thema 1"
    assert titles(round_, Pitch.State.WAITING) == ["Thema 2", "Thema 3"]
    assert on_stage(step(round_)) == "Thema 2"


def test_back_pitch_before_the_first_is_refused(conference: Conference) -> None:
    with pytest.raises(Stale):
        step(opened(conference), "back_pitch")


def test_call_pitch_takes_any_and_ends_a_last_call(conference: Conference) -> None:
    round_ = step(step(opened(conference)), "last_call", minutes=5)
    third = Pitch.objects.get(topic__title="Thema 3")
    round_ = step(round_, "call_pitch", pitch=third)
    assert (on_stage(round_), round_.state, round_.last_call_ends_at) == ("Thema 3", Round.State.PITCHING, None)


def test_stale_version_changes_nothing(conference: Conference) -> None:
    round_ = step(opened(conference))
    step(round_)
    with pytest.raises(Stale):
        rounds.next_pitch(round_=round_, version=round_.version, now=NOON)
    assert on_stage(fresh(round_)) == "Thema 2"
    assert titles(round_, Pitch.State.DONE) == ["Thema 1"]


@pytest.mark.parametrize("verb", ["next_pitch", "skip_pitch", "pause_round", "close_round"])
def test_planned_round_cannot_be_led(conference: Conference, verb: str) -> None:
    make_topics(conference, 2)
    round_ = rounds.plan_round(conference=conference)
    with pytest.raises(Stale):
        getattr(rounds, verb)(round_=round_, version=round_.version, now=NOON)
    assert fresh(round_).state == Round.State.PLANNED
    assert round_.version == fresh(round_).version


def test_move_pitch_before_another_and_to_the_end(conference: Conference) -> None:
    round_ = opened(conference)
    one, two, three = pitches_of(round_)
    rounds.move_pitch(round_=round_, version=round_.version, pitch=three, before=one)
    assert list(pitches_of(round_)) == [three, one, two]
    rounds.move_pitch(round_=round_, version=fresh(round_).version, pitch=three, before=None)
    assert list(pitches_of(round_)) == [one, two, three]
    with pytest.raises(Stale):
        rounds.move_pitch(round_=round_, version=round_.version, pitch=two, before=one)


def test_move_pitch_lets_a_skipped_one_wait_again(conference: Conference) -> None:
    round_ = step(step(opened(conference)), "skip_pitch")
    skipped = Pitch.objects.get(topic__title="Thema 1")
    rounds.move_pitch(
        round_=round_, version=round_.version, pitch=skipped, before=Pitch.objects.get(topic__title="Thema 3")
    )
    assert on_stage(step(round_)) == "Thema 1"


def test_pause_and_resume_stop_the_timer(conference: Conference) -> None:
    round_ = step(opened(conference))
    rounds.pause_round(round_=round_, version=round_.version, now=NOON + timedelta(seconds=10))
    paused = fresh(round_)
    rounds.pause_round(round_=paused, version=paused.version, now=NOON + timedelta(seconds=20))
    assert fresh(round_).paused_at == NOON + timedelta(seconds=10)
    rounds.resume_round(round_=paused, version=paused.version, now=NOON + timedelta(seconds=40))
    resumed = fresh(round_)
    assert resumed.current
    assert (resumed.paused_at, resumed.current.paused_seconds) == (None, 30)
    rounds.resume_round(round_=resumed, version=resumed.version, now=NOON + timedelta(seconds=90))
    assert fresh(round_).version == resumed.version


def test_last_call_empties_the_stage_and_sets_its_end(conference: Conference) -> None:
    round_ = step(step(opened(conference)), "last_call", minutes=5)
    assert (on_stage(round_), round_.state) == (None, Round.State.LAST_CALL)
    assert round_.last_call_ends_at == NOON + timedelta(minutes=5)


def test_close_round_ends_the_vote_for_its_topics(conference: Conference) -> None:
    round_ = step(opened(conference))
    topic, (seat, *_) = Topic.objects.get(title="Thema 2"), make_seats(conference, 2)
    vote(topic, [seat])
    round_ = step(round_, "close_round")
    assert (round_.state, round_.closed_at, on_stage(round_)) == (Round.State.CLOSED, NOON, None)
    with pytest.raises(NotTaken):
        vote(topic, [seat], weight=0)
    assert tallies(conference)[topic.pk].named == 1


def test_close_round_leaves_topics_brought_later_open(conference: Conference) -> None:
    step(opened(conference), "close_round")
    later = make_topic(conference, "Zu spät gekommen")
    vote(later, make_seats(conference, 1))
    assert tallies(conference)[later.pk].total == 1


def test_reopen_round_within_two_minutes(conference: Conference) -> None:
    round_ = step(opened(conference), "close_round")
    with pytest.raises(rounds.TooLate):
        rounds.reopen_round(round_=round_, version=round_.version, now=NOON + timedelta(seconds=121))
    rounds.reopen_round(round_=round_, version=round_.version, now=NOON + timedelta(seconds=120))
    again = fresh(round_)
    assert (again.state, again.closed_at, again.last_call_ends_at) == (Round.State.LAST_CALL, None, None)


def test_second_round_takes_the_new_and_the_unplaced(conference: Conference) -> None:
    step(opened(conference, 2), "close_round")
    make_topic(conference, "Am Nachmittag")
    second = rounds.plan_round(conference=conference)
    rounds.open_round(round_=second, version=second.version, now=NOON)
    assert set(titles(second, Pitch.State.WAITING)) == {"Thema 1", "Thema 2", "Am Nachmittag"}


def test_blank_wall_works_in_every_state(conference: Conference) -> None:
    round_ = rounds.plan_round(conference=conference)
    rounds.blank_wall(round_=round_, version=1, is_blank=True)
    assert fresh(round_).is_wall_blank
    rounds.blank_wall(round_=round_, version=2, is_blank=False)
    assert not fresh(round_).is_wall_blank


def test_spontaneous_topic_joins_the_end_of_the_queue(conference: Conference) -> None:
    round_ = step(opened(conference))
    make_topic(conference, "Spontan")
    assert titles(round_, Pitch.State.WAITING)[-1] == "Spontan"
    assert fresh(round_).version == round_.version


def test_hide_topic_on_stage_clears_the_stage(conference: Conference) -> None:
    round_ = step(opened(conference))
    assert round_.current
    topic = round_.current.topic
    hide_topic(topic=topic)
    after = fresh(round_)
    assert (on_stage(after), after.version) == (None, round_.version + 1)
    assert "Thema 1" not in [p.topic.title for p in pitches_of(round_)]
    release_topic(topic=topic)
    assert titles(round_, Pitch.State.SKIPPED) == ["Thema 1"]


def test_release_topic_does_not_bring_back_what_its_host_withdrew(conference: Conference) -> None:
    topic = make_topic(conference)
    withdraw_topic(topic=topic)
    hide_topic(topic=topic)
    release_topic(topic=topic)
    topic.refresh_from_db()
    assert topic.state == Topic.State.WITHDRAWN


def test_release_topic_that_waited_joins_the_round(conference: Conference) -> None:
    conference.must_release_topics = True
    conference.save()
    round_ = opened(conference, 1)
    (seat,) = make_seats(conference, 1)
    topic = make_topic(conference, "Wartet", seat=seat)
    assert topic.state == Topic.State.SUBMITTED
    release_topic(topic=topic)
    assert titles(round_, Pitch.State.WAITING) == ["Thema 1", "Wartet"]


def count(round_: Round, topic: Topic, hands: int, *, is_estimate: bool = False) -> None:
    rounds.count_hands(
        round_=round_, topic=topic, count=hands, is_estimate=is_estimate, counted_by="Ayse",
        now=NOON + timedelta(minutes=1),
    )


def test_count_hands_replaces_the_count_and_counts_beside_names(conference: Conference) -> None:
    round_ = step(opened(conference))
    topic = Topic.objects.get(title="Thema 1")
    seats = make_seats(conference, 5)
    vote(topic, seats[:2])
    count(round_, topic, 7)
    count(round_, topic, 15, is_estimate=True)
    tally = tallies(conference)[topic.pk]
    assert (tally.named, tally.hands, tally.is_estimate, tally.total) == (2, 15, True, 17)
    vote(topic, seats[2:4], now=NOON + timedelta(minutes=2))
    tally = tallies(conference)[topic.pk]
    assert (tally.named, tally.hands, tally.total) == (4, 15, 17)
    assert HandCount.objects.count() == 1


def test_count_hands_after_the_close_is_refused(conference: Conference) -> None:
    round_ = step(opened(conference), "close_round")
    with pytest.raises(rounds.VoteOver):
        count(round_, Topic.objects.get(title="Thema 1"), 3)
    assert not HandCount.objects.exists()


def test_every_step_raises_the_version_of_the_stream(conference: Conference) -> None:
    round_ = opened(conference)
    before = version_of("round")
    step(round_)
    assert version_of("round") == before + 1


def version_of(topic: str) -> int:
    return sum(StreamVersion.objects.filter(scope="kogk18", topic=topic).values_list("version", flat=True))
