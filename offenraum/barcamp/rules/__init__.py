"""Decisions of the barcamp on plain values; this is what other slices ask."""

from __future__ import annotations

from offenraum.barcamp.rules.interest import SHUFFLES, Refusal, may_show, shuffled, toggled
from offenraum.barcamp.rules.pitches import (
    Candidate,
    may_reopen,
    pitch_elapsed,
    pitch_minutes_left,
    pitch_order,
    pitches_that_fit,
)
from offenraum.barcamp.rules.tally import Hands, read_hands, size_band, total_wanted

__all__ = [
    "SHUFFLES", "Candidate", "Hands", "Refusal", "may_reopen", "may_show", "pitch_elapsed", "pitch_minutes_left",
    "pitch_order", "pitches_that_fit", "read_hands", "shuffled", "size_band", "toggled", "total_wanted",
]
