"""A limit that no plan can pass, so that "at least x % of the possible" is honest; the simplest one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, get_args

from offenraum.planner.instance import Instance
from offenraum.planner.objective import UNIT, Objective, worths

BoundKind = Literal["ideal", "lp", "lagrange"]
Asked = Literal["lp", "lagrange"]
ASKED: tuple[Asked, ...] = get_args(Asked)


@dataclass(frozen=True, slots=True)
class Bound:
    """No plan is worth more than `value`, in units of the objective; `kind` says how that was proven."""

    value: float
    kind: BoundKind

    def at_least_percent(self, reached: float) -> float:
        """What share of the possible a plan reaches at least, cut (never rounded up) to a tenth."""
        if self.value <= 0:
            return 100.0
        return math.floor(min(1.0, max(0.0, reached / self.value)) * 1000) / 10


def ideal_bound(instance: Instance, objective: Objective) -> Bound:
    """Everybody gets what a plan made only for them would give."""
    return Bound(sum(worths(objective, ideal)[-1] for ideal in instance.ideals) / UNIT, "ideal")
