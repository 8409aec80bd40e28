"""Decisions about measured values on plain numbers: formulas, ranges, thresholds, times, buckets, identities."""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

MOST_FORMULA: Final = 120
AHEAD: Final = timedelta(minutes=10)
OLDEST: Final = datetime(2010, 1, 1, tzinfo=UTC)
"""No network of sensors is older: such a time comes from a clock that was never set."""

SPANS: Final = (600, 3600, 86_400)
"""Seconds of the buckets that are kept beside the readings."""

OPERATIONS: Final[Mapping[type, Callable[..., float]]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.USub: operator.neg, ast.UAdd: operator.pos,
}
FUNCTIONS: Final[Mapping[str, Callable[..., float]]] = {"min": min, "max": max, "abs": abs, "round": round}


class BadFormula(ValueError):
    """A formula that is none."""


def check_formula(text: str) -> None:
    """Raises BadFormula with the part that cannot be used."""
    try:
        tree = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise BadFormula(text) from error
    for node in ast.walk(tree):
        if not is_usable(node):
            raise BadFormula(ast.unparse(node) if isinstance(node, ast.expr) else text)


def is_usable(node: ast.AST) -> bool:
    if isinstance(node, ast.Name):
        return node.id == "x" or node.id in FUNCTIONS
    if isinstance(node, ast.Constant):
        return isinstance(node.value, int | float) and not isinstance(node.value, bool)
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS and not node.keywords
    return isinstance(node, ast.BinOp | ast.UnaryOp | ast.Load) or type(node) in OPERATIONS


def calculated(formula: str, x: float) -> float | None:
    """The value of a checked formula; None where it has none (division by zero, too large)."""
    if not formula:
        return x
    try:
        value = float(value_of(ast.parse(formula, mode="eval").body, x))
    except (ArithmeticError, ValueError, TypeError, SyntaxError):
        return None
    return value if math.isfinite(value) else None


def value_of(node: ast.expr, x: float) -> float:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return node.value
    if isinstance(node, ast.BinOp):
        return OPERATIONS[type(node.op)](value_of(node.left, x), value_of(node.right, x))
    if isinstance(node, ast.UnaryOp):
        return OPERATIONS[type(node.op)](value_of(node.operand, x))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return FUNCTIONS[node.func.id](*(value_of(part, x) for part in node.args))
    return x


def is_plausible(value: float, *, low: float | None, high: float | None) -> bool:
    return (low is None or value >= low) and (high is None or value <= high)


def state_of(value: float, *, warn: float | None, alarm: float | None) -> str:
    """`calm`, `warn` or `alarm`; a threshold of alarm below that of warning means that low values are bad."""
    falls = warn is not None and alarm is not None and alarm < warn
    if alarm is not None and (value <= alarm if falls else value >= alarm):
        return "alarm"
    if warn is not None and (value <= warn if falls else value >= warn):
        return "warn"
    return "calm"


def measured_at(sent_at: datetime | None, *, received_at: datetime) -> datetime:
    """The network's time where it can be right, else the time at which we got the message."""
    if sent_at is None or not OLDEST <= sent_at <= received_at + AHEAD:
        return received_at
    return sent_at


def bucket_of(moment: datetime, seconds: int) -> datetime:
    """When the bucket of a moment begins."""
    stamp = int(moment.timestamp())
    return datetime.fromtimestamp(stamp - stamp % seconds, UTC)


def plain_id(text: str) -> str:
    """A device's identity as it is compared: EUIs come with and without dashes, in upper and lower case."""
    return "".join(sign for sign in text if sign.isascii() and (sign.isalnum() or sign in "_.")).lower()[:64]
