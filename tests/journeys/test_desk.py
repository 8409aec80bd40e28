"""The desk in a real browser: leading a round, placing topics in three ways, proposing, publishing, two at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import APIResponse, Browser, Locator, Page, Route, expect

from offenraum.barcamp.actions import rounds
from offenraum.barcamp.models import HandCount, Round, Topic
from offenraum.barcamp.queries import pitches_of
from offenraum.conference.models import Conference, Room, Slot
from offenraum.kit.outbox import serve_one
from offenraum.programme.actions.draft import place_topic
from offenraum.programme.models import Edition, Placement
from offenraum.programme.tasks import PLANNING
from offenraum.project.asgi import Application
from tests.day import NOON, make_conference, make_member, make_seats, make_topics, set_clock, vote
from tests.live.servers import running
from tests.people.sign_in import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TABLET = {"width": 1180, "height": 820}
PHONE = {"width": 390, "height": 844}
Window = Callable[..., Page]


@pytest.fixture
def conference(transactional_db: None) -> Conference:
    """Four topics, ten people, twelve o'clock."""
    conference = set_clock(make_conference(), NOON)
    make_topics(conference, 4)
    make_seats(conference, 10)
    return conference


@pytest.fixture
def window(conference: Conference, chromium: Browser) -> Iterator[Window]:
    """A function that opens the desk for a moderator, each in a browser of their own; no script may fail."""
    contexts, errors = [], []
    with running(Application(settings.OPTIONS)) as server:

        def open_desk(name: str = "Ayse", *, scripts: bool = True, size: dict[str, int] = TABLET) -> Page:
            cookies = sign_in(make_member(conference, name=name)).cookies
            context = chromium.new_context(
                base_url=f"{server.url}/kogk18/regie/", viewport=size, locale="en-GB", java_script_enabled=scripts
            )
            context.add_cookies([
                {"name": cookie.key, "value": cookie.value, "domain": "127.0.0.1", "path": "/"}
                for cookie in cookies.values()
            ])
            contexts.append(context)
            page = context.new_page()
            page.set_default_timeout(60_000)
            page.on("pageerror", lambda error: errors.append(str(error)))
            return page

        yield open_desk
        for context in contexts:
            context.close()
    assert errors == []


