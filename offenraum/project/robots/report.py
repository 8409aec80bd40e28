"""The report of a rehearsal: for people, and as JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a rehearsal found; the names are the keys of `--json`."""

    people: int
    topics: int
    votes_sent: int
    votes_acknowledged: int
    votes_counted: int
    votes_lost: int
    votes_double: int
    vote_p50_ms: float
    vote_p99_ms: float
    event_p50_ms: float
    event_p99_ms: float
    screens: int
    screens_stale: int
    edition: int
    seconds_close_to_plan: float
    seconds_publish_to_all_screens: float
    tally_equals_recount: bool
    merges_undone_exactly: bool
    moves_host_withdrawn: int
    moves_room_lost: int
    running_sessions_moved: int
    editions: int

    @property
    def is_good(self) -> bool:
        """Nothing lost, nothing double, nothing stale, and counting again gives the same."""
        wrong = self.votes_lost or self.votes_double or self.screens_stale or self.running_sessions_moved
        return not wrong and self.tally_equals_recount and self.merges_undone_exactly

    def as_json(self) -> str:
        return json.dumps(asdict(self), indent=1)

    def lines(self) -> list[str]:
        """The same in sentences."""
        values = asdict(self)
        return [
            _("People: {people}, topics: {topics}.").format(**values),
            _(
                "Votes: {votes_sent} sent, {votes_acknowledged} acknowledged, {votes_counted} counted; "
                "{votes_lost} lost, {votes_double} double."
            ).format(**values),
            _("A vote took {vote_p50_ms:.0f} ms for half of the people, {vote_p99_ms:.0f} ms for 99 of 100.").format(
                **values
            ),
            _(
                "A change was on the screens after {event_p50_ms:.0f} ms for half of them, "
                "{event_p99_ms:.0f} ms for 99 of 100."
            ).format(**values),
            _("Screens: {screens}, stale at the end: {screens_stale}.").format(**values),
            _(
                "From closing the vote to the draft: {seconds_close_to_plan:.1f} s. Edition {edition} was on every "
                "screen {seconds_publish_to_all_screens:.1f} s after publishing."
            ).format(**values),
            self.recounted(),
            _(
                "When a host withdrew, {moves_host_withdrawn} other sessions moved; when a room was lost, "
                "{moves_room_lost}. Running sessions moved: {running_sessions_moved}. Editions: {editions}."
            ).format(**values),
            self.verdict(),
        ]

    def recounted(self) -> str:
        """What counting again and taking back a merge have shown."""
        if not self.tally_equals_recount:
            return _("Phones, ballots and hands were counted again, with another result.")
        if not self.merges_undone_exactly:
            return _("A merge was undone, but not everything was as before.")
        return _("Phones, ballots and hands were counted again, with the same result. A merge was undone exactly.")

    def verdict(self) -> str:
        if self.is_good:
            return _("Nothing was lost, double or stale. This server can carry your conference.")
        return _("Something was lost, double or stale. Please do not use this server before the cause is found.")


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of all values does not exceed; 0 for none."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else 0.0


def milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 1)
