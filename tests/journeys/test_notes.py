"""Notes typed together in real browsers."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.conftest import Hall

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
SECONDS = [2, pytest.param(60, marks=pytest.mark.long)]
WAIT = 60_000


def typing(hall: Hall, badge: int) -> Page:
    page = hall.sign_in(hall.window(), badge)
    page.goto(hall.address("/session/1/notizen"))
    page.locator("textarea").focus()
    expect(page.get_by_text("Alles ist gespeichert.")).to_be_visible()
    return page


def area(page: Page) -> str:
    return page.locator("textarea").input_value()


def until_same(pages: list[Page], count: int) -> str:
    """The text when all show the same with so many letters; the last state if that never comes."""
    deadline = time.monotonic() + 60
    while True:
        texts = [area(page) for page in pages]
        if (len(set(texts)) == 1 and len(texts[0]) == count) or time.monotonic() > deadline:
            assert len(set(texts)) == 1
            return texts[0]
        pages[0].wait_for_timeout(100)


@pytest.mark.parametrize("seconds", SECONDS)
def test_two_type_in_one_paragraph_a_third_comes_back_and_no_letter_is_lost(
    make_hall: Callable[..., Hall], seconds: int
) -> None:
    hall = make_hall()
    hall.badges.append(hall.stage("new_badge", name="Dirk"))
    bernd, clara, dirk = (typing(hall, badge) for badge in range(3))
    dirk.context.set_offline(True)
    dirk.locator("textarea").press_sequentially("dddd", delay=20)
    expect(dirk.locator("#pad-status")).to_have_text(re.compile("Noch nicht gesendet"), timeout=WAIT)
    counts = {"b": 0, "c": 0}
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        for page, letter in ((bernd, "b"), (clara, "c")):
            page.locator("textarea").press(letter)
            counts[letter] += 1
        if counts["b"] % 10 == 5:
            clara.locator("textarea").press("Home")
    dirk.context.set_offline(False)
    text = until_same([bernd, clara, dirk], counts["b"] + counts["c"] + 4)
    assert {letter: text.count(letter) for letter in "bcd"} == counts | {"d": 4}
    bernd.goto(hall.address("/session/1"))
    expect(bernd.locator("#notizen")).to_contain_text(text[:20])


def test_text_that_was_not_sent_survives_a_reload(hall: Hall) -> None:
    page = typing(hall, 0)
    page.route("**/schritt", lambda route: route.abort("internetdisconnected"))
    page.locator("textarea").fill("Nicht gesendet")
    expect(page.locator("#pad-status")).to_have_text(re.compile("Noch nicht gesendet"), timeout=WAIT)
    page.unroute("**/schritt")
    page.reload()
    expect(page.locator("#pad-status")).to_have_text("Alles ist gespeichert.", timeout=WAIT)
    assert area(page) == "Nicht gesendet"
    other = typing(hall, 1)
    assert area(other) == "Nicht gesendet"


def test_letters_typed_while_the_shared_text_loads_are_kept_beside_what_others_wrote(hall: Hall) -> None:
    first = typing(hall, 0)
    first.locator("textarea").press_sequentially("Anfang Ende")
    expect(first.locator("#pad-status")).to_have_text("Alles ist gespeichert.", timeout=WAIT)
    late = hall.sign_in(hall.window(), 1)
    held: list[Route] = []
    late.route("**/together*.js", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks the handler
    late.goto(hall.address("/session/1/notizen"))
    late.locator("textarea").press("End")
    late.locator("textarea").press_sequentially(" spät")
    first.locator("textarea").press("Home")
    first.locator("textarea").press_sequentially("Vor ")
    expect(first.locator("#pad-status")).to_have_text("Alles ist gespeichert.", timeout=WAIT)
    held[0].continue_()
    assert until_same([first, late], 20) == "Vor Anfang Ende spät"


def test_page_that_only_reads_follows_without_being_touched(hall: Hall) -> None:
    reader = hall.sign_in(hall.window(), 1)
    loaded: list[str] = []
    reader.on("request", lambda request: loaded.append(request.url))
    reader.goto(hall.address("/session/1/notizen"))
    expect(reader.locator("#live")).to_have_attribute("data-state", "live")
    assert [url for url in loaded if "together" in url] == []
    writer = typing(hall, 0)
    writer.locator("textarea").press_sequentially("Neu")
    expect(reader.locator("textarea")).to_have_value("Neu", timeout=WAIT)


def test_notes_are_written_without_scripts(hall: Hall) -> None:
    page = hall.sign_in(hall.window(scripts=False))
    page.goto(hall.address("/session/1/notizen"))
    page.locator("textarea").fill("Erste Zeile\nZweite Zeile")
    page.get_by_role("button", name="Notizen speichern").click()
    expect(page.locator("#notizen")).to_contain_text("Zweite Zeile")
