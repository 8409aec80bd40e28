"""What a person sees: the browser module on a page, in Chromium."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from offenraum.live.regions import Region
from offenraum.project.regions import REGISTRY
from tests.live.page import ProbeApplication
from tests.live.servers import RunningServer, change, count, running, wait_until

pytestmark = [pytest.mark.browser, pytest.mark.postgres]
FORM = """
<details id="more"><summary>Mehr</summary><p>{count}</p></details>
<ul>{items}</ul><form><label>Titel <input id="title" name="title" value="{count}"></label></form>
"""


def form() -> str:
    """A region in which somebody types while lines appear above and one changes."""
    number = count("board")
    items = "".join(f'<li id="item-{item}">{item} of {number}</li>' for item in reversed(range(number)))
    return FORM.format(count=number, items=items)


@pytest.fixture
def probe(regions: None) -> Iterator[RunningServer]:
    REGISTRY.register([Region("form", ("board",), "public", lambda _: form())])
    with running(ProbeApplication()) as server:
        yield server


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(locale="de-DE")
    yield context
    context.close()


@pytest.fixture
def open_page(probe: RunningServer, context: BrowserContext) -> Callable[..., Page]:
    """Open the probe page with these regions and wait until it is live."""

    def opened(*names: str) -> Page:
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.goto(f"{probe.url}/probe?region={'&region='.join(names)}")
        expect(page.locator("#live")).to_have_text("Live")
        return page

    return opened


OpenPage = Callable[..., Page]


def test_change_is_seen_without_reload(open_page: OpenPage) -> None:
    page = open_page("board", "plenum", "archive", "secret")
    change("board", "round", "plan")
    expect(page.locator("#board p")).to_have_text("board 2")
    expect(page.locator("#plenum p")).to_have_text("round 2")
    expect(page.locator("#archive p")).to_have_text("round 2")
    expect(page.locator("#secret p")).to_have_text("plan 2")


def test_typed_text_focus_and_open_details_stay(open_page: OpenPage) -> None:
    page = open_page("form")
    page.locator("summary").click()
    page.locator("#title").fill("Offene Daten")
    page.locator("#title").press("ArrowLeft")
    page.evaluate("window.kept = document.getElementById('title')")
    for _ in range(3):
        change("board")
    expect(page.locator("#form li")).to_have_text(["3 of 4", "2 of 4", "1 of 4", "0 of 4"])
    page.keyboard.type("!")
    assert page.locator("#title").input_value() == "Offene Date!n"
    assert page.evaluate("kept === document.activeElement && document.getElementById('more').open")


def test_replaced_region_is_told_to_other_modules(open_page: OpenPage) -> None:
    page = open_page("board")
    page.evaluate("document.addEventListener('region:replaced', event => { document.body.id = event.detail.id })")
    change("board")
    expect(page.locator("body")).to_have_id("board")


def test_page_catches_up_after_the_server_was_away(
    regions: None, context: BrowserContext, probe: RunningServer, open_page: OpenPage
) -> None:
    page = open_page("board", "plenum")
    probe.server.should_exit = True
    probe.thread.join()
    expect(page.locator("#live")).to_have_attribute("data-state", "offline")
    change("board", "round")
    with running(ProbeApplication(), port=probe.address[1]):
        expect(page.locator("#board p")).to_have_text("board 2")
        expect(page.locator("#plenum p")).to_have_text("round 2")
        expect(page.locator("#live")).to_have_text("Live")


def test_page_without_network_says_so_and_catches_up(open_page: OpenPage, context: BrowserContext) -> None:
    page = open_page("board")
    context.set_offline(True)
    expect(page.locator("#live")).to_contain_text("Getrennt")
    change("board")
    context.set_offline(False)
    expect(page.locator("#board p")).to_have_text("board 2")
    expect(page.locator("#live")).to_have_text("Live")


def test_page_whose_stream_is_blocked_asks_by_itself(probe: RunningServer, context: BrowserContext) -> None:
    page = context.new_page()
    page.clock.install()
    page.route("**/live/stream*", lambda route: route.abort())
    page.goto(f"{probe.url}/probe?region=board")
    change("board")
    page.clock.run_for(60_000)
    expect(page.locator("#board p")).to_have_text("board 2")
    expect(page.locator("#live")).to_have_attribute("data-state", "stale")


def test_middle_sized_region_is_replaced_without_a_request(open_page: OpenPage) -> None:
    page = open_page("plenum")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    change("round")
    expect(page.locator("#plenum p")).to_have_text("round 2")
    assert asked == []


def test_windows_of_a_browser_share_one_stream(open_page: OpenPage, probe: RunningServer) -> None:
    pages = [open_page("board"), open_page("board"), open_page("plenum"), open_page("figures")]
    change("board", "round", "tally")
    expect(pages[0].locator("#board p")).to_have_text("board 2")
    expect(pages[1].locator("#board p")).to_have_text("board 2")
    expect(pages[2].locator("#plenum p")).to_have_text("round 2")
    expect(pages[3].locator("#figures p")).to_have_text("tally 2")
    wait_until(lambda: streams(probe) == 1)


def test_another_window_takes_over_when_the_one_with_the_stream_closes(
    open_page: OpenPage, probe: RunningServer
) -> None:
    first, second = open_page("board"), open_page("board")
    first.close()
    change("board")
    expect(second.locator("#board p")).to_have_text("board 2")
    wait_until(lambda: streams(probe) == 1)


def test_page_that_comes_back_from_the_history_is_current(open_page: OpenPage, probe: RunningServer) -> None:
    page = open_page("board")
    page.goto(f"{probe.url}/live/none")
    change("board")
    page.go_back()
    expect(page.locator("#board p")).to_have_text("board 2")


def streams(server: RunningServer) -> int:
    application = server.config.app
    assert isinstance(application, ProbeApplication)
    return application.hub.count()
