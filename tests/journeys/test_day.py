"""The day at the desk in a real browser: three taps, with and without scripts, and every open screen follows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Hall
from tests.line import line_to

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
TITLES = ["Offene Haushalte", "LoRaWAN im Dorf", "Chatbots im Bürgerbüro", "Datenkatalog", "Pegel messen"]
PLACES = dict(zip(TITLES, [(1, 1), (1, 2), (2, 2), (3, 2)], strict=False))
DOOR = {"width": 800, "height": 480}
WALL = {"width": 1920, "height": 1080}


def enter(hall: Hall, page: Page) -> Page:
    page.goto(hall.url + hall.stage("moderator"))
    page.get_by_role("button").first.click()
    page.wait_for_url("**/regie/")
    return page


def accept(page: Page) -> None:
    page.get_by_role("button", name="Annehmen und Fassung").click()
    page.wait_for_url("**/regie/heute")


def test_three_taps_at_the_desk_change_every_open_screen(make_hall: Callable[..., Hall]) -> None:
    """Ayse repairs the day from a phone: a lost room, a withdrawn host, a hole; Bernd, the wall and a door follow."""
    hall: Any = make_hall(topics=TITLES)
    hall.stage("publish", places=PLACES)
    hall.stage("set_clock", minutes=50)
    door, wall, phone = hall.window(viewport=DOOR), hall.window(viewport=WALL), hall.sign_in(hall.window())
    door.goto(hall.address(f"/tuer/{hall.doors[2]}"))
    wall.goto(hall.address("/leinwand/1"))
    phone.goto(hall.address("/jetzt"))
    desk = enter(hall, hall.window())

    desk.goto(hall.address("/regie/heute"))
    desk.get_by_role("link", name="Ein Raum fällt aus").click()
    desk.get_by_role("button", name="Raum 2").click()
    expect(desk.locator("main")).to_contain_text("3 Sessions ziehen um.")
    expect(desk.locator("main")).to_contain_text("„LoRaWAN im Dorf“ um 13:00 Uhr zieht um: Raum 3 statt Raum 2.")
    accept(desk)
    for screen in (door, wall):
        expect(screen.locator("body")).to_contain_text("Fassung 2")
    expect(door.locator("body")).to_contain_text("LoRaWAN im Dorf")
    expect(phone.locator("#own")).to_contain_text("geändert")

    desk.get_by_role("link", name="Datenkatalog").click()
    desk.get_by_role("link", name="Gastgeber:in fällt aus").click()
    expect(desk.locator("main")).to_contain_text("Keine andere Session zieht um.")
    accept(desk)
    desk.get_by_role("link", name="Raum 1 ist frei").last.click()
    desk.get_by_role("link", name="Pegel messen").click()
    accept(desk)
    expect(wall.locator("body")).to_contain_text("Fassung 4")
    desk.get_by_role("button", name="Rückgängig").click()
    expect(desk.locator("#desk-status")).to_contain_text("zurückgenommen")

    desk.goto(hall.address("/regie/durchsage"))
    desk.get_by_label("Was sollen alle wissen?").fill("Der Kaffee ist da.")
    desk.get_by_role("button", name="Auf allen Bildschirmen zeigen").click()
    for screen in (door, wall, phone):
        expect(screen.get_by_role("status").filter(has_text="Der Kaffee ist da.")).to_be_visible()


def test_day_works_without_scripts(make_hall: Callable[..., Hall]) -> None:
    hall: Any = make_hall(topics=TITLES)
    hall.stage("publish", places=PLACES)
    hall.stage("set_clock", minutes=101)
    desk = enter(hall, hall.window(scripts=False))
    desk.goto(hall.address("/regie/heute"))
    desk.get_by_role("link", name="Chatbots im Bürgerbüro").click()
    desk.get_by_role("link", name="Gastgeber:in fällt aus").click()
    accept(desk)
    expect(desk.locator("#desk-status")).to_contain_text("Fassung 2 ist auf allen Bildschirmen.")
    door = hall.window(viewport=DOOR, scripts=False)
    door.goto(hall.address(f"/tuer/{hall.doors[1]}"))
    expect(door.locator("body")).to_contain_text("Bis 13:45. Bitte zum Ende kommen.")


def test_door_keeps_its_state_with_its_time_and_catches_up(make_hall: Callable[..., Hall]) -> None:
    hall: Any = make_hall(topics=TITLES)
    hall.stage("publish", places=PLACES)
    hall.stage("set_clock", minutes=70)
    door = hall.window(viewport=DOOR)
    with line_to(urlsplit(hall.url).port) as line:
        door.goto(f"http://127.0.0.1:{line.port}/{hall.slug}/tuer/{hall.doors[1]}")
        expect(door.locator("#live")).to_have_attribute("data-state", "live")
        line.cut()
        expect(door.locator("#live")).to_contain_text("Keine Verbindung. Stand")
        hall.stage("hide", title="LoRaWAN im Dorf")
        door.wait_for_timeout(500)
        expect(door.locator("body")).to_contain_text("LoRaWAN im Dorf")
        line.mend()
        expect(door.locator("body")).not_to_contain_text("LoRaWAN im Dorf")
