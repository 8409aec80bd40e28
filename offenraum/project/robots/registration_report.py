"""The report of a rehearsed opening of registration: for people, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.utils.translation import gettext as _

MOST_MOVING_UP_MS = 1000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationReport:
    """What was found; the names are the keys of `--json`."""

    applicants: int
    confirmed: int
    waiting: int
    oversold: int
    order_kept: bool
    errors: int
    moved_up_after_cancel_ms: float
    register_p50_ms: float
    register_p99_ms: float
    double_check_ins: int

    @property
    def is_good(self) -> bool:
        """Nobody lost, nobody doubled, nobody before their turn."""
        is_whole = self.confirmed + self.waiting == self.applicants
        is_clean = not (self.oversold or self.errors or self.double_check_ins)
        return is_whole and is_clean and self.order_kept and self.moved_up_after_cancel_ms <= MOST_MOVING_UP_MS

    def as_json(self) -> str:
        rounded = {name: round(value, 1) if isinstance(value, float) else value for name, value in asdict(self).items()}
        return json.dumps(rounded, indent=1)

    def lines(self) -> list[str]:
        """The same in sentences."""
        values = asdict(self)
        return [
            _("Applicants: {applicants}. Confirmed: {confirmed}, waiting: {waiting}, oversold: {oversold}.").format(
                **values
            ),
            _("The order was kept.") if self.order_kept else _("Somebody got a place before their turn."),
            _("A registration took {register_p50_ms:.0f} ms for half of them, {register_p99_ms:.0f} ms for 99 of 100.")
            .format(**values),
            _("The next moved up at most {moved_up_after_cancel_ms:.0f} ms after a cancellation.").format(**values),
            _("Checked in twice: {double_check_ins}. Errors: {errors}.").format(**values),
        ]


def percentile(times: Sequence[float], share: float) -> float:
    """Of sorted times, the one that this share does not exceed."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))] if times else 0.0
