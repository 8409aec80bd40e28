"""What a screen receives, from a real server over a real connection."""

from __future__ import annotations

import gzip
import time
from base64 import b64decode

import pytest

from offenraum.live.regions import region_html
from offenraum.live.tokens import LIFE_SECONDS, token_for
from offenraum.live.wire import read_tag
from tests.live.servers import SCOPE, RunningServer, Stream, change, change_from_outside, count

pytestmark = pytest.mark.postgres
BOARD = f"{SCOPE}/board/de/0"
SECRET = f"{SCOPE}/secret/de/0"
PLENUM = f"{SCOPE}/plenum/de/0"
ARCHIVE = f"{SCOPE}/archive/de/0"
FIGURES = f"{SCOPE}/figures/de/0"


def version(key: str) -> str:
    return region_html(key).version_tag


def read_until(stream: Stream, html: str) -> int:
    """Read region events until one shows `html`; how many there were."""
    for number in range(1, 1000):
        if stream.next("region").region.get("html") == html:
            return number
    raise AssertionError(html)


def test_change_reaches_the_screen_with_its_html(server: RunningServer) -> None:
    with server.stream({"key": BOARD, "since": version(BOARD)}) as stream:
        stream.next("beat")
        change("board")
        event = stream.next("region")
    assert event.region == {"id": "board", "key": BOARD, "version": version(BOARD), "html": "<p>board 2</p>"}
    assert event.id == version(BOARD)


def test_change_between_page_and_stream_is_sent_first(server: RunningServer) -> None:
    shown = version(BOARD)
    change("board")
    with server.stream({"key": BOARD, "since": shown}) as stream:
        assert stream.next().region["html"] == "<p>board 2</p>"


def test_page_that_is_current_receives_no_region(server: RunningServer) -> None:
    with server.stream({"key": BOARD, "since": version(BOARD)}) as stream:
        event = stream.next()
    assert (event.name, event.data) == ("beat", version(BOARD))


@pytest.mark.parametrize("since", ["", "0-0", "nonsense", "1-1.1-1"])
def test_page_of_unknown_state_receives_the_snapshot(server: RunningServer, since: str) -> None:
    with server.stream({"key": BOARD, "since": since}) as stream:
        assert stream.next().region["html"] == "<p>board 1</p>"


def test_page_from_another_life_of_the_database_receives_the_snapshot(server: RunningServer) -> None:
    later = f"{read_tag(version(BOARD)).epoch + 10:x}-ff"
    with server.stream({"key": BOARD, "since": later}) as stream:
        assert stream.next().region["html"] == "<p>board 1</p>"


def test_last_event_id_beats_the_address(server: RunningServer) -> None:
    shown = version(BOARD)
    change("board")
    with server.stream({"key": BOARD, "since": shown}, {"Last-Event-ID": version(BOARD)}) as stream:
        assert stream.next().name == "beat"


def test_screen_with_several_regions_receives_each_and_claims_only_what_came(server: RunningServer) -> None:
    keys = sorted([BOARD, FIGURES, f"{SCOPE}/door/de/0/7"])
    with server.stream({"key": keys}) as stream:
        events = [stream.next("region") for _ in keys]
    told = [version(key) for key in keys]
    assert [event.region["key"] for event in events] == keys
    assert [event.id.split(".") for event in events] == [[told[0], "0-0", "0-0"], [*told[:2], "0-0"], told]


def test_change_of_another_region_is_not_sent(server: RunningServer) -> None:
    with server.stream({"key": f"{SCOPE}/door/de/0/7"}) as stream:
        stream.next("beat")
        change("room-8")
        change("room-7")
        assert stream.next().region["html"] == "<p>room-7 2</p>"


def test_two_languages_are_rendered_apart(server: RunningServer) -> None:
    with server.stream({"key": f"{SCOPE}/board/en/0"}) as stream, server.stream({"key": BOARD}) as other:
        assert [stream.next().region["key"], other.next().region["key"]] == [f"{SCOPE}/board/en/0", BOARD]


def test_middle_sized_region_comes_packed(server: RunningServer) -> None:
    with server.stream({"key": PLENUM, "since": version(PLENUM)}) as stream:
        stream.next("beat")
        change("round")
        told = stream.next("region").region
    html = gzip.decompress(b64decode(told["packed"])).decode()
    assert ("html" in told, html) == (False, server.get(told["fetch"]).text)
    assert html.startswith("<p>round 2</p>x")


def test_large_region_is_announced_and_fetched(server: RunningServer) -> None:
    with server.stream({"key": ARCHIVE, "since": version(ARCHIVE)}) as stream:
        stream.next("beat")
        change("round")
        told = stream.next("region").region
    answer = server.get(told["fetch"])
    assert ("html" in told, "packed" in told, told["within"]) == (False, False, 0)
    assert answer.headers["x-version"] == told["version"]
    assert answer.text.startswith("<p>round 2</p>")


