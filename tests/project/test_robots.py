"""What robots read, want and measure."""

from __future__ import annotations

import asyncio
import uuid
from collections import Counter
from copy import deepcopy

import pytest

from offenraum.barcamp.models import Interest
from offenraum.barcamp.queries import public_topics
from offenraum.project.demo import day
from offenraum.project.demo.setup import Demo, setup_demo
from offenraum.project.robots.browser import Browser
from offenraum.project.robots.ending import end_all
from offenraum.project.robots.events import EventReader, StreamEvent
from offenraum.project.robots.freshness import is_stale
from offenraum.project.robots.page import ShownRegion, Votable, comparable, hidden_fields, regions_in, votables_in
from offenraum.project.robots.recount import Recount, recount
from offenraum.project.robots.report import Report, percentile
from offenraum.project.robots.robot import Ledger, Robot, Wish
from offenraum.project.robots.screen import Screen
from offenraum.project.robots.tastes import Habit, Subject, taste_of
from offenraum.project.robots.wire import Head, Site, Unreachable, read_head
from offenraum.seats.actions.checkin import check_in
from tests.day import NOON

SITE = Site("127.0.0.1", 1, is_secure=False)
THEMES = ["a", "b", "c", "d", "e"]
KEY = "k/pitch/de/0"


def test_event_reader_cuts_pieces_wherever_they_end() -> None:
    stream = b"retry: 900\n\nevent: region\nid: 1-2\ndata: {\ndata: }\n\n: note\n\nevent: beat\nid: 1-2\ndata: 1-2\n\n"
    for size in (1, 7, 1000):
        reader = EventReader()
        pieces = [stream[start : start + size] for start in range(0, len(stream), size)]
        events = [event for piece in pieces for event in reader.feed(piece)]
        assert events == [StreamEvent("region", "{\n}", "1-2"), StreamEvent("beat", "1-2", "1-2")]


def test_event_reader_keeps_letters_together_that_two_pieces_share() -> None:
    reader = EventReader()
    raw = "data: Bürger\n\n".encode()
    assert reader.feed(raw[:8]) + reader.feed(raw[8:]) == [StreamEvent("message", "Bürger", "")]


def test_regions_in_finds_nested_regions_without_own_votes() -> None:
    html = (
        '<main><section id="a" data-region="k/a/de/0" data-version="1-2" aria-label="A"><section>1</section>'
        '<button aria-pressed="true">x</button></section><section id="b" data-region="k/b/de/0" data-version="1-3">'
        "</section></main>"
    )
    assert regions_in(html) == [
        ShownRegion("k/a/de/0", "1-2", '<section>1</section><button aria-pressed="false">x</button>'),
        ShownRegion("k/b/de/0", "1-3", ""),
    ]


def test_votables_in_names_each_topic_once() -> None:
    button = '<button formaction="/k/themen/7/interesse" data-vote="19" data-weight="1">'
    assert votables_in(button + button) == [Votable(number=7, topic=19)]


def test_hidden_fields_reads_values_as_they_were_meant() -> None:
    html = '<input type="hidden" name="a" value="1 &amp; 2"><input name="b" type="text"><input type="hidden" name="c">'
    assert hidden_fields(html) == {"a": "1 & 2", "c": ""}


def test_read_head_keeps_every_cookie() -> None:
    head = read_head(b"HTTP/1.1 302 Found\r\nSet-Cookie: a=1; Path=/\r\nset-cookie: b=2\r\nLocation: /x\r\n\r\n")
    assert head == Head(302, (("set-cookie", "a=1; Path=/"), ("set-cookie", "b=2"), ("location", "/x")))
    browser = Browser(SITE)
    browser.keep_cookies(head)
    assert browser.cookies == {"a": "1", "b": "2"}


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"), ("https://camp.example", "https://camp.example"),
        ("http://camp.example:80/", "http://camp.example"), ("http://camp.example:443", "http://camp.example:443"),
        ("https://camp.example:80", "https://camp.example:80"), ("http://[::1]:8000", "http://[::1]:8000"),
        ("https://[::1]", "https://[::1]"),
    ],
)
def test_site_names_itself_as_browsers_do(url: str, origin: str) -> None:
    assert (Site.at(url).origin, Site.at(origin)) == (origin, Site.at(url))


