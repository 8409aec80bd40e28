"""What a rehearsal measures and copies: versions and waits, the grid's copy, what is left behind, the report."""

from __future__ import annotations

import math
from datetime import timedelta

import pytest
from django.utils import timezone, translation
from hypothesis import given, settings
from hypothesis import strategies as st

from offenraum.barcamp.actions.rounds import close_round, last_call, next_pitch, open_round
from offenraum.barcamp.models import Round
from offenraum.conference.models import Conference, Day, Member, Room, RoomClosure, Slot
from offenraum.conference.queries import grid_of
from offenraum.live.versions import read_versions
from offenraum.people.models import Account, SignInLink
from offenraum.project.commands.rehearse import Impossible, conference_named
from offenraum.project.robots.audience import THEMES, paths_of, subject_of, topic_form
from offenraum.project.robots.browser import Browser
from offenraum.project.robots.commits import Commit, commit_of, expected, first_arrival, shown_at, waits
from offenraum.project.robots.copying import copy_conference, moderator_email, remove_copy, remove_left_behind
from offenraum.project.robots.leading import first_round, lead
from offenraum.project.robots.login import desk_login
from offenraum.project.robots.page import ShownRegion, end_of, regions_in
from offenraum.project.robots.report import milliseconds, percentile
from offenraum.project.robots.screen import Arrival, Screen, version_order
from offenraum.project.robots.tastes import Habit, Subject, Taste, habit_of, taste_of
from offenraum.project.robots.terminal import terminal_language
from offenraum.project.robots.wire import Site
from offenraum.seats.actions.making import Person, create_seats
from offenraum.seats.models import Seat
from tests.day import NOON, make_conference, make_topic, set_clock

SITE = Site("127.0.0.1", 1, is_secure=False)


# The copy.


@pytest.fixture
def source(db: None) -> Conference:
    """Two days, a double slot, a closed cell, and another conference beside it."""
    make_conference("other")
    made = make_conference(slots=3)
    first, second, third = made.slots.order_by("number")
    tomorrow = Day.objects.create(conference=made, date=first.day.date + timedelta(days=1))
    Slot.objects.filter(pk=second.pk).update(follows=first)
    Slot.objects.filter(pk=third.pk).update(day=tomorrow, starts_at=third.starts_at + timedelta(days=1))
    RoomClosure.objects.create(slot=third, room=made.rooms.latest("position"))
    Room.objects.filter(conference=made, position=1).update(is_step_free=False, equipment=["projector"], way="links")
    return made


def grid_in_words(conference: Conference) -> list[object]:
    grid = grid_of(conference)
    slots, rooms = {slot.pk: slot.number for slot in grid.slots}, {room.pk: room.name for room in grid.rooms}
    return [
        [(s.day.date, s.number, s.starts_at, s.minutes, s.follows_id and slots[s.follows_id]) for s in grid.slots],
        [(r.name, r.position, r.places, r.is_step_free, r.equipment, r.way) for r in grid.rooms],
        sorted((slots[slot], rooms[room]) for slot, room in grid.closed),
    ]


def test_copy_has_the_grid_of_the_source_and_nothing_of_anybody_else(source: Conference) -> None:
    create_seats(conference=source, people=[Person("Ayse")], kind=Seat.Kind.BADGE, now=NOON)
    make_topic(source)
    copy = copy_conference(source=source, now=NOON)
    assert grid_in_words(copy) == grid_in_words(source)
    assert (copy.seats.count(), copy.talks.count(), first_round(copy).state) == (0, 0, Round.State.PLANNED)
    assert copy.clock.at(NOON) == grid_of(copy).slots[0].starts_at - timedelta(hours=1)
    assert set(copy.days.values_list("date", flat=True)) == set(source.days.values_list("date", flat=True))


def test_only_copies_that_are_old_are_removed_with_their_accounts(source: Conference) -> None:
    now = timezone.now()
    old, young = (copy_conference(source=source, now=now) for _ in range(2))
    for copy in (old, young):
        desk_login(conference=copy, email=moderator_email(copy), name="Probe", now=now)
    alike = make_conference("probe-zur-probe")
    Conference.objects.exclude(pk=young.pk).update(created_at=now - timedelta(days=1))
    remove_left_behind(now=now)
    assert set(Conference.objects.values_list("slug", flat=True)) == {"kogk18", "other", young.slug, alike.slug}
    assert list(Account.objects.values_list("email", flat=True)) == [moderator_email(young)]
    remove_copy(young)
    assert (Account.objects.count(), SignInLink.objects.count(), Member.objects.count()) == (0, 0, 0)


