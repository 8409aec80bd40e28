"""The website of a conference in a real browser: made from nothing, read, shown on another site."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Hall

pytestmark = pytest.mark.browser


def logo() -> dict[str, object]:
    written = io.BytesIO()
    Image.new("RGB", (300, 100), "teal").save(written, "PNG")
    return {"name": "logo.png", "mimeType": "image/png", "buffer": written.getvalue()}


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_organiser_goes_from_nothing_to_a_published_page_without_scripts(hall: Hall) -> None:
    slug = f"neu-{hall.slug}"
    page = hall.organise(hall.window(scripts=False))
    page.goto(f"{hall.url}/konto/neu")
    page.get_by_label("Titel").fill("Offene Ämter 2027")
    page.get_by_label("Kurzname in der Adresse").fill(slug)
    page.get_by_label("Erster Tag").fill("2027-05-04")
    press(page, "Konferenz anlegen")
    expect(page.get_by_text("Diese Konferenz sieht noch niemand")).to_be_visible()

    page.get_by_role("link", name="Was, wann, wo").click()
    page.locator("[name=about]").fill("Ein Tag für **offene** Verwaltung.")
    page.locator("[name=city]").fill("50667 Köln")
    press(page, "Speichern")
    page.locator("#main").get_by_role("link", name="Impressum", exact=True).click()
    page.locator("[name=imprint]").fill("Stadt Köln, Rathausplatz 1")
    press(page, "Speichern")
    page.locator("#main").get_by_role("link", name="Partner", exact=True).click()
    page.get_by_role("link", name="Partner hinzufügen").click()
    page.locator("[name=name]").fill("Stadt Köln")
    page.locator("[name=upload]").set_input_files(logo())
    press(page, "Speichern")
    expect(page.get_by_role("alert")).to_contain_text("Was das Bild zeigt")
    page.locator("[name=upload]").set_input_files(logo())
    page.locator("[name=alt]").fill("Stadt Köln")
    press(page, "Speichern")
    page.get_by_role("link", name="Einrichten").first.click()
    press(page, "Konferenz veröffentlichen")

    visitor = hall.window()
    visitor.goto(f"{hall.url}/{slug}/")
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Offene Ämter 2027")
    expect(visitor.get_by_text("Dienstag, 4. Mai 2027")).to_be_visible()
    picture = visitor.get_by_role("img", name="Stadt Köln")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("image => image.naturalWidth") == 300


class OtherSite(BaseHTTPRequestHandler):
    """The municipality's own site, which shows what it was told to."""

    body = ""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self.body.encode())

    def log_message(self, *_parts: object) -> None:
        """Quiet."""


@pytest.fixture
def other_site() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), OtherSite)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_other_site_shows_the_programme_in_a_frame_and_nothing_else(hall: Hall, other_site: str) -> None:
    hall.stage("fill_website", frame_hosts=other_site.rstrip("/"))
    address = hall.address("/einbetten/programm")
    OtherSite.body = f'<!doctype html><iframe src="{address}"></iframe><script src="{address}.js"></script>'
    page = hall.chromium.new_page(locale="de-DE")
    page.goto(other_site)
    frame = page.frame_locator("iframe").first
    expect(frame.get_by_role("link", name="Offenheit")).to_be_visible()
    assert page.locator("iframe").count() == 2
    expect(page.locator("iframe").nth(1)).not_to_have_css("height", "600px")
    OtherSite.body = f'<!doctype html><iframe src="{hall.address("/programm")}"></iframe>'
    page.goto(other_site)
    expect(page.frame_locator("iframe").get_by_role("heading", name="Programm")).to_have_count(0)
    page.close()