def test_many_votes_are_one_message_a_tick(server: RunningServer) -> None:
    with server.stream({"key": FIGURES, "since": version(FIGURES)}) as stream:
        stream.next("beat")
        started = time.monotonic()
        for _ in range(60):
            change("tally")
        messages = read_until(stream, "<p>tally 61</p>")
        seconds = time.monotonic() - started
    assert messages <= seconds / 0.2 + 1


def test_steady_votes_do_not_hold_back_the_figures(server: RunningServer) -> None:
    with server.stream({"key": FIGURES, "since": version(FIGURES)}) as stream:
        stream.next("beat")
        for _ in range(10):
            change("tally")
        first = stream.next("region").region
        change("tally")
        second = stream.next("region").region
    assert first["html"] != second["html"]


def test_change_by_another_process_reaches_the_screen(server: RunningServer) -> None:
    with server.stream({"key": BOARD, "since": version(BOARD)}) as stream:
        stream.next("beat")
        change_from_outside("board")
        assert stream.next("region").region["html"] == "<p>board 2</p>"


def test_region_that_cannot_be_rendered_does_not_hold_back_others(server: RunningServer) -> None:
    with server.stream({"key": [BOARD, f"{SCOPE}/broken/de/0"]}) as stream:
        stream.next("beat")
        change("board")
        assert stream.next("region").region["html"] == "<p>board 2</p>"


def test_desk_is_not_shown_without_a_token(server: RunningServer) -> None:
    other = token_for([f"{SCOPE}/secret/en/0"], time.time())
    over = token_for([SECRET], time.time() - LIFE_SECONDS - 1)
    answers = [
        server.get(path, params=params)
        for path in ("/live/stream", "/live/versions")
        for params in ({"key": SECRET}, {"token": over}, {"key": [BOARD, SECRET], "token": other}, {"token": "x"}, {})
    ]
    answers += [server.get(f"/frag/{SECRET}", params=params) for params in ({}, {"token": other}, {"token": over})]
    assert {answer.status_code for answer in answers} == {403}
    assert not any("plan" in answer.text for answer in answers)


def test_desk_is_shown_with_its_token(server: RunningServer) -> None:
    token = token_for([SECRET], time.time())
    with server.stream({"token": token, "key": BOARD}) as stream:
        shown = [stream.next().region["html"], stream.next().region["html"]]
    answer = server.get(f"/frag/{SECRET}", params={"token": token})
    assert (shown, answer.text) == (["<p>board 1</p>", "<p>plan 1</p>"], "<p>plan 1</p>")
    assert answer.headers["cache-control"] == "private, no-cache"


def test_desk_stream_ends_with_its_token(server: RunningServer) -> None:
    token = token_for([SECRET], time.time() - LIFE_SECONDS + 3)
    with server.stream({"token": token}) as stream:
        stream.next("beat")
        with pytest.raises(EOFError):
            stream.next("beat")


def test_versions_tell_a_page_that_was_hidden_what_is_new(server: RunningServer) -> None:
    first = server.get("/live/versions", params={"key": [BOARD, FIGURES]}).json()
    change("board")
    second = server.get("/live/versions", params={"key": [BOARD, FIGURES]}).json()
    assert (second, first[FIGURES]) == ({BOARD: version(BOARD), FIGURES: version(FIGURES)}, second[FIGURES])
    assert first[BOARD] != second[BOARD]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/live/", 404), ("/live/stream?key=conf/none/de/0", 404), ("/live/stream?key=%00", 404),
        ("/live/stream?key=conf/board/xx/0", 404), ("/live/stream?key=conf/board/de/16", 404), ("/live/other", 404),
        ("/live/stream?" + "key=conf/board/de/0&" * 200, 404),
    ],
)
def test_what_does_not_exist_is_refused(server: RunningServer, path: str, status: int) -> None:
    assert server.get(path).status_code == status


def test_stream_is_only_read(server: RunningServer) -> None:
    assert server.post(f"/live/stream?key={BOARD}").status_code == 405


def test_retry_times_are_spread(server: RunningServer) -> None:
    retries = []
    for _ in range(8):
        with server.stream({"key": BOARD}) as stream:
            stream.next()
            retries += stream.retry
    assert len(retries) == 8
    assert len(set(retries)) > 1
    assert all(300 <= retry <= 4000 for retry in retries)


def test_streams_end_at_once_when_the_server_stops(server: RunningServer) -> None:
    with server.stream({"key": BOARD}) as stream:
        stream.next("beat")
        server.config.timeout_graceful_shutdown = 90
        started = time.monotonic()
        server.server.should_exit = True
        with pytest.raises(EOFError):
            stream.next("region")
        server.thread.join()
    assert time.monotonic() - started < 60
    assert count("board") == 1
