"""The screens of registration at their moments, open, full, moved up, ended; the organiser's lists, letters, doors."""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import Hall
from tests.journeys.stage import Stage
from tests.screens.test_screens import LOOKS, looked_at, picture, settle
from tests.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
PUBLIC = ["/anmeldung", "/anmeldung/danke", "placed", "waiting", "offered", "placed/seite", "waiting/seite",
          "placed/absagen", "waiting/loeschen"]
DESK = ["/regie/anmeldungen", "/regie/anmeldungen/einstellungen", "/regie/anmeldungen/einlesen",
        "/regie/anmeldungen?stand=waiting", "/regie/anmeldungen/4/loeschen", "/regie/briefe", "letter",
        "/regie/briefe/text/moved_up", "/regie/briefe/an-alle/reminder", "/regie/plaetze/drucken", "/checkin",
        "/checkin?q=a", "refusal"]
SCREENS = [*PUBLIC, *DESK]


@pytest.fixture(scope="module")
def registering(journey_server: Server, process_behind: Stage, chromium: Browser) -> tuple[Hall, dict[str, str]]:
    """A full conference with people in every state, and their links."""
    hall = Hall.new(journey_server, process_behind, chromium, topics=[])
    hall.stage("open_registration", places=2)
    names = ["Ayse Donaudampfschifffahrtsgesellschaft", "Bernd", "Clara", "Dirk"]
    links = hall.stage("register_people", names=names)
    hall.stage("cancel_of", name="Bernd")
    return hall, dict(zip(("placed", "ended", "offered", "waiting"), links, strict=True)) | {
        "cookie": hall.stage("organiser"), **hall.stage("fill_post"),
    }


def samples() -> list[object]:
    """Every seventh screen in one look; in `make test-long` all of them in all."""
    is_long = bool(os.environ.get("TESTS_LONG"))
    return [
        (screen, look) for place, screen in enumerate(SCREENS) for turn, look in enumerate(LOOKS)
        if is_long or (place % 7 == 0 and turn == place // 7 % len(LOOKS))
    ]


@pytest.mark.parametrize(("screen", "look"), samples())
def test_screen_of_registration_is_accessible_valid_and_fits(
    registering: tuple[Hall, dict[str, str]], screen: str, look: tuple[int, str]
) -> None:
    hall, links = registering
    page = hall.window(
        viewport={"width": look[0], "height": 900}, color_scheme=look[1], reduced_motion="reduce"
    )
    page.context.add_cookies([{"name": "sitzung", "value": links["cookie"], "url": hall.url}])
    link, _slash, rest = screen.partition("/")
    answer = page.goto(hall.address(links[link] + (f"/{rest}" if rest else "") if link else screen))
    settle(page)
    picture(page, f"anmeldung-{screen.replace('/', '_')}-{look[0]}-{look[1]}")
    assert looked_at(page, answer) == {}
    assert hall.errors == []
    page.context.close()
    hall.contexts.clear()


def test_form_with_errors_is_accessible_and_takes_the_focus(registering: tuple[Hall, dict[str, str]]) -> None:
    hall, _links = registering
    page = hall.window(viewport={"width": 320, "height": 700}, reduced_motion="reduce")
    page.goto(hall.address("/anmeldung"))
    with page.expect_navigation() as shown:
        page.locator("main form button").last.click()
    assert page.title().startswith("Fehler:")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    settle(page)
    picture(page, "anmeldung-fehler")
    assert looked_at(page, shown.value) == {}