def tap(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def stage(page: Page) -> Locator:
    return page.locator("#desk-stage")


def piece(page: Page, title: str) -> Locator:
    return page.locator("article.piece", has_text=title)


def cell(page: Page, number: int, position: int) -> Locator:
    slot, room = Slot.objects.get(number=number), Room.objects.get(position=position)
    return page.locator(f"#cell-{slot.pk}-{room.pk}")


def where() -> dict[str, tuple[int, int]]:
    placed = Placement.objects.select_related("topic", "slot", "room")
    return {p.topic.title: (p.slot.number, p.room.position) for p in placed}


def put(title: str, at: tuple[int, int]) -> None:
    slot, room = Slot.objects.get(number=at[0]), Room.objects.get(position=at[1])
    place_topic(topic=Topic.objects.get(title=title), slot=slot, room=room, seen=None)


def test_double_tap_is_one_tap_and_a_tap_on_what_has_changed_since_is_another(
    window: Window, conference: Conference
) -> None:
    page = window()
    page.goto("runde")
    tap(page, "Set up a round")
    tap(page, "Open the round")
    tap(page, "First topic")
    expect(stage(page)).to_contain_text("Thema 1")
    held: list[tuple[Route, APIResponse]] = []
    page.route("**/runde/**", lambda route: held.append((route, route.fetch())), times=1)
    page.get_by_role("button", name="Next topic", exact=True).dblclick()
    expect(stage(page)).to_contain_text("Thema 2")
    page.wait_for_timeout(800)
    tap(page, "Next topic")
    ((route, answer),) = held
    route.fulfill(response=answer)
    expect(stage(page)).to_contain_text("Thema 3")


def test_moderator_leads_a_round_from_open_to_close(window: Window, conference: Conference) -> None:
    page = window()
    page.goto("runde")
    tap(page, "Set up a round")
    tap(page, "Open the round")
    tap(page, "First topic")
    expect(stage(page)).to_contain_text("Thema 1")
    expect(page.locator(".timer__number")).to_have_text(re.compile("0:[0-3][0-9]"))
    tap(page, "Pause")
    expect(stage(page)).to_contain_text("Paused")
    tap(page, "Resume")
    page.get_by_label("Hands without a phone").fill("about 15")
    tap(page, "Keep")
    expect(page.locator("#count-hands")).to_have_text("~15")
    expect(page.get_by_label("Hands without a phone")).to_have_value("")
    vote(Topic.objects.get(title="Thema 1"), conference.seats.all()[:3])
    expect(page.locator("#count-named")).to_have_text("3")
    tap(page, "Skip")
    expect(stage(page)).to_contain_text("Thema 2")
    tap(page, "Move up: Thema 4")
    expect(page.locator(".queue__item").first).to_contain_text("Thema 4")
    page.get_by_label("What is it about?").fill("Spontan")
    page.get_by_label("Who brings it?").fill("Mia")
    tap(page, "Add topic")
    expect(page.locator("#desk-queue")).to_contain_text("Spontan")
    expect(page.get_by_label("What is it about?")).to_have_value("")
    for title in ("Thema 4", "Thema 3", "Spontan", "Thema 1"):
        tap(page, "Next topic")
        expect(stage(page)).to_contain_text(title)
    tap(page, "Blank the wall")
    tap(page, "Show the wall again")
    tap(page, "Last call")
    expect(stage(page)).to_contain_text("Last call until 12:")
    page.get_by_role("link", name="Close the vote …").click()
    tap(page, "Close the vote now")
    expect(stage(page)).to_contain_text("The vote is closed.")
    tap(page, "Open the vote again")
    expect(stage(page)).to_contain_text("Last call")
    assert Round.objects.get().state == Round.State.LAST_CALL
    assert (HandCount.objects.get().count, HandCount.objects.get().is_estimate) == (15, True)


def test_wrong_hands_stay_typed_and_the_stage_goes_on(window: Window, conference: Conference) -> None:
    page = window()
    open_on_stage(conference)
    page.goto("runde")
    page.get_by_label("Hands without a phone").fill("viele")
    tap(page, "Keep")
    expect(page.locator("#hands .errors")).to_be_focused()
    expect(page.get_by_label("Hands without a phone")).to_have_value("viele")
    tap(page, "Next topic")
    expect(stage(page)).to_contain_text("Thema 2")
    expect(page.get_by_label("Hands without a phone")).to_have_value("viele")


def open_on_stage(conference: Conference) -> Round:
    round_ = rounds.plan_round(conference=conference)
    rounds.open_round(round_=round_, version=1, now=NOON)
    rounds.next_pitch(round_=Round.objects.get(), version=2, now=NOON)
    return Round.objects.get()


def test_queue_is_reordered_by_drag(window: Window, conference: Conference) -> None:
    page = window()
    round_ = open_on_stage(conference)
    page.goto("runde")
    items = page.locator("#desk-queue .queue__item")
    items.nth(2).drag_to(items.nth(0))
    expect(items.first).to_contain_text("Thema 4")
    assert [p.topic.title for p in pitches_of(round_)] == ["Thema 1", "Thema 4", "Thema 2", "Thema 3"]


def test_second_moderator_sees_each_step_and_is_refused_when_late(window: Window, conference: Conference) -> None:
    first, second = window("Ayse"), window("Mia")
    open_on_stage(conference)
    first.goto("runde")
    second.goto("runde")
    tap(second, "Next topic")
    expect(stage(second)).to_contain_text("Thema 2")
    expect(stage(first)).to_contain_text("Thema 2")
    late = window("Zoe", scripts=False)
    late.goto("runde")
    tap(second, "Next topic")
    expect(stage(first)).to_contain_text("Thema 3")
    tap(late, "Next topic")
    expect(late.get_by_role("alert")).to_contain_text("Somebody else has just changed this.")
    expect(stage(late)).to_contain_text("Thema 3")
    assert Round.objects.get().current.topic.title == "Thema 3"


def test_topics_are_placed_by_drag(window: Window, conference: Conference) -> None:
    page = window()
    page.goto("plan")
    piece(page, "Thema 1").drag_to(cell(page, 1, 2))
    expect(cell(page, 1, 2)).to_contain_text("Thema 1")
    piece(page, "Thema 2").drag_to(cell(page, 2, 1))
    expect(cell(page, 2, 1)).to_contain_text("Thema 2")
    piece(page, "Thema 1").drag_to(piece(page, "Thema 2"))
    expect(cell(page, 2, 1)).to_contain_text("Thema 1")
    expect(cell(page, 1, 2)).to_contain_text("Thema 2")
    piece(page, "Thema 2").drag_to(page.locator(".shelf__list"))
    expect(page.locator(".shelf__list")).to_contain_text("Thema 2")
    assert where() == {"Thema 1": (2, 1)}
    piece(page, "Thema 3").drag_to(piece(page, "Thema 1"))
    expect(page.get_by_role("alert")).to_contain_text("At 14:00, Raum 1 there is “Thema 1”.")


def test_topics_are_placed_by_tapping_a_card_and_a_place(window: Window, conference: Conference) -> None:
    vote(Topic.objects.get(title="Thema 3"), conference.seats.all()[:3])
    page = window(size=PHONE)
    page.goto("plan")
    piece(page, "Thema 3").get_by_text("Gast von").click()
    expect(cell(page, 3, 1).locator(".cell__price--good")).to_have_text("3 people gain a wish")
    cell(page, 3, 1).get_by_role("button", name="Place here").click()
    expect(cell(page, 3, 1)).to_contain_text("Thema 3")
    expect(page.locator(".status[role=status]").filter(has_text="is at 15:00, Raum 1.")).to_be_visible()
    expect(page.locator(".cell__price")).to_have_count(0)
    assert where() == {"Thema 3": (3, 1)}
    page.locator("#desk-status").get_by_role("button", name="Undo").click()
    expect(page.locator(".shelf__list")).to_contain_text("Thema 3")
    assert where() == {}


def test_topics_are_placed_by_two_lists_in_a_dialog(window: Window, conference: Conference) -> None:
    page = window()
    put("Thema 1", (1, 1))
    page.goto("plan")
    page.get_by_role("link", name="Menu: Thema 2").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Time").select_option("14:00–14:45")
    dialog.get_by_label("Room").select_option(label="Raum 3: 0 people would come, 25 places, no conflict")
    dialog.get_by_role("button", name="Place here").click()
    expect(dialog).to_be_hidden()
    expect(cell(page, 2, 3)).to_contain_text("Thema 2")
    page.get_by_role("link", name="Menu: Thema 2").click()
    dialog.get_by_role("button", name="Pin here").click()
    expect(cell(page, 2, 3)).to_contain_text("pinned")
    page.get_by_role("link", name="Menu: Thema 2").click()
    partner = dialog.get_by_role("option", name=re.compile("^13:00, Raum 1: Thema 1"), include_hidden=True)
    dialog.get_by_label("Change places with").select_option(partner.get_attribute("value"))
    dialog.get_by_role("button", name="Swap").click()
    expect(cell(page, 1, 1)).to_contain_text("Thema 2")
    assert where() == {"Thema 1": (2, 3), "Thema 2": (1, 1)}


def test_dialog_keeps_the_choice_when_the_place_was_just_taken(window: Window, conference: Conference) -> None:
    page = window()
    page.goto("plan")
    page.get_by_role("link", name="Menu: Thema 2").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Time").select_option("15:00–15:45")
    put("Thema 1", (3, 1))
    room = Room.objects.get(position=1)
    dialog.get_by_label("Room").select_option(str(room.pk))
    dialog.get_by_role("button", name="Place here").click()
    expect(dialog.get_by_role("alert")).to_contain_text("At 15:00, Raum 1 there is “Thema 1”.")
    expect(dialog.get_by_label("Time")).to_have_value(str(Slot.objects.get(number=3).pk))
    assert where() == {"Thema 1": (3, 1)}


def test_topics_are_placed_with_keys_only(window: Window, conference: Conference) -> None:
    page = window()
    page.goto("plan")
    page.locator("#publish").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("radio", name="Thema 1")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect(page.get_by_role("radio", name="Thema 2")).to_be_checked()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    expect(cell(page, 2, 2)).to_contain_text("Thema 2")
    page.keyboard.press("Control+z")
    expect(page.locator(".shelf__list")).to_contain_text("Thema 2")
    page.get_by_role("radio", name="Thema 4").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("radio", name="Thema 4")).to_be_focused()