def test_conference_is_chosen_by_name_or_because_it_is_the_only_one(source: Conference) -> None:
    copy_conference(source=source, now=NOON)
    assert conference_named("kogk18") == source
    for asked in (None, "unbekannt", ""):
        with translation.override("en"), pytest.raises(Impossible, match="There are: kogk18, other"):
            conference_named(asked)
    Conference.objects.filter(slug="other").delete()
    assert conference_named(None) == source


def test_conference_whose_name_begins_like_a_copys_can_be_rehearsed(db: None) -> None:
    probe = make_conference("probe-2026")
    assert conference_named(None) == conference_named("probe-2026") == probe


def test_login_at_the_desk_works_twice_for_one_account(source: Conference) -> None:
    links = [desk_login(conference=source, email="a@probe.invalid", name="A", now=NOON) for _ in range(2)]
    assert (len(set(links)), Account.objects.count()) == (2, 1)
    assert list(Member.objects.values_list("conference__slug", "role")) == [("kogk18", "moderator")]
    assert set(SignInLink.objects.values_list("leads_to", "expires_at")) == {
        ("/kogk18/regie/", NOON + timedelta(days=1))
    }


# Changes and how long screens took.


def test_commit_is_dated_by_the_step_that_the_server_wrote_down(source: Conference) -> None:
    source = set_clock(source, NOON)
    make_topic(source)
    round_ = copy_round(source)
    assert shown_at(source, round_) is None
    lead(open_round, source, now=NOON)
    assert shown_at(source, copy_round(source)) == NOON
    lead(next_pitch, source, now=NOON + timedelta(minutes=1))
    assert shown_at(source, copy_round(source)) == NOON + timedelta(minutes=1)
    lead(last_call, source, minutes=2, now=NOON + timedelta(minutes=2))
    assert shown_at(source, copy_round(source)) is None
    lead(close_round, source, now=NOON + timedelta(minutes=5))
    assert shown_at(source, copy_round(source)) == NOON + timedelta(minutes=5)


def copy_round(conference: Conference) -> Round:
    """The first round, planned if there is none."""
    Round.objects.get_or_create(conference=conference, number=1)
    return first_round(conference)


def test_commit_says_what_changed_and_when_in_real_time(source: Conference) -> None:
    source = set_clock(source, NOON)
    copy_round(source)
    before = read_versions(["kogk18"])
    lead(open_round, source, now=NOON + timedelta(seconds=1))
    commit = commit_of(source, before)
    assert commit.at == pytest.approx(source.clock.real_at(NOON + timedelta(seconds=1)).timestamp())
    assert "round" in commit.changed
    assert commit_of(source, commit.after).changed == set()


def screen_with(*arrivals: Arrival) -> Screen:
    screen = Screen(Browser(SITE), "/k/jetzt")
    screen.arrivals = list(arrivals)
    screen.shown = {arrival.key: ShownRegion(arrival.key, arrival.version, "") for arrival in arrivals}
    return screen


KEY = "k/pitch/de/0"


@pytest.mark.parametrize(
    ("wanted", "at"), [((10, 1), 1.0), ((10, 2), 2.0), ((10, 3), 4.0), ((10, 4), 4.0), ((10, 5), None), ((9, 99), 1.0)]
)
def test_first_arrival_is_the_first_that_is_new_enough(wanted: tuple[int, int], at: float | None) -> None:
    own = [Arrival(KEY, "a-1", 1.0), Arrival(KEY, "a-2", 2.0), Arrival(KEY, "a-4", 4.0)]
    arrivals = [Arrival("other", "a-9", 0.5), *own]
    found = first_arrival(arrivals, KEY, wanted)
    assert (found and found.at) == at


def test_screen_without_a_region_that_changed_has_not_waited(source: Conference) -> None:
    nothing = Commit(at=5.0, before={}, after={})
    assert (expected(nothing, [KEY]), waits(nothing, screen_with(Arrival(KEY, "a-1", 9.0)))) == ({}, [])
    undated = Commit(at=None, before={}, after=read_versions(["kogk18"]))
    assert waits(undated, screen_with(Arrival(KEY, "a-1", 9.0))) == []


