"""The vote button in a real browser: painted, sent at once, never lost, never double."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.kit import ballots
from tests.waiting import eventually

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def box(monkeypatch: pytest.MonkeyPatch) -> ballots.Box:
    fresh = ballots.Box(interests={"12": 1})
    monkeypatch.setattr(ballots, "BOX", fresh)
    return fresh


@pytest.fixture
def phone(chromium: Browser, style_server: str) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="de-DE")
    page = context.new_page()
    page.goto(style_server + "/stil/")
    expect(page.locator("#v14")).to_have_attribute("aria-pressed", "false")
    yield page
    context.close()


def pressed(button: Locator) -> None:
    expect(button).to_have_attribute("aria-pressed", "true")


def released(button: Locator) -> None:
    expect(button).to_have_attribute("aria-pressed", "false")


def test_own_votes_are_painted_onto_the_shared_page(phone: Page) -> None:
    pressed(phone.locator("#v12"))
    released(phone.locator("#w12"))
    released(phone.locator("#v13"))


def test_own_votes_are_painted_again_after_a_region_was_replaced(phone: Page) -> None:
    phone.evaluate(
        "() => { document.querySelector('#v12').setAttribute('aria-pressed', 'false');"
        " document.dispatchEvent(new CustomEvent('region:replaced', {detail: {id: 'topic-12'}})) }"
    )
    pressed(phone.locator("#v12"))


def weights(box: ballots.Box) -> list[int]:
    return [weight for _topic, weight, _key in box.asked]


def test_a_tap_shows_at_once_and_is_saved(phone: Page, box: ballots.Box) -> None:
    box.gate.clear()
    phone.locator("#v13").click()
    pressed(phone.locator("#v13"))
    assert "13" not in box.interests
    box.gate.set()
    eventually(phone, lambda: box.interests.get("13") == 1)
    assert UUID(box.asked[0][2]).version == 4


def test_important_counts_two_and_is_taken_back_to_one_then_none(phone: Page, box: ballots.Box) -> None:
    phone.locator("#w13").click()
    pressed(phone.locator("#v13"))
    pressed(phone.locator("#w13"))
    eventually(phone, lambda: box.interests.get("13") == 2)
    phone.locator("#w13").click()
    released(phone.locator("#w13"))
    phone.locator("#v13").click()
    released(phone.locator("#v13"))
    eventually(phone, lambda: box.interests.get("13") == 0)


def test_the_newest_wish_wins_with_one_request_at_a_time(phone: Page, box: ballots.Box) -> None:
    box.gate.clear()
    phone.locator("#v13").click()
    phone.locator("#v13").click()
    phone.locator("#w13").click()
    eventually(phone, lambda: weights(box) == [1])
    box.gate.set()
    eventually(phone, lambda: weights(box) == [1, 2])
    eventually(phone, lambda: box.interests["13"] == 2)
    pressed(phone.locator("#w13"))


def test_an_older_stand_does_not_undo_an_acknowledged_vote(phone: Page, box: ballots.Box) -> None:
    box.stand_gate.clear()
    with phone.expect_request("**/stand.json"):
        phone.evaluate("dispatchEvent(new Event('online'))")
    phone.locator("#v13").click()
    eventually(phone, lambda: box.interests.get("13") == 1)
    with phone.expect_response("**/stand.json"):
        box.stand_gate.set()
    pressed(phone.locator("#v13"))


def test_an_unsent_vote_stays_visible_and_goes_out_when_the_network_is_back(phone: Page, box: ballots.Box) -> None:
    phone.context.set_offline(True)
    phone.locator("#v13").click()
    notice = phone.locator("#topic-13 .unsent")
    expect(notice).to_contain_text("Nicht gesendet")
    pressed(phone.locator("#v13"))
    phone.context.set_offline(False)
    expect(notice).to_have_count(0)
    eventually(phone, lambda: box.interests.get("13") == 1)
    assert weights(box) == [1]


def test_an_unsent_vote_can_be_sent_again_by_hand(phone: Page, box: ballots.Box) -> None:
    phone.add_init_script("Object.defineProperty(navigator, 'onLine', {get: () => false})")
    phone.reload()
    phone.route("**/stil/13", lambda route: route.abort())
    phone.locator("#v13").click()
    expect(phone.locator("#topic-13 .unsent")).to_be_visible()
    phone.unroute("**/stil/13")
    phone.locator("#topic-13 .unsent button").click()
    expect(phone.locator("#topic-13 .unsent")).to_have_count(0)
    eventually(phone, lambda: weights(box) == [1])


def test_an_unsent_vote_goes_again_by_itself_with_its_key(phone: Page, box: ballots.Box) -> None:
    keys: list[str] = []
    phone.on("request", lambda request: keys.append(request.post_data or "") if request.method == "POST" else None)
    phone.route("**/stil/13", lambda route: route.fulfill(status=503), times=1)
    phone.locator("#v13").click()
    expect(phone.locator("#topic-13 .unsent")).to_be_visible()
    expect(phone.locator("#topic-13 .unsent")).to_have_count(0)
    assert weights(box) == [1]
    assert len(keys) == 2
    assert keys[0] == keys[1]


def test_a_refused_vote_says_why_and_shows_the_state_of_the_server(phone: Page, box: ballots.Box) -> None:
    box.closed.add("13")
    phone.locator("#v13").click()
    expect(phone.locator("#topic-13 .unsent")).to_contain_text("Die Abstimmung ist beendet.")
    expect(phone.locator("#topic-13 .unsent button")).to_have_count(0)
    released(phone.locator("#v13"))


def test_without_a_seat_the_button_posts_the_form(phone: Page, box: ballots.Box) -> None:
    box.seat = None
    with phone.expect_response("**/stand.json"):
        phone.reload()
    phone.wait_for_load_state("networkidle")
    phone.locator("#v13").click()
    expect(phone.locator("body")).to_have_text("Thema 13")


def test_without_javascript_the_button_posts_the_form(chromium: Browser, style_server: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(style_server + "/stil/")
    page.locator("#v13").click()
    assert page.url == style_server + "/stil/13"
    assert "Thema 13" in page.content()
    context.close()
