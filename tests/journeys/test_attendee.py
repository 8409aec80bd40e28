"""An attendee's day in a real browser against the real server."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Hall

pytestmark = pytest.mark.browser
WANT = "Da will ich hin"
MORE = ["/themen", "/themen/neu", "/mein-plan", "/platz", "/themen/999"]
SCREENS = ["/", "/jetzt", "/themen/1", "/programm", *(MORE if os.environ.get("TESTS_LONG") else [])]


def stay(page: Page) -> Page:
    """Mark a window, so that a reload would show."""
    page.evaluate("window.isTheSame = true")
    return page


def is_the_same(page: Page) -> bool:
    return bool(page.evaluate("window.isTheSame === true"))


def card(page: Page, title: str) -> Locator:
    return page.locator("#topics li.topic", has_text=title)


def tap(button: Locator) -> None:
    """Press a vote button and wait for the server's answer."""
    with button.page.expect_response("**/interesse"):
        button.click()


def test_topic_goes_from_a_phone_to_a_published_programme_on_every_screen_without_a_reload(hall: Hall) -> None:
    wall, door, phone = hall.window(viewport={"width": 1280, "height": 720}), hall.window(), hall.window()
    wall.goto(hall.address("/leinwand/1"))
    door.goto(hall.address(f"/tuer/{hall.doors[0]}"))
    hall.sign_in(phone)

    phone.get_by_role("link", name="Thema vorschlagen").click()
    phone.get_by_label("Worum geht es?").fill("Sensoren am Fluss")
    phone.get_by_role("button", name="Thema einreichen").click()
    expect(phone.get_by_text("Ihr Thema ist eingereicht")).to_be_visible()
    expect(wall.locator(".cloud")).to_contain_text("Sensoren am Fluss")

    phone.get_by_role("link", name="Themen", exact=True).click()
    for window in (wall, door, phone):
        stay(window)
    hall.stage("open_round")
    hall.stage("pitch", title="LoRaWAN im Dorf")
    expect(phone.locator("#aktuell h2")).to_have_text("LoRaWAN im Dorf")
    expect(wall.locator(".slide__topic")).to_have_text("LoRaWAN im Dorf")

    vote = phone.locator("#aktuell").get_by_role("button", name=WANT)
    tap(vote)
    expect(vote).to_have_attribute("aria-pressed", "true")
    expect(card(phone, "LoRaWAN im Dorf").get_by_role("button", name=WANT)).to_have_attribute("aria-pressed", "true")
    assert hall.stage("votes") == {"LoRaWAN im Dorf": [[1, 1]]}

    hall.stage("pitch", title="Sensoren am Fluss")
    expect(phone.locator("#aktuell h2")).to_have_text("Sensoren am Fluss")
    hall.stage("lead", verb="last_call", minutes=5)
    expect(wall.locator("h1").first).to_have_text("Letzter Aufruf")
    hall.stage("lead", verb="close_round")
    expect(phone.get_by_text("Die Abstimmung ist beendet").first).to_be_visible()
    expect(card(phone, "LoRaWAN im Dorf").locator(".topic__count")).to_contain_text("1")
    assert [is_the_same(window) for window in (wall, door, phone)] == [True] * 3

    phone.get_by_role("link", name="Programm", exact=True).first.click()
    stay(phone)
    hall.stage("publish", places={"LoRaWAN im Dorf": (1, 1), "Sensoren am Fluss": (1, 2)})
    expect(phone.locator("#programme")).to_contain_text("LoRaWAN im Dorf")
    expect(wall.locator(".slide--slot").first).to_contain_text("LoRaWAN im Dorf")
    expect(door.locator(".door__next")).to_contain_text("LoRaWAN im Dorf")
    assert [is_the_same(window) for window in (wall, door, phone)] == [True] * 3


