"""The question desk in a real browser: a phone, a tablet in the foyer, an editor, a municipality's own site."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import TOPICS, Hall
from tests.journeys.test_website import OtherSite, other_site

pytestmark = pytest.mark.browser
__all__ = ["other_site"]
FILE = "name;text\nSperrmüll;Wir holen ihn zweimal im Jahr ab.\nHundesteuer;Melden Sie Ihren Hund an.\n"


def ask(page: Page, question: str) -> None:
    page.get_by_label("Ihre Frage").fill(question)
    page.get_by_role("search").get_by_role("button", name="Fragen").click()


def ask_until_it_is_read(page: Page, question: str) -> None:
    """What an editor has just written is known once the librarian has read it, maybe after the first question."""
    for _ in range(200):
        ask(page, question)
        expect(page.get_by_label("Ihre Frage")).to_have_value(question)
        if page.get_by_role("article").count():
            return
        page.wait_for_timeout(200)


def test_phone_asks_what_is_on_and_when_a_session_is(hall: Hall) -> None:
    hall.stage("publish", places={TOPICS[1]: (1, 2)})
    hall.stage("set_clock", minutes=65)
    page = hall.window()
    page.goto(hall.address("/"))
    page.get_by_role("link", name="Fragen", exact=True).click()
    page.get_by_role("link", name="Was läuft jetzt?").click()
    expect(page.get_by_role("article")).to_contain_text("Raum 2: LoRaWAN im Dorf")
    expect(page.get_by_role("article")).to_contain_text("Quelle: Programm, Fassung 1")
    ask(page, "Wann ist die Session über LoRaWAN?")
    expect(page.get_by_role("article").first).to_contain_text("13:00–13:45, Raum 2")
    page.get_by_role("button", name="Ja", exact=True).click()
    expect(page.locator(".note--good")).to_contain_text("Vielen Dank")
    ask(page, "Wie wird das Wetter?")
    expect(page.get_by_role("heading", name="Das weiß ich nicht")).to_be_in_viewport()
    page.get_by_role("article").first.wait_for(state="detached")


def test_editor_takes_over_services_and_pins_an_answer_without_scripts(hall: Hall) -> None:
    visitor, editor = hall.window(scripts=False), hall.organise(hall.window(scripts=False))
    visitor.goto(hall.address("/fragen"))
    ask(visitor, "Gibt es WLAN?")
    expect(visitor.get_by_role("heading", name="Das weiß ich nicht")).to_be_visible()

    editor.goto(hall.address("/regie/einrichten"))
    editor.get_by_role("link", name="Auskunft").click()
    editor.get_by_label("Woher sie kommen").fill("Stadt Muster")
    editor.get_by_label("Datei", exact=True).set_input_files(
        {"name": "dienste.csv", "mimeType": "text/csv", "buffer": FILE.encode()}
    )
    editor.get_by_label("Wie die Felder in der Datei heißen").fill("name=name, text=text")
    editor.get_by_role("button", name="Übernehmen").click()
    expect(editor.locator(".note--good")).to_contain_text("2 Dienstleistungen")
    editor.get_by_role("link", name=re.compile("Gibt es WLAN")).click()
    editor.get_by_label("Titel der Antwort").fill("WLAN")
    editor.locator("[name=text]").fill("Ja, das Netz heißt Halle.")
    editor.get_by_role("button", name="Diese Antwort anheften").click()
    expect(editor.locator(".note--good")).to_contain_text("angeheftet")
    editor.get_by_label("Gefragt wird nach").fill("Fiffi")
    editor.get_by_label("In den Texten steht").fill("Hund")
    editor.get_by_role("button", name="Wort hinzufügen").click()

    for question, answer in (("gibt es wlan", "Ja, das Netz heißt Halle."), ("Fiffi", "Melden Sie Ihren Hund an.")):
        ask_until_it_is_read(visitor, question)
        expect(visitor.get_by_role("article").first).to_contain_text(answer)


def test_tablet_in_the_foyer_is_empty_again_after_a_minute(hall: Hall) -> None:
    page = hall.window(viewport={"width": 820, "height": 1180})
    page.clock.install()
    page.goto(hall.address("/fragen/kiosk"))
    ask(page, "Wo ist Raum 1?")
    expect(page.get_by_role("article").first).to_contain_text("Plätze")
    assert page.get_by_role("article").get_by_role("link").count() == 0
    page.clock.fast_forward(50_000)
    page.get_by_role("article").first.click()
    page.clock.fast_forward(50_000)
    expect(page.get_by_role("article").first).to_be_visible()
    page.clock.fast_forward(11_000)
    expect(page.get_by_role("heading", name="Zum Beispiel")).to_be_visible()
    assert page.get_by_label("Ihre Frage").input_value() == ""


def test_other_site_has_the_question_desk_as_a_widget(hall: Hall, other_site: str) -> None:
    hall.stage("fill_website", frame_hosts=other_site.rstrip("/"))
    OtherSite.body = f'<!doctype html><p>Stadt<script src="{hall.address("/fragen/einbetten.js")}"></script>'
    page = hall.chromium.new_page(locale="de-DE")
    page.goto(other_site)
    frame = page.frame_locator("iframe")
    frame.get_by_label("Ihre Frage").fill("Wo ist Raum 1?")
    frame.get_by_role("button", name="Fragen").click()
    expect(frame.get_by_role("article").first).to_contain_text("Plätze")
    expect(page.locator("iframe")).not_to_have_css("height", "600px")
    page.close()
