"""Mail that came back: reports of mail servers (RFC 3464) about letters of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from typing import Final, NamedTuple

TOKEN: Final = re.compile(r"<([0-9a-f]{32})@")
MOST_OF_REASON: Final = 300


class Bounce(NamedTuple):
    """Which letter did not arrive, and why."""

    token: str
    reason: str


def read_bounce(raw: bytes) -> Bounce | None:
    """The letter that a report says was not delivered for good; None for a delay, a receipt and any other mail."""
    message = message_from_bytes(raw)
    if message.get_content_type() != "multipart/report":
        return None
    failure = next((part for part in recipients_in(message) if action_of(part) == "failed"), None)
    found = next((found[1] for text in ids_in(message) if (found := TOKEN.search(text))), None)
    return Bounce(found, reason_in(failure)) if failure is not None and found else None


def recipients_in(message: Message) -> Iterator[Message]:
    """The groups of fields of a report, one a recipient."""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            yield from (group for group in part.get_payload() if isinstance(group, Message))


def action_of(group: Message) -> str:
    return str(group.get("Action", "")).strip().casefold()


def ids_in(message: Message) -> Iterator[str]:
    """The Message-ID of the mail that is reported about, whole or as its head only."""
    for part in message.walk():
        if part.get_content_type() == "text/rfc822-headers":
            yield str(message_from_bytes(part.get_payload(decode=True) or b"").get("Message-ID", ""))  # type: ignore[arg-type]
        elif part is not message:
            yield str(part.get("Message-ID", ""))


def reason_in(group: Message) -> str:
    said = str(group.get("Diagnostic-Code", "") or group.get("Status", ""))
    return " ".join(said.split())[:MOST_OF_REASON]
