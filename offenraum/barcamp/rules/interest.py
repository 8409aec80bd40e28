"""Decisions about interest on plain values: who may show it, and in which order topics are offered."""

from __future__ import annotations

import hashlib
from enum import StrEnum
from typing import Final

SHUFFLES: Final = 16


class Refusal(StrEnum):
    """Why an interest is not taken."""

    ROUND_CLOSED = "round_closed"
    TOPIC_GONE = "topic_gone"


def may_show(*, topic_state: str, round_state: str | None) -> Refusal | None:
    """Interest is open from the proposal until the round closes of the topic, or of the one that it is merged into."""
    if topic_state not in {"submitted", "released", "merged"}:
        return Refusal.TOPIC_GONE
    if round_state == "closed":
        return Refusal.ROUND_CLOSED
    return None


def toggled(*, before: int, step: int) -> int:
    """What a button without a script asks for: its step, or the one below when it is on already."""
    return step - 1 if before >= step else step


def shuffled(topics: list[int], variant: int) -> list[int]:
    """One of 16 fair orders: the same for everybody with this variant, unrelated to number or interest."""
    return sorted(topics, key=lambda topic: hashlib.blake2b(f"{variant}:{topic}".encode(), digest_size=8).digest())