def test_card_opens_in_place_while_the_tap_before_is_on_its_way(window: Window, conference: Conference) -> None:
    page = window()
    page.goto("plan")
    held: list[tuple[Route, APIResponse]] = []
    page.route("**/plan/legen*", lambda route: held.append((route, route.fetch())), times=1)
    piece(page, "Thema 1").drag_to(cell(page, 1, 1))
    expect(cell(page, 1, 1)).to_contain_text("Thema 1")
    page.get_by_role("radio", name="Thema 4").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    ((route, answer),) = held
    route.fulfill(response=answer)
    expect(page.locator("body")).not_to_have_attribute("aria-busy", "true")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert page.url.endswith("/plan")


def test_two_moderators_at_once_do_not_overwrite_each_other(window: Window, conference: Conference) -> None:
    put("Thema 1", (1, 1))
    first, second = window("Ayse"), window("Mia", scripts=False)
    first.goto("plan")
    second.goto("plan")
    piece(first, "Thema 1").drag_to(cell(first, 2, 2))
    expect(cell(first, 2, 2)).to_contain_text("Thema 1")
    second.get_by_role("radio", name="Thema 1").check()
    cell(second, 3, 3).get_by_role("button", name="Place here").click()
    expect(second.get_by_role("alert")).to_contain_text("“Thema 1” is now at 14:00, Raum 2.")
    expect(cell(second, 2, 2)).to_contain_text("Thema 1")
    second.get_by_role("radio", name="Thema 1").check()
    cell(second, 3, 3).get_by_role("button", name="Place here").click()
    expect(cell(first, 3, 3)).to_contain_text("Thema 1")
    assert where() == {"Thema 1": (3, 3)}


