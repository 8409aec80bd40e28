from datetime import timedelta

import pytest

from offenraum.barcamp.rules import (
    Candidate,
    Refusal,
    may_reopen,
    may_show,
    pitch_elapsed,
    pitch_minutes_left,
    pitch_order,
    pitches_that_fit,
    shuffled,
    size_band,
    toggled,
    total_wanted,
)
from tests.day import NOON


@pytest.mark.parametrize(
    ("topic_state", "round_state", "refusal"),
    [
        ("submitted", None, None),
        ("submitted", "planned", None),
        ("released", None, None),
        ("released", "planned", None),
        ("released", "pitching", None),
        ("released", "last_call", None),
        ("released", "closed", Refusal.ROUND_CLOSED),
        ("submitted", "closed", Refusal.ROUND_CLOSED),
        ("withdrawn", None, Refusal.TOPIC_GONE),
        ("hidden", "pitching", Refusal.TOPIC_GONE),
        ("hidden", "closed", Refusal.TOPIC_GONE),
    ],
)
def test_may_show_until_the_round_of_the_topic_closes(
    topic_state: str, round_state: str | None, refusal: Refusal | None
) -> None:
    assert may_show(topic_state=topic_state, round_state=round_state) is refusal


@pytest.mark.parametrize(
    ("before", "step", "after"), [(0, 1, 1), (1, 1, 0), (2, 1, 0), (0, 2, 2), (1, 2, 2), (2, 2, 1)]
)
def test_toggled_turns_a_step_on_or_off(before: int, step: int, after: int) -> None:
    assert toggled(before=before, step=step) == after


@pytest.mark.parametrize(("seconds", "is_allowed"), [(0, True), (119, True), (120, True), (121, False)])
def test_may_reopen_for_two_minutes(seconds: int, is_allowed: bool) -> None:
    assert may_reopen(closed_at=NOON, now=NOON + timedelta(seconds=seconds)) is is_allowed


def test_pitch_order_puts_newcomers_first_then_the_little_noticed() -> None:
    candidates = [
        Candidate(1, is_first_of_host=False, interest_count=0),
        Candidate(2, is_first_of_host=True, interest_count=9),
        Candidate(3, is_first_of_host=True, interest_count=1),
        Candidate(4, is_first_of_host=True, interest_count=1),
    ]
    assert pitch_order(candidates) == [3, 4, 2, 1]
    assert pitch_order([]) == []


def test_shuffled_gives_sixteen_orders_that_treat_every_topic_alike() -> None:
    topics = list(range(1, 17))
    orders = [shuffled(topics, variant) for variant in range(16)]
    assert all(sorted(order) == topics for order in orders)
    assert len({tuple(order) for order in orders}) == 16
    assert len({order[0] for order in orders}) > 6


def test_shuffled_keeps_the_order_of_the_others_when_a_topic_comes_or_goes() -> None:
    before = shuffled(list(range(1, 20)), 3)
    after = shuffled(list(range(1, 21)), 3)
    assert [topic for topic in after if topic != 20] == before


@pytest.mark.parametrize(
    ("wanted", "seats", "band"),
    [(0, 0, "small"), (5, 0, "small"), (9, 100, "small"), (10, 100, "medium"), (24, 100, "medium"), (25, 100, "large")],
)
def test_size_band_goes_by_the_share_of_the_people_present(wanted: int, seats: int, band: str) -> None:
    assert size_band(wanted=wanted, seats=seats) == band


@pytest.mark.parametrize(
    ("named", "hands", "later", "total"), [(5, None, 0, 5), (5, 3, 0, 8), (5, 3, 2, 6), (5, 3, 4, 5), (0, 0, 0, 0)]
)
def test_total_wanted_adds_the_hands_that_no_named_vote_stands_for(
    named: int, hands: int | None, later: int, total: int
) -> None:
    assert total_wanted(named=named, hands=hands, named_by_paper_or_later=later) == total


def test_pitch_elapsed_leaves_pauses_out() -> None:
    now = NOON + timedelta(seconds=40)
    paused = NOON + timedelta(seconds=25)
    assert pitch_elapsed(started_at=NOON, now=now, paused_seconds=0, paused_at=None) == 40
    assert pitch_elapsed(started_at=NOON, now=now, paused_seconds=15, paused_at=None) == 25
    assert pitch_elapsed(started_at=NOON, now=now, paused_seconds=5, paused_at=paused) == 20
    assert pitch_elapsed(started_at=now, now=NOON, paused_seconds=0, paused_at=None) == 0


def test_pitches_that_fit_counts_talk_vote_and_change() -> None:
    assert pitches_that_fit(minutes=30, pitch_seconds=30, vote_seconds=10) == 40
    assert pitches_that_fit(minutes=0, pitch_seconds=30, vote_seconds=10) == 0
    assert pitches_that_fit(minutes=-3, pitch_seconds=30, vote_seconds=10) == 0


def test_pitch_minutes_left_keeps_twenty_for_plan_and_objections() -> None:
    ends_at = NOON + timedelta(minutes=50)
    assert pitch_minutes_left(ends_at=ends_at, now=NOON) == 30
    assert pitch_minutes_left(ends_at=ends_at, now=NOON + timedelta(minutes=45)) == 0