@pytest.mark.parametrize(
    "said", [b"SSH-2.0-OpenSSH\r\n\r\n", b"HTTP/1.1 ok\r\n\r\n", b"\r\n\r\n", b"HTTP/1.1 200 OK\r\n", b"x" * 100_000]
)
def test_browser_says_that_what_answers_speaks_no_http(said: bytes) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(said)
        writer.close()

    async def run() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        with pytest.raises(Unreachable):
            await Browser(Site("127.0.0.1", server.sockets[0].getsockname()[1], is_secure=False)).get("/")
        server.close()

    asyncio.run(run())


def test_browser_says_that_nobody_answers() -> None:
    with pytest.raises(Unreachable):
        asyncio.run(Browser(SITE).get("/"))


def test_browser_begins_a_new_connection_when_the_server_has_hung_up() -> None:
    opened: list[int] = []

    async def answer_once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        opened.append(1)
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        await reader.read(1)
        writer.close()

    async def run() -> list[str]:
        server = await asyncio.start_server(answer_once, "127.0.0.1", 0)
        browser = Browser(Site("127.0.0.1", server.sockets[0].getsockname()[1], is_secure=False))
        answers = [(await browser.get("/")).text, (await browser.post("/", {"a": 1})).text]
        browser.close()
        server.close()
        return answers

    assert asyncio.run(run()) == ["ok", "ok"]
    assert len(opened) == 2


def test_browser_reads_chunks() -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=1\r\nde\r\n0\r\n\r\n")
        writer.close()

    async def run() -> str:
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        browser = Browser(Site("127.0.0.1", server.sockets[0].getsockname()[1], is_secure=False))
        text = (await browser.get("/")).text
        browser.close()
        server.close()
        return text

    assert asyncio.run(run()) == "abcde"


def test_taste_of_gives_everybody_the_same_taste_again() -> None:
    assert taste_of(7, THEMES) == taste_of(7, THEMES)
    subject = Subject("a", 8)
    assert taste_of(7, THEMES).weight_for(3, subject) == taste_of(7, THEMES).weight_for(3, subject)


def test_tastes_are_clustered_and_fall_with_popularity() -> None:
    crowd = [taste_of(seed, THEMES) for seed in range(600)]
    own = sum(taste.weight_for(1, Subject("a", 8)) > 0 for taste in crowd if "a" in taste.themes)
    others = sum(taste.weight_for(1, Subject("a", 8)) > 0 for taste in crowd if "a" not in taste.themes)
    unpopular = sum(taste.weight_for(1, Subject("a", 2)) > 0 for taste in crowd)
    fans = sum("a" in taste.themes for taste in crowd)
    assert own / fans > 2 * others / (600 - fans)
    assert unpopular < (own + others) / 3


def test_tastes_have_every_habit() -> None:
    habits = Counter(taste_of(seed, THEMES).habit for seed in range(1000))
    assert set(habits) == set(Habit)
    assert habits[Habit.PLAIN] > 600
    assert 30 < habits[Habit.NEVER] < 100


def test_comparable_leaves_out_the_instant_of_rendering_only() -> None:
    instant = '<p><time datetime="2018-09-04T12:00:31.008847+02:00">12:00</time></p>'
    session = '<time datetime="2018-09-04T12:00:00+02:00">12:00</time>'
    assert comparable(instant + session) == "<p></p>" + session


def test_end_all_ends_what_overhears_the_first_call() -> None:
    heard: list[int] = []

    async def stubborn() -> None:
        while len(heard) < 2:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                heard.append(1)

    async def run() -> bool:
        task = asyncio.create_task(stubborn())
        await asyncio.sleep(0)
        await end_all([task])
        return task.done()

    assert asyncio.run(run()) is True


def test_percentile_takes_the_value_that_the_share_does_not_exceed() -> None:
    assert [percentile(list(range(1, 101)), share) for share in (0.5, 0.99, 1.0)] == [50, 99, 100]
    assert percentile([], 0.99) == 0.0


def test_screen_never_goes_back_to_an_older_state() -> None:
    screen = Screen(Browser(SITE), "/k/jetzt")
    screen.show(ShownRegion(KEY, "a-2", "two"))
    screen.show(ShownRegion(KEY, "a-1", "one"))
    assert screen.shown[KEY].html == "two"
    screen.show(ShownRegion(KEY, "a-10", "sixteen"))
    assert [arrival.version for arrival in screen.arrivals] == ["a-2", "a-10"]


@pytest.mark.parametrize(
    ("version", "html", "expected"), [("a-2", "two", False), ("a-1", "two", True), ("a-2", "one", True)]
)
def test_screen_is_stale_when_version_or_content_differ(version: str, html: str, expected: bool) -> None:
    screen = Screen(Browser(SITE), "/k/jetzt")
    screen.show(ShownRegion(KEY, version, html))
    assert is_stale(screen, {KEY: ("a-2", "two")}) is expected


