"""The demonstration: what it says about the real day, what it invents, and that it runs."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from django.utils import timezone, translation

from offenraum.barcamp.actions.rounds import open_round
from offenraum.barcamp.models import Interest, Round, Topic
from offenraum.barcamp.queries import pitches_of, public_topics
from offenraum.conference.models import Conference, Slot, Speaker, Talk
from offenraum.conference.queries import grid_of, now_of, talks_of
from offenraum.kit.outbox import serve_one, worker_name
from offenraum.programme.models import Edition
from offenraum.programme.queries.draft import around_of, conflicts_of_draft, draft_of, room_facts
from offenraum.programme.tasks import PLANNING
from offenraum.project.demo import day
from offenraum.project.demo.director import is_untouched, next_step, trace_of
from offenraum.project.demo.finished import hold_round, vote_all
from offenraum.project.demo.folder import prepare_folder
from offenraum.project.demo.setup import Demo, setup_demo
from offenraum.project.demo.topics import Brought, demo_topics, hosts
from offenraum.project.options import OptionsError
from offenraum.project.robots.leading import lead
from offenraum.seats.actions.checkin import check_in
from offenraum.seats.models import Seat

NOW = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def made(kept: None) -> Demo:
    return setup_demo(people=40, shows_at=day.at(11, 25), speed=12, now=NOW)


@pytest.fixture
def demo(made: Demo, db: None) -> Demo:
    """As it was made, whatever other tests have done with it."""
    return deepcopy(made)


def test_setup_demo_shows_the_announced_timetable(demo: Demo) -> None:
    shown = [
        (f"{talk.starts_at.astimezone(day.ZONE):%H:%M}", talk.title, [speaker.name for speaker in talk.speakers.all()])
        for talk in talks_of(demo.conference)
    ]
    assert shown[:7] == [
        ("09:00", "Einlass", []),
        ("09:30", "Begrüßung", ["Dr. Stephan Keller"]),
        ("09:45", "Offenheit verpflichtet!", ["Dieter Hofmann", "Dr. Anke Knopp"]),
        ("10:00", "Bürgerfreundlich, offen, digital. Verwaltungskultur im Wandel", ["Christoph Dammermann"]),
        ("10:30", "It’s Openness, stupid!", ["Franz-Reinhard Habbel"]),
        ("11:00", "Anleitung zum Barcamp(ing)", ["Damian Paderta"]),
        ("11:30", "Sessionplanung", []),
    ]


def test_setup_demo_marks_its_grid_of_five_slots_and_six_rooms_as_invented(demo: Demo) -> None:
    grid = grid_of(demo.conference)
    assert (len(grid.slots), len(grid.rooms), len(grid.closed)) == (5, 6, 1)
    assert "erfunden" in demo.conference.grid_note
    assert not all(room.is_step_free for room in grid.rooms)
    assert [slot.number for slot in grid.slots if slot.follows_id] == [3]


def test_setup_demo_keeps_slots_apart_from_breaks_and_from_each_other(demo: Demo) -> None:
    slots = [(s.starts_at, s.ends_at) for s in Slot.objects.filter(conference=demo.conference)]
    talks = [(t.starts_at, t.ends_at) for t in Talk.objects.filter(conference=demo.conference)]
    spans = sorted(slots + talks)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


def test_setup_demo_puts_no_real_person_on_a_topic(demo: Demo) -> None:
    real = {speaker.name for speaker in Speaker.objects.filter(conference=demo.conference)}
    assert not real & set(hosts())
    assert not real & set(Seat.objects.values_list("name", flat=True))


def test_demo_topics_fit_their_columns_and_the_rooms(demo: Demo) -> None:
    topics = list(public_topics(demo.conference))
    assert len(topics) == 40
    for topic in topics:
        topic.full_clean()
    rooms = [room_facts(room).features for room in grid_of(demo.conference).rooms]
    assert [topic.title for topic in topics if not any(set(topic.needs) <= features for features in rooms)] == []
    assert sum(topic.length == 2 for topic in topics) == 2


def test_demo_topics_come_from_different_themes_and_times() -> None:
    topics = demo_topics()
    assert len({topic.theme for topic in topics}) == 5
    assert {topic.brought for topic in topics} == set(Brought)
    assert len({topic.title for topic in topics}) == len(topics)


def test_setup_demo_shows_the_time_of_its_own_clock(demo: Demo) -> None:
    assert demo.conference.clock.at(NOW) == day.at(11, 25)
    assert now_of(demo.conference).year == 2018 or not demo.conference.clock.is_real


def test_setup_demo_twice_leaves_one_conference(demo: Demo) -> None:
    again = setup_demo(people=5, shows_at=day.at(11, 25), speed=1, now=NOW, brought=[Brought.EARLIER])
    assert list(Conference.objects.all()) == [again.conference]
    assert Topic.objects.count() == sum(topic.brought == Brought.EARLIER for topic in demo_topics())


def test_setup_demo_with_few_people_still_has_hosts_and_badges_for_visitors(demo: Demo) -> None:
    small = setup_demo(people=0, shows_at=day.at(11, 25), speed=1, now=NOW)
    assert (len(small.crowd.robots), len(small.crowd.visitors)) == (0, 3)
    assert set(small.crowd.hosts) == set(hosts())


def test_finished_round_is_closed_with_every_pitch_held_and_every_vote_counting(demo: Demo) -> None:
    for new in demo.crowd.robots:
        check_in(seat=new.seat, now=NOW)
    vote_all(demo)
    hold_round(demo.conference)
    round_ = Round.objects.get(conference=demo.conference)
    assert round_.is_closed
    assert {pitch.state for pitch in pitches_of(round_)} == {"done"}
    assert Interest.objects.filter(seat__checked_in_at__isnull=True).count() == 0
    assert Interest.objects.count() > 3 * len(demo.crowd.robots)


def test_prepare_folder_forgets_the_settings_of_another_installation(tmp_path: Path) -> None:
    environment = {"OFFENRAUM_DATABASE": "postgres://real", "OFFENRAUM_HTTPS": "1", "PATH": "/bin"}
    assert prepare_folder(str(tmp_path / "demo"), environment) is False
    assert environment == {
        "PATH": "/bin", "OFFENRAUM_DATA": str(tmp_path / "demo"), "OFFENRAUM_SPECIMEN": "1",
    }
    assert (tmp_path / "demo" / "secret").stat().st_mode & 0o777 == 0o600


def test_prepare_folder_keeps_its_secret_for_the_next_time(tmp_path: Path) -> None:
    prepare_folder(str(tmp_path / "demo"), {})
    secret = (tmp_path / "demo" / "secret").read_text()
    prepare_folder(str(tmp_path / "demo"), {})
    assert (tmp_path / "demo" / "secret").read_text() == secret
    assert len(secret) > 40


def test_prepare_folder_refuses_somebody_elses_folder(tmp_path: Path) -> None:
    (tmp_path / "offenraum.sqlite3").touch()
    with pytest.raises(OptionsError, match="empty folder"):
        prepare_folder(str(tmp_path), {})


def test_director_leaves_the_round_alone_when_somebody_has_moderated(demo: Demo) -> None:
    trace, upcoming = trace_of(demo.conference), next_step(demo.conference)
    assert upcoming is not None
    lead(open_round, demo.conference, now=NOW)
    assert is_untouched(demo.conference, trace) is False
    assert is_untouched(demo.conference, trace_of(demo.conference)) is True


def test_director_leads_from_the_first_pitch_to_the_second_edition(db: None) -> None:
    demo, said = setup_demo(people=40, shows_at=day.at(11, 25), speed=1, now=timezone.now()), []
    with translation.override("en"):
        while (upcoming := next_step(demo.conference)) is not None:
            upcoming.act()
            said.append(str(upcoming.said))
            serve_one(PLANNING, worker=worker_name(), now=timezone.now)
    assert said[0] == "The round is open."
    assert said[1].startswith("Pitch 1 of 40")
    assert said[-7:] == [
        "Last call.", "The vote is closed.", "The planner works.", "The planner's proposal is the draft.",
        "The draft is on the wall.",
        "Edition 1 is published, the programme is on all screens.",
        "Edition 2 is published: two sessions have changed rooms.",
    ]
    assert len(Edition.objects.get(number=2).changes) == 2
    assert conflicts_of_draft(draft_of(demo.conference), around_of(demo.conference)) == []
