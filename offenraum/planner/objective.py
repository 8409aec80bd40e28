"""What a plan is worth, in whole numbers: the same on every processor."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal, get_args

from offenraum.planner.instance import HALVES

Objective = Literal["sqrt", "sum", "nash"]
OBJECTIVES: tuple[Objective, ...] = get_args(Objective)

# One whole wish (sum), one fully satisfied person (sqrt), one e-fold (nash).
UNIT = 1 << 20


def worths(objective: Objective, ideal: int) -> tuple[int, ...]:
    """What 0, 1, ... `ideal` half wishes are worth to a person whose best plan would give `ideal`."""
    return tuple(_worth(objective, got, ideal) for got in range(ideal + 1))


def worth_tables(objective: Objective, ideals: Sequence[int]) -> list[tuple[int, ...]]:
    """The table of `worths` for every person; people with the same ideal share one."""
    tables = {ideal: worths(objective, ideal) for ideal in set(ideals)}
    return [tables[ideal] for ideal in ideals]


def _worth(objective: Objective, got: int, ideal: int) -> int:
    if objective == "sum":
        return got * UNIT // HALVES
    if objective == "nash":
        return round(math.log1p(got) * UNIT)
    return math.isqrt(got * UNIT * UNIT // ideal) if ideal else 0
