"""One server for pages, static files, regions and the stream."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest
from django.conf import settings

from offenraum.project.asgi import Application
from tests.live.servers import RunningServer, running

STYLES = Path(__file__).resolve().parent.parent.parent / "offenraum/kit/static/kit"


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    with running(Application(settings.OPTIONS)) as server:
        yield server


@pytest.fixture(scope="module")
def style() -> str:
    """The name of the built style sheet."""
    return next(path.name for path in STYLES.iterdir() if re.fullmatch(r"app\.\w+\.css", path.name))


@pytest.mark.parametrize(("accepted", "encoding"), [("gzip, br", "br"), ("gzip", "gzip"), ("identity", None)])
def test_static_file_is_sent_compressed_and_kept_for_ever(
    server: RunningServer, style: str, accepted: str, encoding: str | None
) -> None:
    with server.raw(f"/static/kit/{style}", {"Accept-Encoding": accepted}) as answer:
        body = b"".join(answer.iter_raw())
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding]
    assert answer.headers.get("content-encoding") == encoding
    assert unpack(body) == (STYLES / style).read_bytes()
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert int(answer.headers["content-length"]) == len(body)


def test_static_file_whose_name_has_no_digest_is_asked_again(server: RunningServer) -> None:
    first = server.get("/static/kit/manifest.json")
    again = server.get("/static/kit/manifest.json", headers={"If-None-Match": first.headers["etag"]})
    assert (first.headers["cache-control"], again.status_code, again.content) == ("public, no-cache", 304, b"")


def test_head_of_a_static_file_has_no_body(server: RunningServer, style: str) -> None:
    answer = server.request("HEAD", f"/static/kit/{style}")
    assert (answer.status_code, answer.content, int(answer.headers["content-length"]) > 1000) == (200, b"", True)


@pytest.mark.parametrize(
    "path",
    ["/static/", "/static/kit", "/static/kit/../apps.py", "/static/%2e%2e/a.py", "/static//etc/passwd", "/static/%00"],
)
def test_what_is_no_static_file_is_not_found(server: RunningServer, path: str) -> None:
    with server.connect(f"GET {path} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n".encode()) as bare:
        assert bare.recv(1 << 16).startswith(b"HTTP/1.1 404")


def test_static_file_is_not_written(server: RunningServer, style: str) -> None:
    assert server.post(f"/static/kit/{style}").status_code == 405


def test_pages_come_from_django(server: RunningServer) -> None:
    answer = server.get("/konto/none", headers={"Host": "127.0.0.1"})
    assert (answer.status_code, "default-src 'none'" in answer.headers["content-security-policy"]) == (404, True)


def test_foreign_host_is_refused(server: RunningServer) -> None:
    assert server.get("/konto/login/", headers={"Host": "elsewhere.example"}).status_code == 400
