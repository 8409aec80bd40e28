"""A phone without network: what it shows, what it keeps, and what goes out when the network is back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import TOPICS, Hall
from tests.waiting import eventually

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
ONE, TWO, THREE = TOPICS
READY = """async pages => {
  if (!navigator.serviceWorker.controller) return false
  const found = await Promise.all(pages.map(page => caches.match(page)))
  return found.every(Boolean)
}"""
IS_KEPT = "async path => Boolean(await caches.match(path))"
OLD_BUILD = """async slug => {
  const put = async (name, path) => (await caches.open(name)).put(path, new Response('<body>old'))
  await put('shell old', '/static/kit/phone.0000000000.js')
  await put(`pages /${slug}/ old`, `/${slug}/programm`)
}"""
CACHES = "async () => (await caches.keys()).filter(name => name.endsWith('old'))"
OUTBOX = """() => new Promise(resolve => {
  const opening = indexedDB.open('offenraum')
  opening.onsuccess = () => {
    const rows = opening.result.transaction('outbox').objectStore('outbox').count()
    rows.onsuccess = () => resolve(rows.result)
  }
})"""


@pytest.fixture
def phone(hall: Hall) -> Page:
    """Bernd's phone on the list of topics, with everything kept that is kept."""
    hall.stage("open_round")
    page = hall.sign_in(hall.window(service_workers="allow"))
    keep_all(hall, page)
    return page


def keep_all(hall: Hall, page: Page) -> None:
    names = ("themen", "programm", "mein-plan", "jetzt", "themen/neu", "ohne-netz")
    pages = [f"/{hall.slug}/{name}" for name in names]
    eventually(page, lambda: page.evaluate(READY, pages))


def vote(page: Page, title: str) -> None:
    page.locator("[data-vote-row]").filter(has_text=title).or_(
        page.locator("li").filter(has_text=title)
    ).get_by_role("button", name=f"Da will ich hin {title}").first.click()


def votes(hall: Hall) -> dict[str, list[list[int]]]:
    return dict(hall.stage("votes"))


def test_phone_without_network_for_ten_minutes_loses_nothing_and_counts_nothing_twice(hall: Hall, phone: Page) -> None:
    context, number = phone.context, hall.badges[0]["number"]
    context.clock.install()
    context.set_offline(True)
    phone.reload()
    expect(phone.locator("#live")).to_contain_text("Keine Verbindung. Stand 12:00")
    vote(phone, ONE)
    vote(phone, TWO)
    vote(phone, TWO)
    vote(phone, THREE)
    expect(phone.get_by_text("Ihre 3 Stimmen werden gesendet, sobald Sie wieder online sind.")).to_be_visible()
    phone.goto(hall.address("/themen/neu"))
    phone.get_by_label("Worum geht es?").fill("Ohne Netz gedacht")
    phone.get_by_label("Ihr Name auf der Karte").fill("Bernd")
    phone.get_by_role("button", name="Thema einreichen").click()
    expect(phone.get_by_text("Ihr Thema wird gesendet, sobald Sie wieder online sind.")).to_be_visible()
    phone.goto(hall.address("/session/999"))
    expect(phone.get_by_role("heading", name="Keine Verbindung")).to_be_visible()
    phone.close()

    phone = hall.watched(context.new_page())
    context.clock.fast_forward("10:00")
    phone.goto(hall.address("/mein-plan"))
    expect(phone.locator("#live")).to_contain_text("Keine Verbindung")
    assert (votes(hall), hall.stage("hosts").get("Ohne Netz gedacht")) == ({}, None)
    context.set_offline(False)
    expect(phone.get_by_text("Gesendet")).to_be_visible()
    eventually(phone, lambda: phone.evaluate(OUTBOX) == 0)
    assert hall.stage("hosts")["Ohne Netz gedacht"] == ["Bernd"]
    counted = {ONE: [[number, 1]], TWO: [[number, 0]], THREE: [[number, 1]]}
    assert votes(hall) == counted
    phone.reload()
    assert votes(hall) == counted
    assert list(hall.stage("hosts")).count("Ohne Netz gedacht") == 1


def test_vote_that_comes_after_the_close_is_told_not_to_count(hall: Hall, phone: Page) -> None:
    phone.context.set_offline(True)
    vote(phone, ONE)
    expect(phone.get_by_text("Ihre Stimme wird gesendet, sobald Sie wieder online sind.")).to_be_visible()
    hall.stage("lead", verb="close_round")
    phone.context.set_offline(False)
    told = f"Die Abstimmung war schon beendet. Ihre Stimme für „{ONE}“ zählt nicht."
    expect(phone.get_by_text(told)).to_be_visible()
    eventually(phone, lambda: phone.evaluate(OUTBOX) == 0)
    assert votes(hall) == {}


def test_signing_out_and_a_new_build_leave_nothing_old_behind(hall: Hall) -> None:
    page = hall.window(service_workers="allow")
    page.goto(hall.url + "/impressum")
    page.evaluate(OLD_BUILD, hall.slug)
    hall.sign_in(page)
    keep_all(hall, page)
    assert page.evaluate(CACHES) == []
    page.context.set_offline(True)
    vote(page, ONE)
    expect(page.get_by_text("Ihre Stimme wird gesendet")).to_be_visible()
    page.context.set_offline(False)
    eventually(page, lambda: bool(votes(hall)))
    page.goto(hall.address("/platz"))
    page.get_by_role("button", name="Auf diesem Gerät abmelden").click()
    eventually(page, lambda: not page.evaluate(IS_KEPT, f"/{hall.slug}/mein-plan"))
    assert page.evaluate(OUTBOX) == 0
