"""A hall for journeys: the real server, its badges, and windows that note every error."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.stage import Stage
from tests.servers import Server

PHONE = {"width": 390, "height": 844}
NUMBERS = itertools.count(1)
NO_ERROR = re.compile(
    "ERR_INTERNET_DISCONNECTED|ERR_CONNECTION|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE_CHUNKED_ENCODING"
    r"|ERR_SOCKET_NOT_CONNECTED|Cross-Origin-Opener-Policy|status of 4\d\d"
)
TOPICS = ["Offene Haushalte", "LoRaWAN im Dorf", "Chatbots im Bürgerbüro"]


@dataclass
class Hall:
    """Where a journey happens: addresses, badges, what happens behind the scenes, and what went wrong in windows."""

    url: str
    slug: str
    behind: Stage
    chromium: Browser
    badges: list[dict[str, Any]]
    doors: list[int]
    contexts: list[BrowserContext] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @classmethod
    def new(cls, server: Server, behind: Stage, chromium: Browser, **values: Any) -> Hall:
        """Set up a conference at an address of its own: fixtures of a module may be made twice in one process."""
        slug = f"halle-{next(NUMBERS)}"
        found = behind("set_up", slug=slug, **values)
        return cls(server.url, slug, behind, chromium, found["badges"], found["doors"])

    def address(self, page: str) -> str:
        return f"{self.url}/{self.slug}{page}"

    def stage(self, verb: str, /, **values: Any) -> Any:
        """Let something happen behind the scenes."""
        return self.behind(verb, slug=self.slug, **values)

    def window(self, *, scripts: bool = True, **options: Any) -> Page:
        """A browser of its own: own cookies, own storage."""
        known = {"viewport": PHONE, "locale": "de-DE", "timezone_id": "Europe/Berlin"} | options
        context = self.chromium.new_context(java_script_enabled=scripts, **known)
        context.set_default_timeout(60_000)
        self.contexts.append(context)
        return self.watched(context.new_page())

    def watched(self, page: Page) -> Page:
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda message: self.note(message.type, message.text))
        return page

    def note(self, kind: str, text: str) -> None:
        """Scripts that fail and what the content policy stops; a lost connection is no error of the page."""
        if kind == "error" and not NO_ERROR.search(text):
            self.errors.append(text)

    def organise(self, page: Page) -> Page:
        """An organiser who has shown the second factor."""
        page.context.add_cookies([{"name": "sitzung", "value": self.stage("organiser"), "url": self.url}])
        return page

    def help(self, page: Page, url: str = "") -> Page:
        """A helper scans the key of the day and opens the check-in."""
        page.goto((url or self.url) + self.stage("helper"))
        page.get_by_role("button").first.click()
        page.wait_for_url("**/regie/helfen")
        page.goto((url or self.url) + f"/{self.slug}/checkin")
        return page

    def sign_in(self, page: Page, badge: int = 0) -> Page:
        """Type the code of a badge, as on the first day of a phone."""
        page.goto(self.address("/platz"))
        page.get_by_label("Code auf Ihrem Ausweis").fill(self.badges[badge]["code"].lower())
        page.get_by_role("button", name="Anmelden").click()
        page.wait_for_url("**/themen")
        return page


@pytest.fixture
def make_hall(journey_server: Server, process_behind: Stage, chromium: Browser) -> Iterator[Callable[..., Hall]]:
    """A function that sets up a conference: `make_hall(seat_mode="open")`."""
    halls: list[Hall] = []

    def make(**values: Any) -> Hall:
        halls.append(Hall.new(journey_server, process_behind, chromium, **({"topics": TOPICS} | values)))
        return halls[-1]

    yield make
    for hall in halls:
        for context in hall.contexts:
            context.close()
    assert [error for hall in halls for error in hall.errors] == []


@pytest.fixture
def hall(make_hall: Callable[..., Hall]) -> Hall:
    return make_hall()
