"""Typing ballots with the keyboard alone, and the last call on a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.conftest import Hall
from tests.waiting import eventually

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]


def at_the_ballots(hall: Hall) -> Page:
    """A moderator at the page, who from now on touches nothing but keys."""
    page = hall.window(viewport={"width": 1180, "height": 820})
    page.goto(hall.url + hall.stage("moderator"))
    page.get_by_role("button").first.click()
    page.wait_for_url("**/regie/")
    page.goto(hall.address("/regie/stimmzettel"))
    expect(page.get_by_label("Stimmzettel", exact=True)).to_be_focused()
    return page


def type_line(page: Page, line: str) -> None:
    page.keyboard.type(line)
    page.keyboard.press("Enter")


def test_helper_types_ballots_with_keys_only_and_each_is_answered(hall: Hall) -> None:
    numbers = [hall.stage("new_badge", name=f"Mensch {n}")["number"] for n in range(6)]
    hall.stage("open_round")
    page = at_the_ballots(hall)
    for count, number in enumerate(numbers, 1):
        type_line(page, f"{number}: 1 3")
        expect(page.get_by_role("status").filter(has_text=f"Zettel {number}: 2 Themen.")).to_be_visible()
        expect(page.locator("#paper-count")).to_have_text(re.compile(rf"^{count} Zettel"))

    type_line(page, f"{numbers[0]}: 2")
    expect(page.get_by_text(f"Zettel {numbers[0]} ist schon da: 1, 3")).to_be_visible()
    line = page.get_by_label("Stimmzettel", exact=True)
    expect(line).to_have_value(f"{numbers[0]}: 2")
    expect(line).to_be_focused()
    page.keyboard.press("Home")
    for _ in range(len(str(numbers[0]))):
        page.keyboard.press("ArrowRight")
    type_line(page, "!")
    expect(page.get_by_role("status").filter(has_text=f"Zettel {numbers[0]}: 1 Thema.")).to_be_visible()
    type_line(page, "-")
    expect(page.get_by_text(f"Zettel {numbers[0]} ist zurückgenommen.")).to_be_visible()
    expect(page.locator("#paper-count")).to_have_text("6 Zettel sind da")


def test_line_typed_while_the_one_before_is_on_its_way_is_not_lost(hall: Hall) -> None:
    hall.stage("open_round")
    page = at_the_ballots(hall)
    held: list[Route] = []
    page.route("**/stimmzettel/tippen", lambda route: route.continue_() if held else held.append(route))
    one, two = hall.badges
    type_line(page, f"{one['number']}: 99")
    eventually(page, lambda: held)
    page.keyboard.type(f"{two['number']}: 1")
    held[0].continue_()
    line = page.get_by_label("Stimmzettel", exact=True)
    expect(line).to_have_value(f"{one['number']}: 99")
    expect(page.get_by_text("Nr. 99 steht nicht zur Abstimmung.")).to_be_visible()
    line.fill(f"{one['number']}: 2")
    page.keyboard.press("Enter")
    expect(line).to_have_value(f"{two['number']}: 1")
    expect(line).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#paper-count")).to_have_text("2 Zettel sind da")


def test_lines_typed_faster_than_answers_come_are_all_kept(hall: Hall) -> None:
    numbers = [hall.stage("new_badge", name=f"Mensch {n}")["number"] for n in range(4)]
    hall.stage("open_round")
    page = at_the_ballots(hall)
    page.route("**/stimmzettel/tippen", lambda route: (page.wait_for_timeout(150), route.continue_()))
    for number in numbers:
        type_line(page, f"{number}: 1 2")
    page.keyboard.type("9")
    expect(page.locator("#paper-count")).to_have_text("4 Zettel sind da")
    expect(page.get_by_label("Stimmzettel", exact=True)).to_have_value("9")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_line_that_could_not_be_sent_stays(hall: Hall) -> None:
    hall.stage("open_round")
    page = at_the_ballots(hall)
    page.context.set_offline(True)
    type_line(page, f"{hall.badges[0]['number']}: 1")
    expect(page.get_by_text("Nicht gesendet.")).to_be_visible()
    expect(page.get_by_label("Stimmzettel", exact=True)).to_have_value(f"{hall.badges[0]['number']}: 1")
    page.context.set_offline(False)
    page.keyboard.press("Enter")
    expect(page.locator("#paper-count")).to_have_text("1 Zettel ist da")


def titles(page: Page) -> list[str]:
    return page.locator("[data-region*='/topics/'] .topic__title").all_inner_texts()


def test_last_call_begins_with_what_the_person_has_not_looked_at(hall: Hall) -> None:
    page = hall.sign_in(hall.window(viewport={"width": 390, "height": 500}))
    hall.stage("open_round")
    shown = titles(page)
    page.goto(hall.address(f"/themen/{number_of(page, shown[0])}"))
    hall.stage("lead", verb="last_call", minutes=5)
    page.goto(hall.address("/themen"))
    expect(page.locator("[data-unseen]")).to_be_visible()
    assert titles(page)[-1] == shown[0]
    page.wait_for_timeout(1300)
    assert titles(page)[-1] == shown[0]


def number_of(page: Page, title: str) -> str:
    link = page.get_by_role("link", name=title, exact=True).get_attribute("href")
    assert link is not None
    return link.rpartition("/")[2]


def test_last_call_that_begins_while_the_list_is_open_asks_before_it_moves(hall: Hall) -> None:
    page = hall.sign_in(hall.window(viewport={"width": 390, "height": 500}))
    hall.stage("open_round")
    before = titles(page)
    page.locator(".topic__title").first.scroll_into_view_if_needed()
    page.wait_for_timeout(1500)
    hall.stage("lead", verb="last_call", minutes=5)
    button = page.get_by_role("button", name="Zuerst zeigen")
    expect(button).to_be_visible()
    assert titles(page) == before
    button.click()
    expect(button).to_be_hidden()
    assert sorted(titles(page)) == sorted(before)


def test_last_call_without_scripts_names_what_is_not_chosen(hall: Hall) -> None:
    page = hall.sign_in(hall.window(scripts=False))
    hall.stage("open_round")
    hall.stage("lead", verb="last_call", minutes=5)
    page.goto(hall.address("/themen"))
    page.get_by_text("3 Themen ohne Ihre Wahl").click()
    expect(page.locator("details").get_by_role("link", name="LoRaWAN im Dorf")).to_be_visible()