def test_plan_is_proposed_taken_over_published_and_changed(window: Window, conference: Conference) -> None:
    page = window()
    vote(Topic.objects.get(title="Thema 1"), conference.seats.all()[:6])
    page.goto("vorschlag")
    tap(page, "Propose plan")
    expect(page.get_by_text("The planner starts in a moment.")).to_be_visible()
    assert serve_one(PLANNING, worker="here:1", now=timezone.now)
    expect(page.get_by_text("4 of 4 topics have a place")).to_be_visible()
    vote(Topic.objects.get(title="Thema 2"), conference.seats.all()[:2])
    tap(page, "Take over as draft")
    page.wait_for_url("**/regie/plan")
    assert len(where()) == 4
    page.get_by_role("link", name="Publish …").click()
    tap(page, "Publish edition 1 now")
    expect(page.get_by_role("heading", name="Everything is published")).to_be_visible()
    before = where()["Thema 1"]
    free = next((s, r) for s in (1, 2, 3) for r in (1, 2, 3) if s != before[0] and (s, r) not in where().values())
    page.goto("plan")
    piece(page, "Thema 1").drag_to(cell(page, *free))
    expect(cell(page, *free)).to_contain_text("Thema 1")
    expect(page.locator(".toolbar__status")).to_contain_text("1 change not published")
    page.get_by_role("link", name="Publish …").click()
    sentence = page.locator("#differences li")
    expect(sentence).to_have_text(
        f"“Thema 1” moves from {before[0] + 12}:00, Raum {before[1]} to {free[0] + 12}:00, Raum {free[1]}."
    )
    tap(page, "Publish edition 2 now")
    expect(page.locator("#edition-2")).to_be_visible()
    assert [edition.number for edition in Edition.objects.all()] == [1, 2]


def test_desk_works_without_scripts(window: Window, conference: Conference) -> None:
    page = window(scripts=False)
    page.goto("")
    page.get_by_role("link", name="To the round").click()
    tap(page, "Set up a round")
    tap(page, "Open the round")
    tap(page, "First topic")
    page.get_by_role("button", name="about 10").click()
    expect(page.locator("#count-hands")).to_have_text("~10")
    page.get_by_label("What is it about?").fill("Spontan")
    page.get_by_label("Who brings it?").fill("Mia")
    tap(page, "Add topic")
    page.get_by_role("button", name=re.compile("Hide ?: Thema 4")).click()
    page.get_by_role("link", name="Close the vote …").click()
    tap(page, "Close the vote now")
    page.get_by_role("link", name="Propose plan").click()
    tap(page, "Propose plan")
    assert serve_one(PLANNING, worker="here:1", now=timezone.now)
    page.get_by_role("link", name="Look again").click()
    tap(page, "Take over as draft")
    page.get_by_role("link", name="Menu: Spontan").click()
    page.get_by_role("button", name=re.compile("^Take out of the plan")).click()
    page.get_by_role("radio", name="Spontan").check()
    cell(page, 3, 3).get_by_role("button", name="Place here").click()
    page.get_by_role("link", name="Publish …").click()
    tap(page, "Publish edition 1 now")
    expect(page.locator(".status[role=status]")).to_contain_text("Edition 1 is on every screen.")
    assert where()["Spontan"] == (3, 3)
    assert set(where()) == {"Thema 1", "Thema 2", "Thema 3", "Spontan"}
    page.get_by_role("link", name="Seats", exact=True).click()
    page.get_by_label("How many badges?").fill("2")
    tap(page, "Make badges")
    expect(page.locator(".badge")).to_have_count(2)
