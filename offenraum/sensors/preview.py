"""What a codec that is being edited makes of the last messages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from offenraum.conference.models import Conference
from offenraum.sensors.codecs import values_of
from offenraum.sensors.models import Codec, Message
from offenraum.sensors.sandbox import Sandbox

LAST: Final = 10
SANDBOX: Final = Sandbox()
"""One for all previews of this process; it starts with the first one."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One message and what came of it."""

    device: str
    payload: str
    f_port: int | None
    values: dict[str, float]
    said: str


def previewed(conference: Conference, codec: Codec, *, source: str) -> list[Trial]:
    """The last ten messages of devices with this codec; of any device while none has it."""
    rows = Message.objects.filter(network__conference=conference, device__isnull=False).exclude(payload=b"")
    own = rows.filter(device__codec=codec) if codec.pk else rows
    newest = (own if own.exists() else rows).select_related("device").order_by("-pk")[:LAST]
    return [trial(message, source) for message in newest]


def trial(message: Message, source: str) -> Trial:
    result = SANDBOX.decode(
        source=source, payload=bytes(message.payload), f_port=message.f_port, received_at=message.measured_at
    )
    return Trial(
        device=str(message.device), payload=bytes(message.payload).hex(" "), f_port=message.f_port,
        values=values_of(result.data), said="; ".join([*result.errors, *result.warnings]),
    )
