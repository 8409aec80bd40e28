"""Registering on a phone, the full house, the waiting list, moving up; once without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Hall

pytestmark = pytest.mark.browser


def register(page: Page, hall: Hall, name: str) -> None:
    """From the form to the own page, as somebody does who hears of the conference."""
    page.goto(hall.address("/anmeldung"))
    page.get_by_label("Ihr Name auf dem Ausweis").fill(name)
    page.get_by_label("Ihre E-Mail-Adresse").fill(f"{name.lower()}@example.org")
    page.locator("main form button").last.click()
    page.wait_for_url("**/seite")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_somebody_registers_the_house_is_full_another_waits_and_moves_up(hall: Hall, scripts: bool) -> None:
    hall.stage("open_registration", places=1)
    first, second = hall.window(scripts=scripts), hall.window(scripts=scripts)
    register(first, hall, "Ayse")
    expect(first.get_by_role("heading", name="Sie haben einen Platz")).to_be_visible()
    expect(first.get_by_role("img", name="QR-Code Ihres Tickets")).to_be_visible()

    register(second, hall, "Bernd")
    expect(second.get_by_role("heading", name="Sie stehen auf der Warteliste, Platz 1")).to_be_visible()

    first.get_by_role("link", name="Ich kann nicht kommen").click()
    first.get_by_role("button", name="Platz zurückgeben").click()
    expect(first.get_by_role("heading", name="Ihre Anmeldung ist abgesagt")).to_be_visible()
    second.reload()
    second.get_by_role("button", name="Platz annehmen").click()
    expect(second.get_by_role("heading", name="Sie haben einen Platz")).to_be_visible()
    expect(second.get_by_role("img", name="QR-Code Ihres Tickets")).to_be_visible()


def test_browser_does_the_work_and_nobody_sees_the_sum(hall: Hall) -> None:
    hall.stage("open_registration", places=5, needs_proof=True)
    phone = hall.window()
    phone.goto(hall.address("/anmeldung"))
    expect(phone.get_by_text("Wie viel ist")).to_be_hidden()
    register(phone, hall, "Clara")
    expect(phone.get_by_role("heading", name="Sie haben einen Platz")).to_be_visible()