def test_own_plan_shows_what_was_chosen_and_hosted_with_its_clash(hall: Hall) -> None:
    phone = hall.sign_in(hall.window())
    for title in ("Offene Haushalte", "LoRaWAN im Dorf"):
        tap(card(phone, title).get_by_role("button", name=WANT))
    phone.goto(hall.address("/mein-plan"))
    expect(phone.get_by_text("Sie haben 2 Themen gewählt")).to_be_visible()
    hall.stage(
        "publish", places={"LoRaWAN im Dorf": (1, 1), "Offene Haushalte": (1, 2), "Chatbots im Bürgerbüro": (2, 1)}
    )
    expect(phone.locator("#own article")).to_have_count(2)
    expect(phone.locator("#own article").first).to_contain_text("Zur gleichen Zeit: Offene Haushalte (Raum 2)")
    phone.locator("#own").get_by_role("button", name="Aus meinem Plan nehmen").first.click()
    expect(phone.locator("#own article")).to_have_count(1)


def test_session_is_kept_and_taken_out_on_the_programme_with_and_without_scripts(hall: Hall) -> None:
    hall.stage("publish", places={"LoRaWAN im Dorf": (1, 1), "Offene Haushalte": (1, 2)})
    plain, phone = hall.sign_in(hall.window(scripts=False)), hall.sign_in(hall.window(), badge=1)
    for page in (plain, phone):
        page.goto(hall.address("/programm"))
        stay(page)
        button = page.get_by_role("button", name="Merken LoRaWAN im Dorf")
        for state in ("true", "false", "true"):
            with page.expect_response("**/merken"):
                button.click()
            expect(button).to_have_attribute("aria-pressed", state)
    assert "/programm#p" in plain.url
    assert is_the_same(phone)
    for page in (plain, phone):
        page.goto(hall.address("/mein-plan"))
        expect(page.locator("#own article h3")).to_have_text(["LoRaWAN im Dorf"])


def test_phone_without_scripts_signs_in_proposes_votes_and_reads_the_programme(hall: Hall) -> None:
    phone = hall.sign_in(hall.window(scripts=False))
    phone.get_by_role("link", name="Thema vorschlagen").click()
    phone.get_by_label("Worum geht es?").fill("ab")
    phone.get_by_role("button", name="Thema einreichen").click()
    expect(phone.get_by_role("alert")).to_contain_text("Worum geht es?")
    expect(phone.get_by_label("Ihr Name auf der Karte")).to_have_value("Bernd Beispiel")
    phone.get_by_label("Worum geht es?").fill("Sensoren am Fluss")
    phone.get_by_role("button", name="Thema einreichen").click()
    assert hall.stage("hosts")["Sensoren am Fluss"] == ["Bernd Beispiel"]

    phone.get_by_role("link", name="Themen", exact=True).click()
    for name, weight in ((WANT, 1), ("Wichtig", 2), (WANT, 0), ("Wichtig", 2)):
        card(phone, "LoRaWAN im Dorf").get_by_role("button", name=name).click()
        pressed = "true" if weight else "false"
        button = card(phone, "LoRaWAN im Dorf").get_by_role("button", name=WANT)
        expect(button).to_have_attribute("aria-pressed", pressed)
        assert hall.stage("votes") == {"LoRaWAN im Dorf": [[1, weight]]}

    hall.stage("open_round")
    hall.stage("pitch", title="Offene Haushalte")
    phone.get_by_role("link", name="Jetzt", exact=True).click()
    expect(phone.locator("#aktuell h2")).to_have_text("Offene Haushalte")
    phone.locator("#aktuell").get_by_role("button", name=WANT).click()
    assert phone.url.endswith("/jetzt#thema-1")
    hall.stage("lead", verb="close_round")
    card_page = phone.goto(hall.address("/themen"))
    assert card_page is not None
    expect(card(phone, "LoRaWAN im Dorf").locator(".topic__count")).to_contain_text("1")
    hall.stage("publish", places={"LoRaWAN im Dorf": (1, 1)})
    phone.get_by_role("link", name="Programm", exact=True).first.click()
    expect(phone.locator("#programme")).to_contain_text("LoRaWAN im Dorf")
    phone.get_by_role("link", name="Mein Plan").click()
    expect(phone.locator("#own article")).to_have_count(1)


