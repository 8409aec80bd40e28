"""Every screen at every moment, looked at by machine in light and dark, narrow and wide."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import html5lib
import pytest
from playwright.sync_api import Page, Response, StorageState

from tests.journeys.conftest import Hall
from tests.kit.looks import faint_texts, findings, sideways, small_targets

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
OpenHall = Callable[[str], Hall]
LOOKS = [(320, "light"), (768, "dark"), (1280, "light"), (320, "dark"), (768, "light"), (1280, "dark")]
PHONE = ["/", "/jetzt", "/themen", "/themen/1", "/programm", "/mein-plan"]
MORE = ["/platz", "/themen/neu", "/themen/999"]
DESK = ["/regie/", "/regie/runde", "/regie/plan", "/regie/vorschlag", "/regie/fassungen", "/regie/plaetze",
        "/regie/stimmzettel", "/regie/zusammenlegen", "/regie/zusammenlegen/1/2"]
DAY = ["/regie/heute", "/regie/heute/5", "/regie/heute/raum", "/regie/heute/protokoll", "/regie/durchsage",
       "/regie/leinwaende", "/programm/fassungen", "/programm/fassungen/1"]
SITE = ["/suche", "/suche?q=Offenheit", "/suche?q=Wetterbericht", "/suche?q=",
        "/personen", "/personen/{speaker}", "/programmpunkt/{talk}", "/anreise", "/faq", "/partner", "/neues",
        "/neues/{news}", "/seiten/markt", "/leichte-sprache", "/gebaerdensprache", "/impressum", "/barrierefreiheit",
        "/brief", "/einbetten/programm", "/daten", "host:/", "/fragen", "/fragen?frage=Was+l%C3%A4uft+jetzt%3F",
        "/fragen?frage=Wetter", "/fragen/kiosk?frage=Raum+1", "/fragen/kiosk", "/fragen/einbetten"]
ORGANISE = ["/regie/einrichten", "/regie/angaben/konferenz", "/regie/angaben/gestaltung", "/regie/inhalte/raeume",
            "/regie/inhalte/neues/{news}", "/regie/inhalte/programmpunkte/neu", "/regie/zuschriften",
            "/regie/angaben/daten", "/regie/einrichten/import",
            "/regie/einrichten/webhooks", "/regie/inhalte/partner", "/regie/inhalte/partner/neu",
            "/regie/angaben/besuch",
            "/regie/inhalte/neues/{news}/entfernen", "/regie/team", "/regie/schnittstelle", "host:/konto",
            "host:/konto/neu", "/regie/fragen", "/regie/fragen/antwort?frage=Wetter"]
SCREENS = [
    *[("collecting", "public", page) for page in [*PHONE, *MORE]],
    *[("collecting", "seat", page) for page in [*PHONE, *MORE]],
    *[(moment, "seat", page) for moment in ("pitching", "last call") for page in ("/jetzt", "/themen", "/themen/1")],
    *[("closed", "seat", page) for page in ("/jetzt", "/themen", "/themen/1", "/mein-plan")],
    *[("published", role, page) for role in ("public", "seat") for page in PHONE],
    *[("published", "seat", f"/session/1{page}") for page in ("", "/notizen", "/neu/link")],
    ("published", "seat", "/ergebnisse"),
    *[("published", "seat", page) for page in ("/platz/daten", "/platz/daten/loeschen", "/datenschutz")],
    ("published", "seat", "/platz/ticket"), ("published", "public", "/ohne-netz"),
    *[("published", "desk", page) for page in ("/session/1", "/regie/drucke", "/regie/meldungen")],
    *[("published", role, page) for role in ("public", "seat") for page in ("/programm/gruende", "/themen/14")],
    *[("collecting", "public", page) for page in ("host:/impressum", "host:/datenschutz", "host:/barrierefreiheit")],
    *[("published", "desk", page) for page in DAY],
    *[(moment, "desk", page) for moment in ("collecting", "pitching", "published") for page in DESK],
    ("published", "organiser", "/regie/pruefung"),
    *[("published", "public", page) for page in SITE],
    *[("published", "organiser", page) for page in ORGANISE],
]
SIGNS = [
    *[(moment, "/leinwand/1") for moment in ("collecting", "pitching", "last call", "closed", "draft", "published")],
    *[(moment, "/tuer/") for moment in ("collecting", "published")],
]
IS_LONG = bool(os.environ.get("TESTS_LONG"))
UNJUDGED = [("aria-hidden", "only non-text characters"), ("piece__pick", "partially overlaps other elements"),
            ("<text ", "color-contrast", "could not be determined"), ("<text ", "color-contrast", "too short")]
SITES: dict[str, dict[str, int]] = {}
ENTERED: dict[tuple[str, str], StorageState] = {}
PICTURES = os.environ.get("TESTS_PICTURES", "")


def samples() -> list[object]:
    """All looks of every screen; without `make test-long` an eleventh of the screens, each in one of them, in turn."""
    return [
        pytest.param(screen, look, id=f"{screen[0]} {screen[1]} {screen[2]} {look[0]} {look[1]}")
        for place, screen in enumerate(SCREENS)
        for turn, look in enumerate(LOOKS)
        if IS_LONG or (place % 11 == 0 and turn == place // 11 % len(LOOKS))
    ]


@pytest.mark.parametrize(("screen", "look"), samples())
def test_screen_is_accessible_valid_and_fits(
    open_hall: OpenHall, screen: tuple[str, str, str], look: tuple[int, str]
) -> None:
    moment, role, path = screen
    hall = open_hall(moment)
    width, scheme = look
    page = hall.window(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce",
        storage_state=entered(hall, role),
    )
    path = path.format(**site_of(hall)) if path in [*SITE, *ORGANISE] else path
    address = hall.url + path.removeprefix("host:") if path.startswith("host:") else hall.address(path)
    answer = page.goto(address)
    settle(page)
    picture(page, f"{moment}-{role}{re.sub('[^a-z0-9-]', '_', path)}-{width}-{scheme}")
    assert looked_at(page, answer) == {}
    assert hall.errors == []


@pytest.mark.sample(7)
@pytest.mark.parametrize(("moment", "path"), SIGNS)
def test_wall_and_door_are_accessible_valid_and_fit(open_hall: OpenHall, moment: str, path: str) -> None:
    hall = open_hall(moment)
    is_wall = "leinwand" in path
    size = {"width": 1920, "height": 1080} if is_wall else {"width": 800, "height": 480}
    page = hall.window(viewport=size, reduced_motion="reduce")
    answer = page.goto(hall.address(path if is_wall else f"{path}{hall.doors[0]}"))
    settle(page)
    picture(page, f"{moment}{path.replace('/', '_')}")
    found = {"axe": findings(page), "cut": cut_off(page)} | markup(page, answer)
    assert {what: which for what, which in found.items() if which} == {}
    assert hall.errors == []


@pytest.mark.parametrize(
    "values",
    [pytest.param({"title": "ab"}, marks=pytest.mark.long), {"title": "", "host_name": "", "hashtags": "a"}],
)
def test_form_with_errors_is_accessible_and_takes_the_focus(open_hall: OpenHall, values: dict[str, str]) -> None:
    hall = open_hall("collecting")
    page = hall.sign_in(hall.window(viewport={"width": 320, "height": 700}, reduced_motion="reduce"), badge=1)
    page.goto(hall.address("/themen/neu"))
    page.locator("summary").first.click()
    for name, value in values.items():
        page.fill(f"[name={name}]", value)
    with page.expect_navigation() as shown:
        page.get_by_role("button", name="Thema einreichen").click()
    assert page.title().startswith("Fehler:")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    for name in values:
        assert page.locator(f"[name={name}]").get_attribute("aria-invalid") == "true"
    settle(page)
    assert looked_at(page, shown.value) == {}


COLOURS = ["#e2001a", "#ffcc00", "#00ff00", "#0a0a0a", "#fafafa", "#8b5cf6", "#00a0e6", "#7a7a7a", "#ff69b4", "#014421",
           "#b5651d", "#40e0d0"]
PAINTED = ["/", "/programm", *(["/themen", "/personen"] if IS_LONG else [])]


@pytest.mark.sample(12)
@pytest.mark.parametrize("colour", COLOURS)
def test_any_corporate_colour_is_accessible_in_light_and_dark(open_hall: OpenHall, colour: str) -> None:
    hall = open_hall("published")
    site_of(hall)
    hall.stage("paint", colour=colour)
    found = {}
    for scheme in ("light", "dark"):
        page = hall.window(color_scheme=scheme, reduced_motion="reduce")
        for path in PAINTED:
            page.goto(hall.address(path))
            settle(page)
            picture(page, f"colour{colour[1:]}{path.replace('/', '_')}-{scheme}")
            found[scheme, path] = accessible(page)
    hall.stage("paint", colour="")
    assert {where: which for where, which in found.items() if which} == {}
    assert hall.errors == []


def entered(hall: Hall, role: str) -> StorageState | None:
    """The cookies of a browser that has signed in; each role signs in once."""
    if role == "public":
        return None
    if (hall.slug, role) not in ENTERED:
        page = hall.window()
        enter(hall, page, role)
        ENTERED[hall.slug, role] = page.context.storage_state()
    return ENTERED[hall.slug, role]


def site_of(hall: Hall) -> dict[str, int]:
    """The ids of a conference's website, which is made when it is first asked for."""
    if hall.slug not in SITES:
        SITES[hall.slug] = hall.stage("fill_website")
    return SITES[hall.slug]


