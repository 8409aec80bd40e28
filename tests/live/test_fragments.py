"""Regions by their address: cached bytes, asked again cheaply."""

from __future__ import annotations

import gzip

import brotli
import pytest

from offenraum.live.wire import Tag, read_tag
from tests.live.servers import SCOPE, RunningServer, change, change_from_outside, wait_until

pytestmark = pytest.mark.postgres
BOARD = f"/frag/{SCOPE}/board/de/0"
PLENUM = f"/frag/{SCOPE}/plenum/de/0"


def test_region_is_answered_with_its_version(server: RunningServer) -> None:
    answer = server.get(BOARD)
    assert (answer.text, answer.headers["cache-control"]) == ("<p>board 1</p>", "public, no-cache")
    assert read_tag(answer.headers["x-version"]).version == 1


def test_region_is_current_right_after_a_change(server: RunningServer) -> None:
    for number in range(2, 12):
        change("board")
        assert server.get(BOARD).text == f"<p>board {number}</p>"


def test_region_asked_with_its_version_is_kept_for_ever(server: RunningServer) -> None:
    version = server.get(BOARD).headers["x-version"]
    assert server.get(f"{BOARD}?v={version}").headers["cache-control"] == "public, max-age=31536000, immutable"


def test_region_asked_with_an_older_version_is_answered_with_the_newest(server: RunningServer) -> None:
    version = server.get(BOARD).headers["x-version"]
    change("board")
    answer = server.get(f"{BOARD}?v={version}")
    assert (answer.text, answer.headers["cache-control"]) == ("<p>board 2</p>", "public, no-cache")


def test_region_asked_with_a_version_this_process_has_not_seen_is_looked_up(server: RunningServer) -> None:
    tag = read_tag(server.get(BOARD).headers["x-version"])
    change_from_outside("board")
    assert server.get(f"{BOARD}?v={Tag(tag.epoch, 2)}").text == "<p>board 2</p>"


def test_region_that_is_unchanged_is_not_sent_again(server: RunningServer) -> None:
    etag = server.get(BOARD).headers["etag"]
    same = server.get(BOARD, headers={"If-None-Match": etag})
    change("round")
    still = server.get(BOARD, headers={"If-None-Match": etag})
    change("board")
    other = server.get(BOARD, headers={"If-None-Match": etag})
    assert [same.status_code, same.content, still.status_code, other.status_code] == [304, b"", 304, 200]


@pytest.mark.parametrize(("accepted", "encoding"), [("gzip, deflate, br", "br"), ("gzip;q=1.0", "gzip"), ("", None)])
def test_region_is_compressed_as_the_browser_likes(server: RunningServer, accepted: str, encoding: str | None) -> None:
    with server.raw(PLENUM, {"Accept-Encoding": accepted}) as answer:
        body = b"".join(answer.iter_raw())
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding]
    assert (answer.headers.get("content-encoding"), unpack(body)[:14]) == (encoding, b"<p>round 1</p>")
    assert (len(body) < 200) == (encoding is not None)


@pytest.mark.parametrize(
    "path", ["/frag/", f"/frag/{SCOPE}/none/de/0", f"/frag/{SCOPE}/board/de/99", "/frag/%00", "/frag/" + "a" * 9000]
)
def test_region_that_does_not_exist_is_not_found(server: RunningServer, path: str) -> None:
    assert server.get(path).status_code == 404


def test_regions_are_only_read(server: RunningServer) -> None:
    assert server.post(BOARD).status_code == 405


def test_change_from_outside_reaches_the_cache_by_itself(server: RunningServer) -> None:
    server.get(BOARD)
    change_from_outside("board")
    wait_until(lambda: server.get(BOARD).text == "<p>board 2</p>")
