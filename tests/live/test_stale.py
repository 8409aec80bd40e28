"""No screen stays stale, whatever was cut, restarted or frozen in between."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, expect

from tests.line import Line, line_to
from tests.live.page import ProbeApplication
from tests.live.servers import RunningServer, change, count, running, wait_until

pytestmark = pytest.mark.browser
SCREENS = 3
REGIONS = {"board": "board", "plenum": "round", "figures": "tally"}


class Screen:
    """A browser of its own with one page and its own line; frozen like a phone in a pocket, or without network."""

    def __init__(self, context: BrowserContext, line: Line) -> None:
        self.context = context
        self.line = line
        self.page: Page = context.new_page()
        self.session: CDPSession = context.new_cdp_session(self.page)

    def set_offline(self, is_offline: bool) -> None:
        (self.line.cut if is_offline else self.line.mend)()
        self.context.set_offline(is_offline)

    def set_frozen(self, is_frozen: bool) -> None:
        self.session.send("Page.setWebLifecycleState", {"state": "frozen" if is_frozen else "active"})

    def expect_current(self) -> None:
        for region, topic in REGIONS.items():
            expect(self.page.locator(f"#{region} p")).to_have_text(f"{topic} {count(topic)}", timeout=60_000)


class Hall:
    """Some screens and a server to which everything happens."""

    def __init__(self, chromium: Browser) -> None:
        self.chromium = chromium
        self.server: RunningServer | None = None
        self.port = 0
        self.screens: list[Screen] = []
        self.lines = ExitStack()

    def start(self) -> None:
        self.running = running(ProbeApplication(), port=self.port)
        self.server = self.running.__enter__()
        self.port = self.server.address[1]

    def stop(self) -> None:
        self.running.__exit__(None, None, None)

    def restart(self) -> None:
        self.stop()
        change("board")
        self.start()

    def open_screens(self) -> None:
        names = "&region=".join(REGIONS)
        for _ in range(SCREENS):
            screen = Screen(self.chromium.new_context(), self.lines.enter_context(line_to(self.port)))
            screen.page.goto(f"http://127.0.0.1:{screen.line.port}/probe?region={names}")
            self.screens.append(screen)

    def close(self) -> None:
        for screen in self.screens:
            screen.context.close()
        self.lines.close()
        self.stop()


@pytest.fixture
def hall(regions: None, chromium: Browser) -> Iterator[Hall]:
    hall = Hall(chromium)
    hall.start()
    hall.open_screens()
    yield hall
    hall.close()


def happen(hall: Hall, chance: random.Random) -> None:
    """One misfortune to one screen or to all, with changes around it."""
    screen = chance.choice(hall.screens)
    kind = chance.choice(["offline", "online", "frozen", "active", "cut", "restart", "nothing"])
    if kind in {"offline", "online"}:
        screen.set_offline(kind == "offline")
    elif kind in {"frozen", "active"}:
        screen.set_frozen(kind == "frozen")
    elif kind == "cut":
        cut_all(hall)
    elif kind == "restart" and chance.random() < 0.3:
        hall.restart()
    change(chance.choice(list(REGIONS.values())))
    hall.screens[0].page.wait_for_timeout(chance.uniform(0, 300))


def cut_all(hall: Hall) -> None:
    """Every connection breaks without a word."""
    assert hall.server is not None
    state = hall.server.server.server_state
    connections = list(state.connections)
    loop = next(iter(connections)).loop if connections else None
    for connection in connections:
        assert loop is not None
        loop.call_soon_threadsafe(connection.transport.abort)
    wait_until(lambda: not set(connections) & set(state.connections))


def suffer(hall: Hall, *, seed: int, misfortunes: int) -> None:
    chance = random.Random(seed)
    for _ in range(misfortunes):
        happen(hall, chance)
    for screen in hall.screens:
        screen.set_offline(False)
        screen.set_frozen(False)
    for screen in hall.screens:
        screen.expect_current()


def test_no_screen_is_stale_after_misfortunes(hall: Hall) -> None:
    suffer(hall, seed=1, misfortunes=30)


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_no_screen_is_stale_after_a_thousand_misfortunes(hall: Hall) -> None:
    for seed in range(10):
        suffer(hall, seed=seed, misfortunes=100)


def test_screen_is_correct_soon_after_a_cut_of_three_seconds(hall: Hall) -> None:
    for screen in hall.screens:
        expect(screen.page.locator("#live")).to_have_text("Live")
        screen.set_offline(True)
    change("board", "round", "tally")
    hall.screens[0].page.wait_for_timeout(3000)
    for screen in hall.screens:
        for region, topic in REGIONS.items():
            expect(screen.page.locator(f"#{region} p")).not_to_have_text(f"{topic} {count(topic)}")
        screen.set_offline(False)
    for screen in hall.screens:
        screen.expect_current()