@settings(max_examples=40)
@given(st.tuples(st.integers(0, 2**40), st.integers(0, 2**40)), st.tuples(st.integers(0, 2**40), st.integers(0, 2**40)))
def test_versions_are_ordered_by_epoch_then_count(one: tuple[int, int], other: tuple[int, int]) -> None:
    texts = [f"{epoch:x}-{count:x}" for epoch, count in (one, other)]
    assert [version_order(text) for text in texts] == [one, other]


# Pages.


@pytest.mark.parametrize(
    ("html", "inside"),
    [
        ("<div>a</div>b", "<div>a</div>b"),
        ("a</div>b", "a"),
        ("<div><div></div></div>x</div>", "<div><div></div></div>x"),
        ("<divan></divan></div>", "<divan></divan>"),
        ("<p></p>", "<p></p>"),
        ("", ""),
    ],
)
def test_element_ends_where_its_own_tag_closes(html: str, inside: str) -> None:
    assert html[: end_of(html, "div", 0)] == inside


def test_region_in_a_region_is_found_beside_it() -> None:
    html = '<div data-region="k/a/de/0" data-version="1-1"><div data-region="k/b/de/0" data-version="1-2">x</div></div>'
    assert [(region.key, region.version) for region in regions_in(html)] == [("k/a/de/0", "1-1"), ("k/b/de/0", "1-2")]


# People.


@settings(max_examples=40)
@given(st.integers(0, 10**6), st.integers(1, 60), st.sampled_from(THEMES), st.integers(1, 10))
def test_weight_is_none_normal_or_strong_and_always_the_same(
    seed: int, number: int, theme: str, popularity: int
) -> None:
    taste, subject = taste_of(seed, THEMES), Subject(theme, popularity)
    weights = {taste.weight_for(number, subject) for _ in range(3)}
    assert len(weights) == 1
    assert weights <= {0, 1, 2}
    assert 1 <= len(taste.themes) <= 3


def test_person_without_curiosity_wants_nothing() -> None:
    dull = Taste(seed=1, themes=frozenset(THEMES), curiosity=0.0, habit=Habit.PLAIN)
    assert {dull.weight_for(number, Subject(THEMES[0], 10)) for number in range(200)} == {0}


@pytest.mark.parametrize(
    ("draw", "habit"),
    [
        (0.0, Habit.NEVER), (0.059, Habit.NEVER), (0.061, Habit.TWICE), (0.139, Habit.TWICE), (0.141, Habit.UNDO),
        (0.239, Habit.UNDO), (0.241, Habit.AGAIN), (0.299, Habit.AGAIN), (0.301, Habit.PLAIN), (0.999, Habit.PLAIN),
    ],
)
def test_habits_have_their_shares(draw: float, habit: Habit) -> None:
    assert habit_of(draw) is habit


def test_topics_of_a_rehearsal_have_every_length_and_need() -> None:
    forms = [topic_form(number) for number in range(1, 27)]
    assert [number for number, form in enumerate(forms, 1) if form["length"] == "2"] == [13, 26]
    assert [number for number, form in enumerate(forms, 1) if form["needs"]] == [5, 10, 15, 20, 25]
    assert len({form["title"] for form in forms}) == 26
    assert {subject_of(number).theme for number in range(5)} == set(THEMES)
    assert {subject_of(number).popularity for number in range(30)} == {6, 7, 8, 9, 10}


def test_posters_are_the_wall_and_every_door(source: Conference) -> None:
    doors = [f"/kogk18/tuer/{room.pk}" for room in source.rooms.order_by("position")]
    assert paths_of(source) == ["/kogk18/leinwand/1", *doors]


# The report.


@settings(max_examples=40)
@given(st.lists(st.floats(0, 1000), min_size=1, max_size=50), st.floats(0.01, 1.0))
def test_percentile_is_the_least_value_that_enough_do_not_exceed(values: list[float], share: float) -> None:
    found = percentile(values, share)
    needed = math.ceil(share * len(values))
    assert sum(value <= found for value in values) >= needed > sum(value < found for value in values)
    assert milliseconds(0.01234) == 12.3


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"), ({"LANG": "de_DE.UTF-8"}, "de"), ({"LANG": "de_AT", "LC_ALL": "C"}, "en"),
        ({"LANG": "C", "LC_MESSAGES": "de"}, "de"), ({"LANG": "de_DE", "LC_ALL": ""}, "de"), ({"LANG": "en_GB"}, "en"),
    ],
)
def test_terminal_speaks_german_where_it_is_set_up_so(environment: dict[str, str], language: str) -> None:
    assert terminal_language(environment) == language
