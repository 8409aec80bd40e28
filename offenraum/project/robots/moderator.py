"""The robot at the desk: signs in with a one-time link, presses the buttons it finds on the desk's pages."""

from __future__ import annotations

import asyncio
import re
from html import unescape

from offenraum.project.robots.browser import Browser
from offenraum.project.robots.page import hidden_fields
from offenraum.project.robots.robot import Refused
from offenraum.project.robots.wire import Site

ADDRESS = re.compile(r"\b(?:formaction|action)=\"([^\"]+)\"")
DOORS = 3
LOOK_SECONDS = 0.2
PLAN_SECONDS = 60.0


class Moderator:
    """One moderator with a tablet, and helpers who check badges in with the same account."""

    def __init__(self, *, site: Site, slug: str) -> None:
        self.desk = f"/{slug}/regie"
        self.browser = Browser(site)
        self.doors: asyncio.Queue[Browser] = asyncio.Queue()
        self.csrf = ""

    async def sign_in(self, link: str) -> None:
        """Press the button behind the one-time link, then open the desk."""
        form = await self.browser.get(link)
        answer = await self.browser.post(link, hidden_fields(form.text))
        if answer.status != 302:
            raise Refused(f"signing in to the desk answered {answer.status}")
        desk = await self.look(f"{self.desk}/runde")
        self.csrf = hidden_fields(desk)["csrfmiddlewaretoken"]
        for _door in range(DOORS):
            door = Browser(self.browser.site)
            door.cookies = dict(self.browser.cookies)
            self.doors.put_nowait(door)

    async def look(self, path: str) -> str:
        answer = await self.browser.get(path)
        if answer.status != 200:
            raise Refused(f"{path} answered {answer.status}")
        return answer.text

    async def press(self, page: str, part: str) -> None:
        """Press the button of a page whose address contains `part`, and look at the page that follows."""
        await self.fill(page, part, {})

    async def fill(self, page: str, part: str, fields: dict[str, str]) -> None:
        """Fill in the form of a page whose address contains `part`, send it, and look at the page that follows."""
        path = f"{self.desk}/{page}"
        html = await self.look(path)
        address = next((unescape(found) for found in ADDRESS.findall(html) if part in found), None)
        if address is None:
            raise Refused(f"{path} has no button for {part}")
        answer = await self.browser.post(address, hidden_fields(html) | fields)
        if answer.status not in {200, 302}:
            raise Refused(f"{address} answered {answer.status}")
        if answer.status == 302:
            await self.look(answer.head.header("location"))

    async def check_in(self, number: int) -> None:
        """Check the seat with this number in; what the desk says about it is not looked at."""
        door = await self.doors.get()
        cookies = dict(door.cookies)
        try:
            answer = await door.post(f"{self.desk}/plaetze/{number}/da", {}, csrf=self.csrf)
        finally:
            door.cookies = cookies
            self.doors.put_nowait(door)
        if answer.status != 302:
            raise Refused(f"checking in answered {answer.status}")

    async def plan(self) -> None:
        """Let the planner propose a plan and take it over."""
        await self.press("vorschlag", "/vorschlag/neu")
        async with asyncio.timeout(PLAN_SECONDS):
            while "/uebernehmen" not in await self.look(f"{self.desk}/vorschlag"):
                await asyncio.sleep(LOOK_SECONDS)
        await self.press("vorschlag", "/uebernehmen")

    def close(self) -> None:
        self.browser.close()
        while not self.doors.empty():
            self.doors.get_nowait().close()
