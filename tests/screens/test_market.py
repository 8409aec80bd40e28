"""The screens of market, exhibitors, sensors, question desk and their organisers; the archive; a wall of the market."""

from __future__ import annotations

import os
import re

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import Hall
from tests.journeys.stage import Stage
from tests.kit.looks import findings
from tests.screens.test_screens import LOOKS, cut_off, looked_at, markup, picture, settle
from tests.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
Shown = tuple[Hall, dict[str, str]]
SEEN = [*LOOKS, (390, "light"), (390, "dark")]
SERVICE = "/fragen/leistung/{service}"
PUBLIC = ["/markt", "/markt/1", "/markt/4", "/markt/abstimmung/{vote}", "/markt/abstimmung/{closed}",
          "/markt/schluessel/{key}", "/markt/schluessel/falsch", "/sensoren", "/sensoren/1", "/sensoren/2",
          "/sensoren/1/roh", "/fragen?frage=Hundesteuer", "/fragen?frage=Wie+hoch+ist+der+Pegel%3F",
          "/fragen/kiosk?frage=Personalausweis", "/fragen/einbetten?frage=Wasserstand", SERVICE]
SEAT = ["/markt/4", "/markt/4/kontakt", "/markt/4/frage", "/markt/4/frage/{question}", "/markt/4/melden",
        "/markt/abstimmung/{vote}"]
EXHIBITOR = ["/markt/4/mein", "/markt/4/aendern", "/markt/4"]
ORGANISER = ["/regie/markt", "/regie/sensoren", "/regie/sensoren/geraet", "/regie/sensoren/geraet/1",
             "/regie/sensoren/geraet/1/wert", "/regie/sensoren/geraet/1/wert/{channel}", "/regie/sensoren/codec",
             "/regie/sensoren/codec/{codec}", "/regie/fragen", "/regie/fragen/antwort/{pin}"]
ROLES = {"public": PUBLIC, "seat": SEAT, "exhibitor": EXHIBITOR, "organiser": ORGANISER}
SHOW = "at => document.querySelectorAll('.slide').forEach((one, n) => one.toggleAttribute('data-off', n !== at))"
SCREENS = [(role, path) for role, paths in ROLES.items() for path in paths]


@pytest.fixture(scope="module")
def market(journey_server: Server, process_behind: Stage, chromium: Browser) -> Shown:
    """A conference with a market, at noon, and who looks at it."""
    hall = Hall.new(journey_server, process_behind, chromium, topics=[])
    ids = hall.stage("fill_market")
    return hall, ids | {
        "organiser": hall.stage("organiser"), "exhibitor": hall.stage("exhibitor", key=ids["key"]),
        "seat": hall.stage("visitor", secret=hall.badges[0]["secret"]),
    }


def samples() -> list[object]:
    """Every sixth screen in one look; in `make test-long` all of them in all."""
    is_long = bool(os.environ.get("TESTS_LONG"))
    return [
        (screen, look) for place, screen in enumerate(SCREENS) for turn, look in enumerate(SEEN)
        if is_long or (place % 6 == 0 and turn == place // 6 % len(SEEN))
    ]


@pytest.mark.parametrize(("screen", "look"), samples())
def test_screen_of_the_market_is_accessible_valid_and_fits(
    market: Shown, screen: tuple[str, str], look: tuple[int, str]
) -> None:
    hall, known = market
    role, path = screen
    page = hall.window(viewport={"width": look[0], "height": 900}, color_scheme=look[1], reduced_motion="reduce")
    if role in known:
        page.context.add_cookies([{"name": "sitzung", "value": known[role], "url": hall.url}])
    answer = page.goto(hall.address(path.format(**known)))
    settle(page)
    picture(page, f"markt-{role}{re.sub('[^a-z0-9]', '_', path)}-{look[0]}-{look[1]}")
    assert answer is not None
    assert answer.status == (410 if "falsch" in path else 200)
    assert looked_at(page, answer) == {}
    assert hall.errors == []
    page.context.close()
    hall.contexts.clear()


@pytest.mark.sample(3)
@pytest.mark.parametrize("look", [(320, "dark"), (1280, "light")])
@pytest.mark.parametrize("path", ["/markt", "/markt/4"])
def test_archive_is_accessible_valid_and_fits(
    journey_server: Server, process_behind: Stage, chromium: Browser, path: str, look: tuple[int, str]
) -> None:
    hall = Hall.new(journey_server, process_behind, chromium, topics=[])
    hall.stage("fill_market")
    hall.stage("set_clock", minutes=3 * 24 * 60)
    page = hall.window(viewport={"width": look[0], "height": 900}, color_scheme=look[1], reduced_motion="reduce")
    answer = page.goto(hall.address(path))
    settle(page)
    picture(page, f"archiv{path.replace('/', '_')}-{look[0]}-{look[1]}")
    assert looked_at(page, answer) == {}
    page.context.close()


def test_form_with_errors_names_them_and_takes_the_focus(market: Shown) -> None:
    hall, known = market
    page = hall.window(viewport={"width": 390, "height": 900}, reduced_motion="reduce")
    page.context.add_cookies([{"name": "sitzung", "value": known["exhibitor"], "url": hall.url}])
    page.goto(hall.address("/markt/4/aendern"))
    page.fill("[name=title]", "")
    page.fill("[name=present]", "morgens")
    with page.expect_navigation() as shown:
        page.locator("main form button").first.click()
    assert page.title().startswith("Fehler:")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    settle(page)
    assert looked_at(page, shown.value) == {}
    page.context.close()
    hall.contexts.clear()


def test_wall_shows_stands_values_and_demonstrations_whole(market: Shown) -> None:
    hall, _known = market
    page = hall.window(viewport={"width": 1920, "height": 1080}, reduced_motion="reduce")
    answer = page.goto(hall.address("/leinwand/2"))
    settle(page)
    for number in range(page.locator(".slide").count()):
        page.evaluate(SHOW, number)
        picture(page, f"markt-leinwand-{number}")
        found = {"axe": findings(page), "cut": cut_off(page)} | markup(page, answer)
        assert {what: which for what, which in found.items() if which} == {}
        page.set_viewport_size({"width": 1920, "height": 1080})
    assert "Wasserstand 89 cm" in page.locator("main").text_content()
    page.context.close()
    hall.contexts.clear()
