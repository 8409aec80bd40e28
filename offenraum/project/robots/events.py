"""Reading server-sent events from the pieces of a stream. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StreamEvent:
    """One event of the stream."""

    name: str
    data: str
    id: str


class EventReader:
    """Cuts pieces into events; a piece may end anywhere."""

    def __init__(self) -> None:
        self.rest = b""

    def feed(self, piece: bytes) -> list[StreamEvent]:
        """The events that are complete with this piece."""
        *blocks, self.rest = (self.rest + piece).split(b"\n\n")
        return [event for block in blocks if (event := read_event(block.decode())) is not None]


def read_event(block: str) -> StreamEvent | None:
    """The event of these lines; None for comments and waiting times alone."""
    fields: dict[str, list[str]] = {}
    for line in block.split("\n"):
        name, _colon, value = line.partition(":")
        fields.setdefault(name, []).append(value.removeprefix(" "))
    if "data" not in fields:
        return None
    return StreamEvent(fields.get("event", ["message"])[-1], "\n".join(fields["data"]), fields.get("id", [""])[-1])