def enter(hall: Hall, page: Page, role: str) -> None:
    if role == "organiser":
        hall.organise(page)
        return
    if role == "seat":
        hall.sign_in(page)
        return
    page.goto(hall.url + hall.stage("moderator"))
    page.get_by_role("button").first.click()
    page.wait_for_url("**/regie/")


def settle(page: Page) -> None:
    """Wait until fonts are there and the stream has brought the page to its state."""
    page.wait_for_function("document.fonts.status === 'loaded'")
    page.wait_for_timeout(300)


def looked_at(page: Page, answer: Response | None) -> dict[str, list[str]]:
    """What is wrong with a page, by kind."""
    found = {"axe": accessible(page), "small targets": small_targets(page)} | markup(page, answer)
    page.set_viewport_size({"width": 320, "height": 700})
    found["sideways at 320 px"] = sideways(page)
    page.set_viewport_size({"width": 640, "height": 900})
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    found["sideways at 200 %"] = sideways(page)
    return {what: which for what, which in found.items() if which}


def accessible(page: Page) -> list[str]:
    """Findings of axe, without those that it cannot judge.

    An arrow without text has the colour of its button, which axe does not look up; a card of the board that is
    scrolled halfway under the toolbar has its own ground; texts of drawings are measured by `faint_texts` instead.
    """
    left = [one for one in findings(page) if not any(all(part in one for part in parts) for parts in UNJUDGED)]
    return left + faint_texts(page)


def markup(page: Page, answer: Response | None) -> dict[str, list[str]]:
    assert answer is not None
    source = answer.text()
    parser = html5lib.HTMLParser()
    parser.parse(source)
    ids = Counter(page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)"))
    return {
        "html": [f"{place}: {code} {more}" for place, code, more in parser.errors],
        "doubled ids": [name for name, count in ids.items() if count > 1],
        "inline": [mark for mark in (" style=", "<script>", " onclick=") if mark in source],
    }


def cut_off(page: Page) -> list[str]:
    """Text of a sign that lies outside the screen."""
    return list(page.evaluate("""() => [...document.querySelectorAll('main *')].filter(e => {
      if (!e.checkVisibility() || !e.innerText?.trim() || e.children.length) return false
      const r = e.getBoundingClientRect()
      const sticksOut = r.right > innerWidth + 1 || r.bottom > innerHeight + 1 || r.left < -1 || r.top < -1
      return r.width > 1 && (sticksOut || e.scrollWidth > e.clientWidth + 1)
    }).map(e => e.outerHTML.slice(0, 120))"""))


def picture(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page="leinwand" not in name)
