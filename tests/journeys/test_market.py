"""The market in a real browser: an exhibitor, visitors, an organiser; a wall that shows what sensors measure."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import TOPICS, Hall
from tests.journeys.stage import Stage
from tests.servers import Server

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def filled(journey_server: Server, process_behind: Stage, chromium: Browser) -> tuple[Hall, dict[str, str]]:
    """One market for all journeys: each goes to another part of it."""
    hall = Hall.new(journey_server, process_behind, chromium, topics=TOPICS)
    return hall, hall.stage("fill_market")


@pytest.fixture
def market(filled: tuple[Hall, dict[str, str]]) -> Iterator[tuple[Hall, dict[str, str]]]:
    hall, _known = filled
    yield filled
    for context in hall.contexts:
        context.close()
    hall.contexts.clear()
    assert hall.errors == []


def come_as_exhibitor(hall: Hall, key: str, page: Page) -> Page:
    page.goto(hall.address(f"/markt/schluessel/{key}"))
    page.get_by_role("button", name="Zu meinem Stand").click()
    expect(page.get_by_role("heading", name="Interesse")).to_be_visible()
    return page


def test_exhibitor_describes_the_stand_and_answers_on_a_page_that_is_open(market: tuple[Hall, dict[str, str]]) -> None:
    hall, known = market
    exhibitor = come_as_exhibitor(hall, known["key"], hall.window())
    exhibitor.get_by_role("link", name="Projekt beschreiben").click()
    exhibitor.locator("[name=summary]").fill("Warnt die Feuerwehr.")
    exhibitor.locator("[name=summary_en]").fill("Warns the fire brigade.")
    exhibitor.get_by_role("button", name="Speichern").click()
    visitor = hall.sign_in(hall.window())
    visitor.goto(hall.address("/markt/4"))
    expect(visitor.get_by_text("Warnt die Feuerwehr.")).to_be_visible()
    visitor.get_by_role("link", name="Frage stellen").click()
    visitor.get_by_label("Ihre Frage").fill("Was kostet der Sensor?")
    visitor.get_by_role("button", name="Senden").click()
    expect(visitor.get_by_text("Was kostet der Sensor?")).to_be_visible()
    exhibitor.reload()
    asked = exhibitor.locator("form", has_text="Was kostet der Sensor?")
    asked.get_by_role("textbox").fill("Etwa 80 Euro.")
    asked.get_by_role("button", name="Antworten").click()
    expect(visitor.get_by_text("Etwa 80 Euro.")).to_be_visible()
    english = hall.window(locale="en-GB")
    english.goto(hall.address("/markt/4"))
    expect(english.get_by_text("Warns the fire brigade.")).to_be_visible()


def test_contact_is_gone_from_the_exhibitors_list_and_table_when_it_is_taken_back(
    market: tuple[Hall, dict[str, str]]
) -> None:
    hall, known = market
    exhibitor = come_as_exhibitor(hall, known["key"], hall.window(scripts=False))
    visitor = hall.sign_in(hall.window(scripts=False), badge=1)
    visitor.goto(hall.address("/markt/1"))
    visitor.goto(hall.address("/markt/4"))
    visitor.get_by_role("button", name="Meinen Kontakt zurücknehmen").click()
    expect(visitor.locator(".note--good")).to_contain_text("gelöscht")
    exhibitor.reload()
    expect(exhibitor.locator("[aria-labelledby=contacts-title] li")).to_have_count(1)
    table = exhibitor.context.request.get(hall.address("/markt/4/kontakte.csv")).text()
    assert ("Bernd" in table, "Clara" in table) == (True, False)
    visitor.get_by_role("link", name="Meinen Kontakt hinterlassen").click()
    visitor.get_by_label("Ihr Name").fill("Clara")
    visitor.get_by_label("E-Mail-Adresse oder Telefon").fill("clara@example.org")
    visitor.get_by_label("Worum geht es?").fill("Workshop")
    visitor.get_by_role("button", name="Meinen Kontakt hinterlassen").click()
    expect(visitor.get_by_role("alert")).to_be_visible()
    visitor.get_by_label("Dieser Stand darf meinen Kontakt für diesen Zweck haben.").check()
    visitor.get_by_role("button", name="Meinen Kontakt hinterlassen").click()
    expect(visitor.get_by_text("Workshop")).to_be_visible()
    exhibitor.reload()
    expect(exhibitor.get_by_text("clara@example.org")).to_be_visible()


def test_stand_becomes_a_topic_and_each_leads_to_the_other(market: tuple[Hall, dict[str, str]]) -> None:
    hall, known = market
    page = come_as_exhibitor(hall, known["key"], hall.sign_in(hall.window()))
    page.get_by_label("Ihr Name auf der Karte").fill("OK Lab")
    page.get_by_role("button", name="Daraus ein Thema machen").click()
    page.wait_for_url("**/themen/*")
    page.get_by_role("link", name="Auf dem Markt: Stand 4").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pegelsensor am Bach")
    page.get_by_role("link", name="Pegelsensor am Bach").click()
    page.wait_for_url("**/themen/*")


def test_dots_are_given_and_the_result_appears_when_the_vote_closes(market: tuple[Hall, dict[str, str]]) -> None:
    hall, known = market
    visitor, organiser = hall.sign_in(hall.window(scripts=False)), hall.organise(hall.window(scripts=False))
    address = hall.address(f"/markt/abstimmung/{known['vote']}")
    visitor.goto(address)
    visitor.get_by_label("Bibliothek der Dinge").fill("2")
    visitor.get_by_label("Stadtbot Bonn").fill("2")
    visitor.get_by_role("button", name="Punkte geben").click()
    expect(visitor.get_by_role("alert")).to_be_visible()
    visitor.get_by_label("Stadtbot Bonn").fill("1")
    visitor.get_by_role("button", name="Punkte geben").click()
    expect(visitor.locator(".note--good")).to_be_visible()
    organiser.goto(hall.address("/regie/markt"))
    organiser.get_by_role("button", name="Abstimmung beenden").click()
    visitor.goto(address)
    expect(visitor.get_by_role("row").nth(1)).to_contain_text("Bibliothek der Dinge")
    expect(visitor.get_by_role("row").nth(1).get_by_role("cell")).to_have_text("2")


def test_value_of_a_sensor_reaches_the_open_list_and_wall(market: tuple[Hall, dict[str, str]]) -> None:
    hall, known = market
    phone, wall = hall.window(), hall.window(viewport={"width": 1920, "height": 1080})
    phone.goto(hall.address("/markt"))
    wall.goto(hall.address("/leinwand/2"))
    for page in (phone, wall):
        expect(page.get_by_text("Wasserstand 89 cm")).to_be_attached()
        page.wait_for_function("document.getElementById('live').textContent.includes('Live')")
    told = {
        "end_device_ids": {"dev_eui": "70B3D57ED0000001"}, "uplink_message": {
            "f_port": 2, "f_cnt": 5, "session_key_id": "x", "frm_payload": "DhAAhw==",
            "received_at": "2018-09-04T10:00:00Z",
        },
    }
    answer = httpx.post(hall.address(f"/sensoren/uplink/ttn/{known['secret']}"), json=told, timeout=60)
    assert answer.json()["new"] == 1
    for page in (phone, wall):
        expect(page.get_by_text("Wasserstand 215 cm")).to_be_attached(timeout=60_000)
        expect(page.locator("main")).to_contain_text("Alarm")
