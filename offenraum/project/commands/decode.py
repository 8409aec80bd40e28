"""`offenraum decode`: run a foreign codec on some bytes, in the sandbox that also decodes what sensors send."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from offenraum.sensors.sandbox import Sandbox
from offenraum.sensors.uplinks import time_of

FUNCTIONS = ("decodeUplink", "Decoder", "Decode")


def main(argv: list[str]) -> int:
    """Print what the codec says as JSON; 1 when it has errors, 2 when it cannot be asked."""
    given = parse(argv)
    try:
        source = given.codec.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        sys.stderr.write(f"offenraum decode: {given.codec}: {error}\n")
        return 2
    sandbox = Sandbox()
    try:
        result = sandbox.decode(
            source=source, payload=given.hex, f_port=given.fport, received_at=given.time, function=given.function
        )
    finally:
        sandbox.close()
    answer = {"data": result.data, "warnings": list(result.warnings), "errors": list(result.errors)}
    sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    return 1 if result.errors else 0


def parse(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="offenraum decode", description=__doc__)
    parser.add_argument("codec", type=Path, metavar="CODEC.js")
    parser.add_argument("--hex", type=payload, required=True, help="the bytes, for example 01ff")
    parser.add_argument("--fport", type=int, default=1, choices=range(256), metavar="0-255")
    parser.add_argument("--function", default="", choices=["", *FUNCTIONS], help="without it the first that is there")
    parser.add_argument("--time", type=moment, default=datetime.now(UTC), help="when it was received, ISO 8601")
    return parser.parse_args(argv)


def payload(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("must be hexadecimal, two digits a byte") from error


def moment(text: str) -> datetime:
    found = time_of(text)
    if found is None:
        raise argparse.ArgumentTypeError("must be a moment such as 2018-09-04T10:00:00Z")
    return found
