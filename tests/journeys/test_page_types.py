"""Each type of page of a website: empty, written in German and English, read by visitors; always judged by axe."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Hall
from tests.journeys.test_website import logo, press
from tests.kit.looks import findings, sideways, small_targets

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


@dataclass(frozen=True)
class Type:
    """Where it is edited, what is typed there, where it is read and what stands there then in which language."""

    editor: str
    typed: dict[str, str]
    public: str
    empty: str
    german: str
    english: str
    more: dict[str, str] = field(default_factory=dict)
    """Other pages that say it too, in German."""

    logo: bool = False


TYPES = {
    "start page": Type(
        "angaben/konferenz",
        {"about": "Ein Tag für **offene** Ämter.", "about_en": "A day for **open** offices.",
         "title_en": "Open offices", "city": "50667 Köln"},
        "/", "", "Ein Tag für offene Ämter.", "A day for open offices.",
    ),
    "colours and picture": Type(
        "angaben/gestaltung", {"colour": "#e2001a", "alt": "Das Museum", "alt_en": "The museum"}, "/", "",
        "Das Museum", "The museum", logo=True,
    ),
    "speaker": Type(
        "inhalte/personen/neu",
        {"name": "Dr. Jana Beispiel", "position": "Amtsleiterin", "position_en": "Head of office",
         "about": "Sie liest *Akten*.", "about_en": "She reads *files*.", "alt": "Jana am Pult", "has_consent": "1"},
        "/personen", "Noch ist niemand genannt", "Amtsleiterin", "Head of office", logo=True,
    ),
    "fixed point": Type(
        "inhalte/programmpunkte/neu",
        {"kind": "keynote", "title": "Offenheit verpflichtet", "title_en": "Openness obliges", "begins": "10:00",
         "minutes": "30", "about": "Warum?", "about_en": "Why?"},
        "/programm", "", "Offenheit verpflichtet", "Openness obliges",
    ),
    "partner": Type(
        "inhalte/partner/neu", {"name": "Stadt Köln", "kind": "supporter", "alt": "Stadt Köln"}, "/partner",
        "Noch keine Partner", "Unterstützt von", "Supported by", logo=True,
    ),
    "travel": Type(
        "angaben/anreise",
        {"travel": "Mit der **Bahn** bis Neumarkt.", "travel_en": "By **train** to Neumarkt.",
         "step_free": "Aufzug links.", "step_free_en": "Lift on the left.", "map_link": "https://www.example.org/karte"},
        "/anreise", "Der Weg folgt noch", "Mit der Bahn bis Neumarkt.", "By train to Neumarkt.",
    ),
    "news": Type(
        "inhalte/neues/neu",
        {"title": "Ausgebucht", "title_en": "Sold out", "text": "Alle **220** Plätze.", "text_en": "All **220**.",
         "published_at": "2018-09-04T10:00"},
        "/neues", "Noch nichts Neues", "Ausgebucht", "Sold out", {"/": "Ausgebucht"},
    ),
    "own page": Type(
        "inhalte/seiten/neu",
        {"title": "Aufruf", "title_en": "Call", "slug": "aufruf", "text": "## Los\n\n- Kommen Sie.",
         "text_en": "## Go\n\n- Come along."},
        "/seiten/aufruf", "", "Kommen Sie.", "Come along.", {"/": "Aufruf"},
    ),
    "question": Type(
        "inhalte/faq/neu",
        {"question": "Was kostet es?", "question_en": "What does it cost?", "answer": "Nichts.",
         "answer_en": "Nothing."},
        "/faq", "Noch keine Fragen", "Was kostet es?", "What does it cost?", {"/suche?q=kosten": "Was kostet es?"},
    ),
    "legal notice": Type(
        "angaben/rechtliches",
        {"imprint": "Stadt Köln, Rathausplatz 1", "imprint_en": "City of Cologne", "privacy": "Wir filmen nicht.",
         "privacy_en": "We do not film."},
        "/impressum", "Das ist noch nicht eingetragen", "Stadt Köln, Rathausplatz 1", "City of Cologne",
        {"/datenschutz": "Wir filmen nicht."},
    ),
    "accessibility statement": Type(
        "angaben/barrierefreiheit",
        {"checked_on": "2018-08-01", "gaps": "Der **Lageplan** ist ein Bild.", "gaps_en": "The **map** is a picture.",
         "contact": "barrierefrei@example.org", "enforcement": "Ombudsstelle NRW"},
        "/barrierefreiheit", "Eine Prüfung dieser Website ist noch nicht eingetragen.", "Der Lageplan ist ein Bild.",
        "The map is a picture.",
    ),
    "easy and sign language": Type(
        "angaben/sprachen",
        {"easy_text": "Das ist **einfach**.", "sign_link": "https://video.example.org/1", "sign_text": "Guten Tag."},
        "/gebaerdensprache", "Noch gibt es kein Video", "Video in Gebärdensprache ansehen", "Watch the video",
        {"/leichte-sprache": "Das ist einfach."},
    ),
    "open data": Type(
        "angaben/daten", {"data_licence": "dl-zero"}, "/daten", "CC BY 4.0", "dl-de/zero-2-0",
        "dl-de/zero-2-0",
    ),
}


def judged(page: Page) -> list[str]:
    """What is wrong with a page as it is now."""
    return [*findings(page), *small_targets(page), *sideways(page)]


def told_in(page: Page) -> Locator:
    """What the page says about what was just done."""
    return page.locator("#main").get_by_role("status")


def typed_into(page: Page, name: str, value: str) -> None:
    control = page.locator(f"[name={name}]")
    kind = control.first.get_attribute("type") or control.first.evaluate("e => e.tagName")
    if kind == "radio":
        page.locator(f"[name={name}][value={value}]").check()
    elif kind == "checkbox":
        control.check()
    elif kind == "SELECT":
        control.select_option(value)
    else:
        control.fill(value)


@pytest.mark.sample(7)
@pytest.mark.parametrize("name", TYPES)
def test_organiser_writes_a_page_and_visitors_read_it_in_both_languages(hall: Hall, name: str) -> None:
    kind = TYPES[name]
    visitor, page = hall.window(), hall.organise(hall.window(viewport={"width": 1280, "height": 900}))
    if kind.empty:
        visitor.goto(hall.address(kind.public))
        expect(visitor.locator("#main")).to_contain_text(kind.empty)
        assert judged(visitor) == []
    page.goto(hall.address(f"/regie/{kind.editor}"))
    assert judged(page) == []
    for field_name, value in kind.typed.items():
        typed_into(page, field_name, value)
    if kind.logo:
        page.locator("[name=upload]").set_input_files(logo())
    press(page, "Speichern")
    expect(told_in(page)).to_contain_text("Gespeichert")
    for path, words in {kind.public: kind.german, **kind.more}.items():
        read(visitor, hall.address(path), words)
    read(visitor, hall.address(f"{kind.public}?lang=en"), kind.english)
    expect(visitor.locator("html")).to_have_attribute("lang", "en")


def read(visitor: Page, address: str, words: str) -> None:
    """The words stand there, as text or as what a picture shows."""
    visitor.goto(address)
    shown = visitor.get_by_text(words).or_(visitor.get_by_alt_text(words))
    expect(shown.first).to_be_attached()
    assert judged(visitor) == []


def wait_like_a_person(page: Page) -> None:
    """Programs answer a form at once; ours are told apart by that."""
    page.wait_for_timeout(3200)


def test_comment_is_written_reported_and_hidden(hall: Hall) -> None:
    news = hall.stage("fill_website")["news"]
    page = hall.organise(hall.window())
    page.goto(hall.address("/regie/angaben/besuch"))
    page.get_by_label("kommentieren").check()
    press(page, "Speichern")
    visitor = hall.window()
    visitor.goto(hall.address(f"/neues/{news}"))
    assert judged(visitor) == []
    wait_like_a_person(visitor)
    visitor.get_by_label("Ihr Name").fill("Dirk")
    visitor.get_by_label("E-Mail-Adresse").fill("dirk@example.org")
    visitor.get_by_label("Ihr Kommentar").fill("Schade.")
    press(visitor, "Kommentar absenden")
    expect(visitor.get_by_text("Schade.")).to_be_visible()
    assert "dirk@example.org" not in visitor.content()
    visitor.locator("summary", has_text="Melden").click()
    visitor.get_by_label("Was stimmt damit nicht?").fill("Grob")
    press(visitor, "Kommentar melden")
    assert judged(visitor) == []
    page.goto(hall.address("/regie/zuschriften"))
    expect(page.get_by_text("Grob")).to_be_visible()
    assert judged(page) == []
    page.get_by_role("button", name="Verbergen").click()
    visitor.goto(hall.address(f"/neues/{news}"))
    expect(visitor.get_by_text("Schade.")).to_have_count(0)


def test_barrier_is_told_and_settled_without_scripts(hall: Hall) -> None:
    visitor = hall.window(scripts=False)
    visitor.goto(hall.address("/barrierefreiheit"))
    wait_like_a_person(visitor)
    visitor.get_by_label("Was war die Barriere?").fill("Kein Alternativtext am Logo")
    press(visitor, "Absenden")
    expect(told_in(visitor)).to_contain_text("Danke")
    page = hall.organise(hall.window())
    page.goto(hall.address("/regie/einrichten"))
    page.get_by_role("link", name="wartet auf Sie").click()
    expect(page.get_by_text("Kein Alternativtext am Logo")).to_be_visible()
    press(page, "Erledigt")
    expect(page.get_by_text("Kein Alternativtext am Logo")).to_have_count(0)


def test_reader_leaves_an_address_confirms_it_and_takes_it_back(hall: Hall) -> None:
    visitor = hall.window()
    visitor.goto(hall.address("/brief"))
    wait_like_a_person(visitor)
    visitor.get_by_label("E-Mail-Adresse").fill("leo@example.org")
    press(visitor, "Nachricht bestellen")
    expect(told_in(visitor)).to_contain_text("Postfach")
    visitor.goto(hall.url + hall.stage("link_of_letter", kind="subscribe"))
    assert judged(visitor) == []
    press(visitor, "Ja, schreiben Sie mir")
    expect(told_in(visitor)).to_contain_text("Danke")
    press(visitor, "Meine Adresse löschen")
    expect(told_in(visitor)).to_contain_text("gelöscht")


PHASES = {
    "save the date": ({"days": 30}, "Termin vormerken"), "open": ({"days": 10}, "Anmelden"),
    "full": ({"days": 10, "places": 0}, "Auf die Warteliste"), "closed": ({"days": 2}, "Die Anmeldung ist beendet"),
    "today": ({"days": 0}, "Was jetzt läuft"), "over": ({"days": -1}, "Ergebnisse des Tages"),
}


def test_start_page_follows_the_conference_from_the_first_word_to_the_results(hall: Hall) -> None:
    hall.stage("fill_website")
    visitor = hall.window()
    for phase, (moment, words) in PHASES.items():
        hall.stage("enter_phase", **moment)
        visitor.goto(hall.address("/"))
        assert words in visitor.locator("#main").inner_text(), phase
        assert (phase, judged(visitor)) == (phase, [])
    hall.stage("enter_phase", days=30)
    visitor.goto(hall.address("/"))
    with visitor.expect_download() as saved:
        visitor.locator("#main").get_by_role("link", name="Termin vormerken").click()
    assert saved.value.suggested_filename == f"{hall.slug}.ics"


def test_conference_is_the_template_of_the_next_one(hall: Hall) -> None:
    hall.stage("fill_website")
    page = hall.organise(hall.window(viewport={"width": 1280, "height": 900}))
    page.goto(f"{hall.url}/konto/neu")
    page.get_by_label("Titel").fill("Im nächsten Jahr")
    page.get_by_label("Kurzname in der Adresse").fill(f"naechste-{hall.slug}")
    page.get_by_label("Erster Tag").fill("2027-05-04")
    page.get_by_label("Übernehmen aus").select_option(hall.slug)
    press(page, "Konferenz anlegen")
    page.goto(f"{hall.url}/naechste-{hall.slug}/anreise")
    expect(page.locator("#main").get_by_text("Mit der Bahn")).to_be_visible()
    page.goto(f"{hall.url}/naechste-{hall.slug}/personen")
    expect(page.get_by_text("Noch ist niemand genannt")).to_be_visible()
    stranger = hall.window()
    answer = stranger.goto(f"{hall.url}/naechste-{hall.slug}/")
    assert answer is not None
    assert answer.status == 404
