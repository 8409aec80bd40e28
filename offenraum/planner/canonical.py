"""Canonical JSON (RFC 8785) and its hash: two people who write the same problem get the same hash."""

from __future__ import annotations

import hashlib
import json
import math

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

_LARGEST_EXACT = 2**53
_FIXED_FROM, _FIXED_TO = -7, 21


def canonical(value: Json) -> str:
    """`value` as RFC 8785 text; ValueError on a number that JSON cannot hold or on a lone surrogate (UnicodeError)."""
    if isinstance(value, dict):
        parts = (f"{_text(key)}:{canonical(value[key])}" for key in sorted(value, key=_utf16))
        return "{" + ",".join(parts) + "}"
    if isinstance(value, list):
        return "[" + ",".join(canonical(item) for item in value) + "]"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, float) or (isinstance(value, int) and abs(value) > _LARGEST_EXACT):
        return _number(value)
    return json.dumps(value)


def digest(value: Json) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def _utf16(key: str) -> bytes:
    return key.encode("utf-16-be")


def _text(value: str) -> str:
    value.encode()
    return json.dumps(value, ensure_ascii=False)


def _number(value: float) -> str:
    """A number as ECMAScript writes it (shortest digits, exponent from 1e21 and below 1e-6)."""
    number = float(value)
    if not math.isfinite(number):
        raise ValueError("not a JSON number")
    if number == 0:
        return "0"
    digits, exponent = _shortest(abs(number))
    point = exponent + len(digits)
    sign = "-" if number < 0 else ""
    if len(digits) <= point <= _FIXED_TO:
        return sign + digits + "0" * (point - len(digits))
    if 0 < point <= _FIXED_TO:
        return f"{sign}{digits[:point]}.{digits[point:]}"
    if _FIXED_FROM < point - 1 < 0:
        return f"{sign}0.{'0' * -point}{digits}"
    mantissa = digits[0] + ("." + digits[1:] if len(digits) > 1 else "")
    return f"{sign}{mantissa}e{point - 1:+d}"


def _shortest(number: float) -> tuple[str, int]:
    """The shortest digits that read back as `number` (without trailing zeros), and the power of ten of the last one."""
    mantissa, _, exponent = f"{number!r}".partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits, power = whole + fraction, int(exponent or 0) - len(fraction)
    stripped = digits.rstrip("0")
    return stripped.lstrip("0"), power + len(digits) - len(stripped)