def test_screen_that_shows_nothing_is_stale() -> None:
    assert is_stale(Screen(Browser(SITE), "/k/jetzt"), {}) is True


@pytest.fixture(scope="module")
def made(kept: None) -> Demo:
    made = setup_demo(people=3, shows_at=day.at(11, 25), speed=1, now=NOON)
    for new in made.crowd.robots:
        check_in(seat=new.seat, now=NOON)
    return made


@pytest.fixture
def demo(made: Demo, db: None) -> Demo:
    """As it was made, whatever other tests have done with it."""
    return deepcopy(made)


def robots_of(demo: Demo) -> dict[int, Robot]:
    return {
        new.seat.pk: Robot(
            site=SITE, slug="kogk18", code=new.code, taste=taste_of(new.seat.number, THEMES), ledger=Ledger()
        )
        for new in demo.crowd.robots
    }


def vote_in_both(demo: Demo, robots: dict[int, Robot]) -> list[Interest]:
    """Every robot has an acknowledged vote on the first two topics, and the database has it."""
    topics = list(public_topics(demo.conference)[:2])
    rows = [
        Interest(topic=topic, seat_id=seat, weight=1, key=uuid.uuid4(), changed_at=NOON, shown_at=NOON)
        for seat in robots
        for topic in topics
    ]
    for row in rows:
        wish = Wish(topic=row.topic_id, weight=1, key=row.key, is_acknowledged=True)
        robots[row.seat_id].wishes[row.topic.number] = wish
    return Interest.objects.bulk_create(rows)


def count(demo: Demo, robots: dict[int, Robot], late: int = 0) -> Recount:
    return recount(conference=demo.conference, robots=robots, late=late)


def test_recount_finds_every_vote(demo: Demo) -> None:
    robots = robots_of(demo)
    vote_in_both(demo, robots)
    assert count(demo, robots) == Recount(sent=6, acknowledged=6, counted=6, lost=0, double=0)


def test_recount_misses_a_vote_that_the_database_has_lost(demo: Demo) -> None:
    robots = robots_of(demo)
    vote_in_both(demo, robots)[0].delete()
    assert count(demo, robots) == Recount(sent=6, acknowledged=6, counted=5, lost=1, double=0)


@pytest.mark.long
def test_recount_misses_a_vote_that_was_changed_behind_the_robots_back(demo: Demo) -> None:
    robots = robots_of(demo)
    rows = vote_in_both(demo, robots)
    Interest.objects.filter(pk=rows[0].pk).update(weight=0)
    assert count(demo, robots).lost == 1


@pytest.mark.long
def test_recount_finds_votes_that_nobody_cast_or_that_came_too_late(demo: Demo) -> None:
    robots = robots_of(demo)
    rows = vote_in_both(demo, robots)
    del robots[rows[0].seat_id].wishes[rows[0].topic.number]
    assert count(demo, robots, late=2) == Recount(sent=5, acknowledged=5, counted=6, lost=0, double=3)


@pytest.mark.long
def test_recount_does_not_blame_the_server_for_an_answer_that_never_came(demo: Demo) -> None:
    robots = robots_of(demo)
    row = vote_in_both(demo, robots)[0]
    earlier = robots[row.seat_id].wishes[row.topic.number]
    later = Wish(topic=row.topic_id, weight=0, key=uuid.uuid4(), earlier=earlier)
    robots[row.seat_id].wishes[row.topic.number] = later
    assert count(demo, robots).lost == 0
    Interest.objects.filter(pk=row.pk).update(weight=0, key=later.key)
    assert (count(demo, robots).lost, count(demo, robots).double) == (0, 0)


def test_recount_sees_votes_of_seats_that_are_not_counted(demo: Demo) -> None:
    robots = robots_of(demo)
    vote_in_both(demo, robots)
    demo.conference.seats.update(checked_in_at=None)
    assert count(demo, robots) == Recount(sent=6, acknowledged=6, counted=0, lost=6, double=0)


@pytest.mark.parametrize("fault", ["votes_lost", "votes_double", "screens_stale", "running_sessions_moved"])
def test_report_is_bad_when_anything_is_lost_double_or_stale(fault: str) -> None:
    values = dict.fromkeys(Report.__dataclass_fields__, 0)
    values |= {"tally_equals_recount": True, "merges_undone_exactly": True}
    assert Report(**values).is_good is True
    assert Report(**values | {fault: 1}).is_good is False