def test_badge_opened_in_another_browser_takes_the_seat_over_after_the_button(hall: Hall) -> None:
    first, second = hall.sign_in(hall.window()), hall.window()
    second.goto(hall.address(f"/platz/{hall.badges[0]['secret']}"))
    expect(second.get_by_role("heading", name="Guten Tag, Bernd Beispiel")).to_be_visible()
    first.reload()
    expect(first.locator("#topics button[data-vote]").first).to_be_visible()
    tap(card(first, "Offene Haushalte").get_by_role("button", name=WANT))
    assert hall.stage("votes") == {"Offene Haushalte": [[1, 1]]}

    second.get_by_role("button", name="Anmelden").click()
    expect(card(second, "Offene Haushalte").get_by_role("button", name=WANT)).to_have_attribute("aria-pressed", "true")
    first.goto(hall.address("/platz"))
    expect(first.get_by_text("auf einem anderen Gerät")).to_be_visible()


def test_every_screen_speaks_the_language_that_was_chosen(hall: Hall) -> None:
    phone = hall.sign_in(hall.window())
    for page in SCREENS:
        phone.goto(hall.address(page))
        assert phone.locator("html").get_attribute("lang") == "de", page
        german = phone.locator("h1").inner_text()
        phone.get_by_role("link", name="English").click()
        expect(phone.locator("html")).to_have_attribute("lang", "en")
        assert (phone.locator("h1").inner_text() == german) == (page in {"/", "/themen/1"}), page
        phone.goto(hall.address(page))
        expect(phone.locator("html")).to_have_attribute("lang", "en")
        phone.get_by_role("link", name="Deutsch").click()
        expect(phone.locator("h1")).to_have_text(german)


def test_vote_without_a_connection_stays_visible_as_not_sent_and_is_delivered_once(hall: Hall) -> None:
    phone = hall.sign_in(hall.window())
    expect(phone.locator("#live")).to_have_attribute("data-state", "live")
    phone.context.set_offline(True)
    row = card(phone, "Offene Haushalte")
    row.get_by_role("button", name=WANT).click()
    expect(row.get_by_text("Nicht gesendet")).to_be_visible()
    row.get_by_role("button", name="Erneut senden").click()
    expect(row.get_by_text("Nicht gesendet")).to_be_visible()
    assert hall.stage("votes") == {}
    with phone.expect_response("**/interesse") as answer:
        phone.context.set_offline(False)
    assert answer.value.status == 200
    expect(row.get_by_text("Nicht gesendet")).to_have_count(0)
    expect(row.get_by_role("button", name=WANT)).to_have_attribute("aria-pressed", "true")
    assert hall.stage("votes") == {"Offene Haushalte": [[1, 1]]}


def test_vote_after_the_close_says_so_on_the_card(hall: Hall) -> None:
    phone = hall.sign_in(hall.window())
    hall.stage("open_round")
    expect(phone.locator("#pitch")).to_contain_text("Die Sessionrunde hat begonnen")
    phone.context.set_offline(True)
    row = card(phone, "Offene Haushalte")
    row.get_by_role("button", name=WANT).click()
    expect(row.get_by_text("Nicht gesendet")).to_be_visible()
    hall.stage("lead", verb="close_round")
    phone.context.set_offline(False)
    expect(phone.locator("#topics")).to_contain_text("Die Abstimmung ist beendet.")
    assert hall.stage("votes") == {}


def test_open_conference_needs_no_badge(make_hall: Callable[..., Hall]) -> None:
    hall = make_hall(seat_mode="open")
    phone = hall.window()
    phone.goto(hall.address("/themen"))
    phone.get_by_role("button", name="Mit diesem Gerät teilnehmen").click()
    tap(card(phone, "Offene Haushalte").get_by_role("button", name=WANT))
    assert hall.stage("votes") == {"Offene Haushalte": [[3, 1]]}


def test_hidden_topic_leaves_every_screen_at_once(hall: Hall) -> None:
    wall, phone = hall.window(), hall.sign_in(hall.window())
    wall.goto(hall.address("/leinwand/1"))
    expect(wall.locator(".cloud")).to_contain_text("Chatbots im Bürgerbüro")
    hall.stage("hide", title="Chatbots im Bürgerbüro")
    expect(card(phone, "Chatbots im Bürgerbüro")).to_have_count(0)
    expect(wall.locator("body")).not_to_contain_text("Chatbots im Bürgerbüro")
