"""What a check found, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How a finding is meant: all is well, worth knowing, or in the way."""

    OK = "ok"
    NOTE = "note"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found, and what to do about it."""

    name: str
    state: State
    said: str
    fix: str = ""


class Problem(Exception):
    """Something that is in the way, in words, with its fix."""

    def __init__(self, said: str, fix: str) -> None:
        super().__init__(said)
        self.said, self.fix = said, fix


class Note(Problem):
    """Something worth knowing that is not in the way."""


def found(name: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(name, State.OK, check())
    except Note as note:
        return Finding(name, State.NOTE, note.said, note.fix)
    except Problem as problem:
        return Finding(name, State.FAILED, problem.said, problem.fix)
