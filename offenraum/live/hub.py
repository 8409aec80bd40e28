"""The hub: who watches which regions, and how one message reaches all of them.

A client is brought from what it has seen to the newest state and to nothing in between: one whose connection does not
take a message at once is left alone until it does, and then gets only the newest.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol

from offenraum.live.http import Message, Send
from offenraum.live.wire import NOTHING, Key, Part, Tag, beat, region_event, tags_text

Tags = tuple[Tag, ...]
CLIENTS_AT_ONCE = 256
END_SECONDS = 1.0
SPREAD_MS = 500
CLIENTS_PER_MS = 4


@dataclass(eq=False, slots=True)
class Client:
    """One open stream; busy until its connection has taken what was sent. A guest came without a token."""

    send: Send
    channel: Channel
    seen: Tags
    is_guest: bool = False
    is_busy: bool = True


@dataclass(eq=False, slots=True)
class Channel:
    """All streams that watch the same regions, and the newest state of these."""

    keys: tuple[Key, ...]
    parts: list[Part] = field(default_factory=list)
    tags: Tags = ()
    clients: set[Client] = field(default_factory=set)
    messages: dict[Tags, bytes] = field(default_factory=dict)
    greetings: dict[Tags, bytes] = field(default_factory=dict)
    warming: asyncio.Task[None] | None = None

    def __post_init__(self) -> None:
        self.parts = [Part(NOTHING)] * len(self.keys)
        self.tags = (NOTHING,) * len(self.keys)

    @property
    def is_warm(self) -> bool:
        return self.warming is not None and self.warming.done()

    def update(self, parts: Mapping[Key, Part]) -> None:
        """Take over what is newer."""
        pairs = [(old, parts.get(key, old)) for key, old in zip(self.keys, self.parts, strict=True)]
        self.parts = [new if new.tag > old.tag else old for old, new in pairs]
        tags = tuple(part.tag for part in self.parts)
        if tags != self.tags:
            self.tags = tags
            self.messages, self.greetings = {}, {}

    def greeting(self, seen: Tags) -> bytes:
        """What a new client gets that has seen this: the way to the newest, and the versions."""
        if seen not in self.greetings:
            self.greetings[seen] = self.message(seen) + beat(self.tags)
        return self.greetings[seen]

    def message(self, seen: Tags) -> bytes:
        """What leads from a seen state to the newest; written once for all who have seen the same."""
        if seen not in self.messages:
            self.messages[seen] = self.written(seen)
        return self.messages[seen]

    def written(self, seen: Tags) -> bytes:
        """Each event's id claims only what was delivered up to it."""
        told = list(seen)
        within = min(SPREAD_MS, len(self.clients) // CLIENTS_PER_MS)
        events = []
        for place, (key, part) in enumerate(zip(self.keys, self.parts, strict=True)):
            if part.tag not in (seen[place], NOTHING):
                told[place] = part.tag
                events.append(region_event(key=key, part=part, within=within, id=tags_text(told)))
        return b"".join(events)


class Delivery(Protocol):
    """How a message gets from the publisher into a connection; calls `when_free` when a busy client is free again."""

    def __init__(self, when_free: Callable[[Client], None]) -> None: ...

    def deliver(self, client: Client, message: Message, tags: Tags) -> None: ...


class Hub:
    """All channels of this process; lives on the event loop."""

    def __init__(self, delivery: type[Delivery]) -> None:
        self.channels: dict[tuple[Key, ...], Channel] = {}
        self.delivery = delivery(self.catch_up)

    def join(self, *, keys: tuple[Key, ...], seen: Tags, send: Send, is_guest: bool = False) -> Client:
        """Watch these regions from a seen state on; the client stays busy until it was greeted."""
        channel = self.channels.get(keys)
        if channel is None:
            channel = self.channels[keys] = Channel(keys)
        client = Client(send, channel, seen, is_guest)
        channel.clients.add(client)
        return client

    def leave(self, client: Client) -> None:
        channel = client.channel
        channel.clients.discard(client)
        if not channel.clients:
            self.channels.pop(channel.keys, None)

    def greeting(self, client: Client) -> tuple[bytes, Tags]:
        """What leads a new client to the newest state, and that state."""
        channel = client.channel
        return channel.greeting(client.seen), channel.tags

    def is_greeted(self, client: Client, tags: Tags) -> None:
        """From now on the client is kept current."""
        client.seen = tags
        client.is_busy = False
        self.catch_up(client)

    def catch_up(self, client: Client) -> None:
        channel = client.channel
        if client.is_busy or client.seen is channel.tags or client not in channel.clients:
            return
        body = channel.message(client.seen)
        if body:
            self.delivery.deliver(client, chunk(body), channel.tags)
        else:
            client.seen = channel.tags

    async def publish(self, channel: Channel) -> None:
        """Bring all clients of a channel to its newest state, leaving the loop to others in between."""
        for group in groups(channel.clients):
            self.publish_group(channel, group)
            await asyncio.sleep(0)

    def publish_group(self, channel: Channel, group: list[Client]) -> None:
        """Most clients have seen the same, so the message is looked up only when that differs."""
        tags, deliver = channel.tags, self.delivery.deliver
        seen: Tags = ()
        message: Message = {}
        for client in group:
            if client.is_busy or client.seen is tags:
                continue
            if client.seen is not seen:
                seen = client.seen
                message = chunk(channel.message(seen))
            if message["body"]:
                deliver(client, message, tags)
            else:
                client.seen = tags

    async def beat(self) -> None:
        """Tell every client that the stream lives, and its versions."""
        for channel in list(self.channels.values()):
            for group in groups(channel.clients):
                self.beat_group(channel, group)
                await asyncio.sleep(0)

    def beat_group(self, channel: Channel, group: list[Client]) -> None:
        message = chunk(beat(channel.tags))
        for client in group:
            if client.seen is channel.tags and not client.is_busy:
                self.delivery.deliver(client, message, channel.tags)

    async def end(self, clients: Iterable[Client]) -> None:
        """Close streams; whoever is still there comes back by itself."""
        endings = []
        for client in clients:
            client.is_busy = True
            endings.append(client.send({"type": "http.response.body", "body": b"", "more_body": False}))
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.gather(*endings, return_exceptions=True), timeout=END_SECONDS)

    def guests(self, scope: str) -> list[Client]:
        """Who watches regions of a conference without a token."""
        channels = [one for keys, one in self.channels.items() if any(key.scope == scope for key in keys)]
        return [client for channel in channels for client in channel.clients if client.is_guest]

    def count(self) -> int:
        return sum(len(channel.clients) for channel in self.channels.values())

    def clients(self) -> list[Client]:
        return [client for channel in self.channels.values() for client in channel.clients]


def chunk(body: bytes) -> Message:
    """The piece of an answer that goes on; one for all who get the same."""
    return {"type": "http.response.body", "body": body, "more_body": True}


def groups(clients: Iterable[Client]) -> list[list[Client]]:
    everyone = list(clients)
    return [everyone[start : start + CLIENTS_AT_ONCE] for start in range(0, len(everyone), CLIENTS_AT_ONCE)]
