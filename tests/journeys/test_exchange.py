"""What a conference exchanges with others, in a real browser: a programme taken over, notices to other servers."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Hall
from tests.journeys.test_page_types import judged, told_in
from tests.journeys.test_website import press
from tests.programme.test_importing import file_of

pytestmark = pytest.mark.browser


def chosen(page: Page, name: str, data: bytes) -> None:
    page.locator("[name=file]").set_input_files({"name": name, "mimeType": "text/plain", "buffer": data})
    press(page, "Datei ansehen")


@pytest.mark.parametrize("name", [pytest.param("schedule.json", marks=pytest.mark.long), "schedule.xml"])
def test_organiser_looks_at_a_programme_first_and_then_takes_it_over(
    make_hall: Callable[..., Hall], name: str
) -> None:
    old, new = make_hall(), make_hall()
    old.stage("fill_website")
    data = httpx.get(old.address(f"/export/{name}"), timeout=60).content
    page, visitor = new.organise(new.window(viewport={"width": 1280, "height": 900})), new.window()
    page.goto(new.address("/regie/inhalte/programmpunkte"))
    page.get_by_role("link", name="Programm aus einer Datei übernehmen").click()
    chosen(page, name, b"kaputt")
    expect(page.get_by_role("alert").first).to_be_visible()
    assert judged(page) == []
    chosen(page, name, data)
    expect(page.get_by_role("heading", name="Das ändert sich")).to_be_visible()
    page.locator("summary", has_text="Alle Einträge").click()
    expect(page.get_by_text("Offenheit (neu)")).to_be_visible()
    assert judged(page) == []
    visitor.goto(new.address("/programm"))
    expect(visitor.locator("#main a", has_text="Offenheit")).to_have_count(0)
    press(page, "Übernehmen")
    expect(told_in(page)).to_contain_text("neu")
    visitor.reload()
    expect(visitor.locator("#main a", has_text="Offenheit")).to_have_count(1)
    page.goto(new.address("/regie/einrichten/import"))
    chosen(page, name, data)
    expect(page.get_by_text("Nichts zu übernehmen")).to_be_visible()


def test_faults_of_a_file_are_named_and_nothing_is_offered(hall: Hall) -> None:
    page = hall.organise(hall.window(scripts=False))
    page.goto(hall.address("/regie/einrichten/import"))
    chosen(page, "schedule.json", file_of(duration="lang"))
    expect(page.get_by_role("alert").first).to_contain_text("Das ist keine Dauer wie 00:45.")
    expect(page.get_by_role("button", name="Übernehmen")).to_have_count(0)


@pytest.fixture
def receiver() -> Iterator[tuple[str, list[dict[str, object]]]]:
    """The municipality's own server: its address, and what it was told."""
    told: list[dict[str, object]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_parts: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/meldungen", told
    server.shutdown()
    server.server_close()


def added(page: Page, address: str) -> None:
    page.get_by_label("Adresse", exact=True).fill(address)
    page.get_by_label("Eine Fassung ist veröffentlicht").check()
    press(page, "Hinzufügen")


def test_other_server_is_told_of_an_edition_until_it_is_taken_away(
    hall: Hall, receiver: tuple[str, list[dict[str, object]]]
) -> None:
    address, told = receiver
    page = hall.organise(hall.window(viewport={"width": 1280, "height": 900}))
    page.goto(hall.address("/regie/einrichten/webhooks"))
    added(page, "ftp://example.org/x")
    expect(page.get_by_role("alert")).to_contain_text("Eine Adresse sieht so aus")
    assert judged(page) == []
    added(page, address)
    secret = told_in(page).locator("code").inner_text()
    assert len(secret) > 20
    assert judged(page) == []
    hall.stage("real_time")
    hall.stage("publish", places={"Offene Haushalte": (1, 1)})
    hall.stage("work")
    assert [one["event"] for one in told] == ["ping", "edition_published"]
    page.goto(hall.address("/regie/einrichten/webhooks"))
    assert secret not in page.content()
    expect(page.get_by_text("edition_published").first).to_be_visible()
    page.get_by_role("button", name="Beenden").click()
    expect(told_in(page)).to_be_visible()
    hall.stage("publish", places={"LoRaWAN im Dorf": (2, 1)})
    hall.stage("work")
    assert len(told) == 2
