"""Django's pages behind the event loop."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.test import override_settings
from django.urls import path

from offenraum.project.guard import BodyGuard, Limits
from offenraum.project.wsgi import Pages
from tests.live.servers import WAIT_SECONDS, RunningServer, running, wait_until

THREADS = 2
PART = b"x" * 100_000
PARTS = 300


def told(request: HttpRequest, rest: str) -> JsonResponse:
    """What the view sees of the request."""
    return JsonResponse({
        "method": request.method, "path": request.path, "rest": rest, "q": request.GET.get("q"),
        "body": request.body.decode(), "field": request.POST.get("field"),
        "header": request.headers.get("X-Twice"),
        "host": request.get_host(),
        "address": request.META["REMOTE_ADDR"], "scheme": request.scheme,
    })


def cookies(request: HttpRequest) -> HttpResponse:
    response = HttpResponse("ok", status=202)
    response.set_cookie("a", "1")
    response.set_cookie("b", "2")
    return response


def download(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(PART for _ in range(PARTS))


def wrong(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


urlpatterns = [
    path("told/<str:rest>", told), path("cookies", cookies), path("download", download), path("wrong", wrong),
]


@pytest.fixture(scope="module")
def server() -> Iterator[RunningServer]:
    with override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[], CSRF_USE_SESSIONS=False):
        pages = BodyGuard(Pages(WSGIHandler(), threads=THREADS), Limits(stalled_seconds=WAIT_SECONDS))
        with running(pages) as server:
            yield server


def test_view_sees_the_whole_request(server: RunningServer) -> None:
    answer = server.post(
        "/told/stra%C3%9Fe?q=%C3%A4%20b", content="field=gr%C3%BCn",
        headers=[("Content-Type", "application/x-www-form-urlencoded"), ("X-Twice", "1"), ("X-Twice", "2")],
    )
    assert answer.json() == {
        "method": "POST", "path": "/told/straße", "rest": "straße", "q": "ä b",
        "body": "field=gr%C3%BCn", "field": "grün", "header": "1,2",
        "host": server.url.removeprefix("http://"), "address": "127.0.0.1", "scheme": "http",
    }


def test_header_with_an_underscore_does_not_pass_for_the_one_that_a_proxy_sets(server: RunningServer) -> None:
    """Without that, whoever sends `X_Twice` speaks for the proxy in front."""
    assert server.get("/told/x", headers={"X_Twice": "forged"}).json()["header"] is None
    both = server.get("/told/x", headers=[("X_Twice", "forged"), ("X-Twice", "real")])
    assert both.json()["header"] == "real"


def test_body_without_a_length_reaches_the_view(server: RunningServer) -> None:
    answer = server.post("/told/x", content=iter([b"ab", b"c"]))
    assert json.loads(answer.content)["body"] == "abc"


def test_status_and_all_cookies_arrive(server: RunningServer) -> None:
    answer = server.get("/cookies")
    assert (answer.status_code, dict(answer.cookies)) == (202, {"a": "1", "b": "2"})


def test_head_has_no_body(server: RunningServer) -> None:
    assert server.request("HEAD", "/cookies").content == b""


def test_view_that_fails_is_answered(server: RunningServer) -> None:
    with override_settings(DEBUG_PROPAGATE_EXCEPTIONS=False):
        assert server.get("/wrong").status_code == 500


def test_slow_downloads_hold_no_thread_of_the_pages(server: RunningServer) -> None:
    request = b"GET /download HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    downloads = [server.connect(request) for _ in range(THREADS + 2)]
    wait_until(lambda: sum(thread.name.startswith("download") for thread in threading.enumerate()) >= THREADS + 2)
    assert [server.get("/cookies").status_code for _ in range(5)] == [202] * 5
    for bare in downloads:
        size = 0
        while part := bare.recv(1 << 20):
            size += len(part)
        assert size > PARTS * len(PART)
        bare.close()


def test_download_that_is_broken_off_ends(server: RunningServer) -> None:
    with server.connect(b"GET /download HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n") as bare:
        bare.recv(1000)
    assert server.get("/cookies").status_code == 202
    wait_until(lambda: len(server.server.server_state.tasks) == 0)
