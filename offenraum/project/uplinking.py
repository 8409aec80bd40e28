"""Messages of sensors are taken on the event loop and stored together, as votes are.

Taken is only what is plainly right; everything else goes the long way through Django, which says what is wrong.
"""

from __future__ import annotations

import json
import re
from typing import Final

from offenraum.kit.group_commit import takes_from_loop
from offenraum.live.http import JSON, NO_STORE, App, Receive, Scope, Send, header_of, query_of, respond
from offenraum.project.gatherer import Gatherer
from offenraum.project.guard import replay
from offenraum.sensors.actions.receiving import Asked, Kept, take_uplinks
from offenraum.sensors.uplinks import MOST_BYTES, PARSERS

ADDRESS: Final = re.compile(
    r"/([-a-zA-Z0-9_]{1,80})/sensoren/uplink/(" + "|".join(PARSERS) + r")(?:/([-\w]{1,64}))?", re.ASCII
)
BEARER: Final = "Bearer "
MOST_AT_ONCE: Final = 100


class Uplinking:
    """The ASGI app in front of the pages; `receive` hands it the whole body (the guard does)."""

    def __init__(self, pages: App) -> None:
        self.pages = pages
        self.messages: Gatherer[Asked, Kept | None] = Gatherer(take_uplinks, most=MOST_AT_ONCE, refused=None)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        address = ADDRESS.fullmatch(scope["path"])
        if address is None or scope["method"] != "POST" or not takes_from_loop():
            await self.pages(scope, receive, send)
            return
        body = (await receive())["body"]
        secret = address[3] or header_of(scope, b"authorization").removeprefix(BEARER)
        event = query_of(scope["query_string"]).get("event", [""])[0]
        kept = None
        if secret and len(body) <= MOST_BYTES:
            kept = await self.messages.take(Asked(address[1], address[2], secret, body, event))
        if kept is None:
            await self.pages(scope, replay(body, receive), send)
        else:
            answer = json.dumps(kept._asdict()).encode()
            await respond(send, 202 if kept.unknown else 200, answer, [JSON, NO_STORE])
