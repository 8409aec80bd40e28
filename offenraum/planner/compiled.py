"""The compiler's decorator: machine code kept on disk, no fast mathematics, nothing that differs by processor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

import numba
import numpy as np

from offenraum.planner.warmth import code_folder

P = ParamSpec("P")
R = TypeVar("R")

FOLDER = code_folder()
if FOLDER is not None:
    setattr(numba.config, "CACHE_DIR", str(FOLDER))  # noqa: B010

# Compiled functions only read and write arrays that exist, so they need no memory management (`_nrt`): with it,
# passing the many arrays of a state from function to function costs ten times the work itself.
OPTIONS: dict[str, Any] = {"fastmath": False, "boundscheck": False, "_nrt": False}
# A part needs no doors for Python and C, which cost half its compile time; it is worth pulling into its callers.
PART: dict[str, Any] = OPTIONS | {"no_cpython_wrapper": True, "no_cfunc_wrapper": True, "forceinline": True}


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """A door of the engine: compiled on the first call, its machine code kept on disk."""
    return cast("Callable[P, R]", numba.njit(cache=FOLDER is not None, **OPTIONS)(function))


def part(function: Callable[P, R]) -> Callable[P, R]:
    """A piece that only compiled functions call; its machine code becomes part of theirs."""
    return cast("Callable[P, R]", numba.njit(**PART)(function))


@part
def between(begin: int, end: int) -> range:
    """`range` for places in arrays: what has no sign is never counted from the end, which costs a look each time."""
    return range(np.uint64(begin), np.uint64(end))
