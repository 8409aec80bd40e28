"""The door: the camera, two desks, no network, no script, no https."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium import CHROMIUM_FLAGS, find_chromium
from tests.journeys.camera import film_of
from tests.journeys.conftest import Hall
from tests.servers import Server
from tests.waiting import eventually

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
IS_KEPT = "async () => Boolean((await caches.match(location.pathname)) && navigator.serviceWorker.controller)"
CODE = "Code des Ausweises"


@pytest.fixture
def people(hall: Hall) -> list[dict[str, str]]:
    return hall.stage("expect_people", names=["Mia Kaya", "Jörg Weiß", "Zoë Ñandú"])


@pytest.fixture
def filmed(hall: Hall, people: list[dict[str, str]], chromium: Browser, tmp_path: Path) -> Iterator[Browser]:
    """A browser whose camera sees the badge of Mia; `venue.test` is an address without https."""
    film = film_of(hall.address(f"/platz/{people[0]['secret']}"), tmp_path)
    browser = chromium.browser_type.launch(executable_path=find_chromium(), args=[
        *CHROMIUM_FLAGS, "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={film}", "--host-resolver-rules=MAP venue.test 127.0.0.1",
    ])
    yield browser
    browser.close()


def type_code(page: Page, code: str) -> None:
    page.get_by_label(CODE).fill(code)
    page.keyboard.press("Enter")


def verdict(page: Page, *words: str) -> None:
    """What fills the screen, and is said to those who do not see it; it goes by itself."""
    shown = page.locator("[data-verdict]")
    for word in words:
        expect(shown).to_contain_text(word)
        expect(page.locator("#checkin-said")).to_contain_text(word)
    expect(shown).to_be_hidden()


def test_helper_scans_a_badge_with_the_camera(
    hall: Hall, people: list[dict[str, str]], filmed: Browser, journey_server: Server
) -> None:
    hall.chromium = filmed
    page = hall.help(hall.window())
    verdict(page, "Eingecheckt", "Mia Kaya", "Stadt Köln")
    assert "Mia Kaya" in hall.stage("present")
    type_code(page, people[0]["code"])
    verdict(page, "Schon eingecheckt um 12:00", "Mia Kaya")

    plain = hall.help(hall.window(), f"http://venue.test:{journey_server.port}")
    expect(plain.get_by_text("Die Kamera braucht eine Adresse mit https.")).to_be_visible()
    expect(plain.get_by_label(CODE)).to_be_focused()
    type_code(plain, people[1]["code"])
    verdict(plain, "Eingecheckt", "Jörg Weiß")


def test_two_desks_see_one_count_and_the_second_is_told_when_the_first_was(
    hall: Hall, people: list[dict[str, str]]
) -> None:
    one, other = hall.help(hall.window()), hall.help(hall.window(viewport={"width": 1180, "height": 820}))
    for page in (one, other):
        expect(page.locator(".presence__count")).to_have_text("2")
        expect(page.get_by_text("3 angemeldete Personen fehlen noch")).to_be_visible()
    one.get_by_label("Name, Organisation oder Nummer").fill("mia")
    one.get_by_role("button", name="Einchecken: Mia Kaya").click()
    verdict(one, "Eingecheckt", "Mia Kaya")
    expect(other.locator(".presence__count")).to_have_text("3")
    type_code(other, people[0]["code"].lower())
    verdict(other, "Schon eingecheckt um 12:00")
    type_code(other, "FALSCH22")
    verdict(other, "Nicht gefunden")

    other.get_by_role("button", name="Gast ohne Anmeldung").click()
    verdict(other, "Bitte Ausweis 6 ausgeben")
    other.get_by_role("button", name="Rückgängig: Platz 6").click()
    verdict(other, "Check-in zurückgenommen")
    expect(one.locator(".presence__count")).to_have_text("3")
    assert hall.stage("present") == ["Bernd Beispiel", "Clara Öztürk", "Mia Kaya"]


def test_check_in_goes_on_without_network_and_is_delivered_once(hall: Hall, people: list[dict[str, str]]) -> None:
    page = hall.help(hall.window(service_workers="allow"))
    expect(page.get_by_text("liegt auf diesem Gerät")).to_be_visible()
    eventually(page, lambda: page.evaluate(IS_KEPT))
    page.context.set_offline(True)
    page.reload()
    type_code(page, people[0]["code"])
    verdict(page, "Eingecheckt", "Mia Kaya", "wird später gesendet")
    type_code(page, people[0]["secret"])
    verdict(page, "Schon eingecheckt um 12:00")
    page.get_by_label("Name, Organisation oder Nummer").fill("jörg")
    page.get_by_role("button", name="Einchecken: Jörg Weiß").click()
    verdict(page, "Eingecheckt", "Jörg Weiß")
    type_code(page, "FALSCH22")
    verdict(page, "Nicht in der Liste von 12:00")
    expect(page.get_by_text("Noch nicht gesendet: 2 Check-ins.")).to_be_visible()
    hall.stage("arrive", number=people[1]["number"])
    assert hall.stage("present") == ["Bernd Beispiel", "Clara Öztürk", "Jörg Weiß"]

    page.reload()
    page.context.set_offline(False)
    expect(page.get_by_text("Jörg Weiß: schon eingecheckt um 12:00, an einem anderen Gerät")).to_be_visible()
    expect(page.locator("[data-network]")).to_have_attribute("data-waiting", "0")
    assert hall.stage("present") == ["Bernd Beispiel", "Clara Öztürk", "Mia Kaya", "Jörg Weiß"]

    kept = page.evaluate("async () => JSON.stringify(await (await fetch(location.pathname + '/liste.json')).json())")
    assert all(secret not in kept for one in people for secret in (one["secret"], one["code"]))
    page.goto(hall.address("/regie/helfen"))
    page.get_by_role("button", name="Auf diesem Gerät aufhören").click()
    eventually(page, lambda: page.evaluate(ROLLS) == 0)


ROLLS = """() => new Promise(resolve => {
  const opening = indexedDB.open('offenraum')
  opening.onsuccess = () => {
    const rows = opening.result.transaction('roll').objectStore('roll').count()
    rows.onsuccess = () => resolve(rows.result)
  }
})"""


def test_check_in_works_without_a_script(hall: Hall, people: list[dict[str, str]]) -> None:
    page = hall.help(hall.window(scripts=False))
    type_code(page, people[0]["code"])
    expect(page.get_by_role("alert")).to_contain_text("Eingecheckt")
    page.get_by_label("Name, Organisation oder Nummer").fill("ñandú")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Einchecken: Zoë Ñandú").click()
    expect(page.get_by_role("alert")).to_contain_text("Zoë Ñandú")
    page.get_by_role("button", name="Rückgängig").click()
    expect(page.get_by_role("alert")).to_contain_text("Check-in zurückgenommen")
    assert hall.stage("present") == ["Bernd Beispiel", "Clara Öztürk", "Mia Kaya"]
