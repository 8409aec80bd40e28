"""The parts of the demonstration: who is in it, what they bring when, what the director changes, what is said."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client
from django.utils import translation

from offenraum.barcamp.models import HostAbsence, Topic
from offenraum.conference.models import Conference, Room
from offenraum.programme.actions.draft import Taken
from offenraum.programme.queries.draft import draft_of
from offenraum.project.demo import day
from offenraum.project.demo.addresses import say_addresses
from offenraum.project.demo.cast import Cast, form_of, surprise, topics_of_hosts
from offenraum.project.demo.change import change_draft
from offenraum.project.demo.crowd import AWAY, topics_by
from offenraum.project.demo.director import real
from offenraum.project.demo.finished import subjects, themes
from offenraum.project.demo.folder import prepare_folder
from offenraum.project.demo.names import FIRST, LAST, invented_people
from offenraum.project.demo.setup import Demo, setup_demo
from offenraum.project.demo.topics import Brought, demo_topics
from offenraum.project.options import OptionsError
from offenraum.project.robots.server import ServerProcess
from offenraum.seats.models import Seat
from tests.builders import place
from tests.builders import sign_in as sign_in_seat
from tests.day import make_conference, make_topic

NOW = datetime(2026, 5, 4, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def made(kept: None) -> Demo:
    return setup_demo(people=40, shows_at=day.at(11, 25), speed=12, now=NOW, brought=[Brought.EARLIER])


@pytest.fixture
def demo(made: Demo, db: None) -> Demo:
    """As it was made, whatever other tests have done with it."""
    return deepcopy(made)


# People.


def test_invented_people_are_different_and_always_the_same() -> None:
    few, many = invented_people(50), invented_people(2000)
    assert len({person.name for person in many}) == 2000
    assert invented_people(50) == few
    assert all(person.name.split(" ", 1)[0] in FIRST and person.name.split(" ", 1)[1] in LAST for person in many)
    assert invented_people(0) == []


def test_demonstration_of_the_most_people_has_names_for_all() -> None:
    assert len(FIRST) * len(LAST) >= 2000
    assert len(set(FIRST)) == len(FIRST)
    assert len(set(LAST)) == len(LAST)


def test_robots_are_as_many_as_were_asked_for_and_the_hosts_come_first(demo: Demo) -> None:
    crowd = demo.crowd
    assert (len(crowd.robots), len(crowd.visitors)) == (40, 3)
    assert [new.seat.name for new in crowd.robots[:3]] == list(crowd.hosts)[:3]
    assert Seat.objects.filter(checked_in_at__isnull=False).count() == 3
    assert [new.seat.checked_in_at for new in crowd.robots] == [None] * 40


def test_some_hosts_are_away_in_slots_that_exist(demo: Demo) -> None:
    away = {}
    for absence in HostAbsence.objects.select_related("seat", "slot").order_by("slot__number"):
        away.setdefault(absence.seat.name, []).append(absence.slot.number)
    assert away == {host: list(numbers) for host, numbers in AWAY.items()}


# Topics.


def test_topics_come_at_three_times_and_all_of_them_once() -> None:
    parts = [topics_by([brought]) for brought in Brought]
    assert [bool(part) for part in parts] == [True] * 3
    titles = Counter(topic.title for part in parts for topic in part)
    assert titles == Counter(topic.title for topic in demo_topics())
    assert [topic.title for topic in topics_by(list(Brought))] == [t.title for t in topics_by(list(reversed(Brought)))]


def test_themes_take_turns_on_the_board() -> None:
    longest, run = 1, 1
    for one, other in pairwise(topics_by(list(Brought))):
        run = run + 1 if one.theme == other.theme else 1
        longest = max(longest, run)
    assert longest <= 5


def test_earlier_topics_stand_on_the_board_before_the_day_and_those_of_the_day_come_by_robots(demo: Demo) -> None:
    earlier = {topic.title for topic in topics_by([Brought.EARLIER])}
    assert set(Topic.objects.values_list("title", flat=True)) == earlier
    brings = topics_of_hosts(demo)
    assert {topic.title for topics in brings.values() for topic in topics} | earlier == {t.title for t in demo_topics()}
    assert set(brings) <= {new.code for new in demo.crowd.hosts.values()}


def test_what_robots_fill_in_during_the_day_is_taken_by_the_form(demo: Demo) -> None:
    badges = {new.code: new for new in demo.crowd.hosts.values()}
    brought = [(badges[code], topic) for code, topics in topics_of_hosts(demo).items() for topic in topics]
    answers = []
    for number, (badge, topic) in enumerate(brought):
        browser = sign_in_seat(badge)
        answers.append(browser.post("/kogk18/themen/neu", form_of(topic) | {"key": str(UUID(int=number, version=4))}))
    assert [answer.status_code for answer in answers] == [302] * len(brought)
    kept = {topic.title: (topic.about, topic.length, set(topic.needs)) for topic in Topic.objects.all()}
    for _badge, topic in brought:
        assert kept[topic.title] == (topic.about, topic.length, set(topic.needs))


def test_cast_knows_what_topics_are_about_and_is_surprised_by_those_of_visitors(demo: Demo) -> None:
    foreign = make_topic(demo.conference, "Thema eines Gastes")
    cast = Cast(demo, "http://127.0.0.1:1")
    cast.learn()
    known = {topic.number: subjects()[topic.title] for topic in Topic.objects.exclude(pk=foreign.pk)}
    assert cast.subjects == known | {foreign.number: surprise(foreign.number)}
    assert {surprise(number).theme for number in range(len(themes()))} == set(themes())


def test_progress_names_the_last_trouble_only_when_there_is_one(demo: Demo) -> None:
    cast = Cast(demo, "http://127.0.0.1:1")
    cast.arrived_count, cast.ledger.acknowledged_count = 3, 17
    with translation.override("en"):
        calm = cast.progress()
        cast.troubles += ["Refused: a", "Refused: b"]
        assert cast.progress() == f"{calm} In trouble: 2 (Refused: b)"
    assert calm == "3 people are here, 17 votes are in."


# The change after edition 1.


@pytest.fixture
def draft(db: None) -> Conference:
    """Slot 1 and 2 with two sessions each; rooms 1 and 2 alike, room 3 without steps and equipment of its own."""
    conference = make_conference("entwurf")
    Room.objects.filter(conference=conference).update(equipment=["projector"])
    topics = [make_topic(conference, f"Thema {n}") for n in range(1, 5)]
    place(conference, {topics[0]: (1, 1), topics[1]: (1, 2), topics[2]: (2, 1), topics[3]: (2, 2)})
    return conference


def places(conference: Conference) -> dict[str, tuple[int, int]]:
    return {p.topic.title: (p.slot.number, p.room.position) for p in draft_of(conference).values()}


def test_change_swaps_two_sessions_of_the_latest_slot(draft: Conference) -> None:
    change_draft(draft)
    assert places(draft) == {"Thema 1": (1, 1), "Thema 2": (1, 2), "Thema 3": (2, 2), "Thema 4": (2, 1)}


def test_change_goes_to_an_earlier_slot_when_a_room_lacks_what_a_session_needs(draft: Conference) -> None:
    Topic.objects.filter(title="Thema 4").update(needs=["projector"])
    Room.objects.filter(conference=draft, position=1).update(equipment=[])
    change_draft(draft)
    assert places(draft) == {"Thema 1": (1, 2), "Thema 2": (1, 1), "Thema 3": (2, 1), "Thema 4": (2, 2)}


def test_change_leaves_double_sessions_alone_and_says_when_nothing_can_change(draft: Conference) -> None:
    Topic.objects.filter(title__in=["Thema 2", "Thema 4"]).update(length=2)
    before = places(draft)
    with pytest.raises(Taken):
        change_draft(draft)
    with pytest.raises(Taken):
        change_draft(make_conference("leer"))
    assert places(draft) == before


# The director, the addresses, the folder.


@pytest.mark.parametrize(("speed", "seconds"), [(1.0, 120.0), (12.0, 10.0), (0.5, 240.0)])
def test_director_waits_by_the_conferences_clock(speed: float, seconds: float) -> None:
    assert real(Conference(clock_speed=speed), 120) == seconds


def test_addresses_that_are_said_lead_to_pages(demo: Demo, capsys: pytest.CaptureFixture[str]) -> None:
    with translation.override("en"):
        say_addresses(demo, url="http://127.0.0.1:8000", login="/konto/einmal/x")
    said = dict(line.strip().split("  ", 1) for line in capsys.readouterr().out.splitlines() if line.startswith("  "))
    assert list(said) == ["Start page", "Phone", "Desk", "Check-in", "Wall", "Door sign", "Badge"]
    addresses = {name: address.split()[0].removeprefix("http://127.0.0.1:8000") for name, address in said.items()}
    assert addresses.pop("Desk") == "/konto/einmal/x"
    answers = {name: Client().get(address).status_code for name, address in addresses.items()}
    assert answers == dict.fromkeys(addresses, 200) | {"Check-in": 302}, "whoever checks in signs in first"


def test_folder_of_a_demonstration_is_temporary_when_none_is_given(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    environment: dict[str, str] = {}
    assert prepare_folder(None, environment) is True
    (made,) = tmp_path.iterdir()
    assert (environment["OFFENRAUM_DATA"], made.stat().st_mode & 0o777) == (str(made), 0o700)


@pytest.mark.parametrize("name", ["offenraum.sqlite3", "secret", "letter.txt"])
def test_folder_with_anything_of_somebody_else_is_refused_and_stays(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine")
    environment = {"OFFENRAUM_DATA": "real", "PATH": "/bin"}
    with pytest.raises(OptionsError):
        prepare_folder(str(tmp_path), environment)
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == {name: "mine"}


def test_server_that_never_started_has_nothing_to_stop_and_its_last_words_are_kept(tmp_path: Path) -> None:
    server = ServerProcess(port=1, folder=tmp_path)
    server.stop()
    server.log.write_bytes(b"\n".join(b"line %d \xff" % number for number in range(40)))
    assert server.last_words().splitlines() == [f"line {number} \ufffd" for number in range(25, 40)]


def test_fixed_programme_leaves_room_for_every_slot() -> None:
    spans = [(item.starts_at, item.starts_at + timedelta(minutes=item.minutes)) for item in (*day.FIXED, *day.SLOTS)]
    assert all(one[1] <= other[0] for one, other in pairwise(sorted(spans)))
    assert {slot.follows for slot in day.SLOTS} <= {None, *(slot.number for slot in day.SLOTS)}
    assert {item.starts_at.utcoffset() for item in day.FIXED} == {timedelta(hours=2)}
