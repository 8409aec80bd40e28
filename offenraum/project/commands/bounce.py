"""`offenraum bounce`: take a mail that came back from standard input and note it at its letter."""

from __future__ import annotations

import argparse
import sys

from django.utils import timezone

from offenraum.post.actions import note_bounce
from offenraum.post.bounces import read_bounce

MOST_BYTES = 2_000_000


def main(argv: list[str]) -> int:
    """Always ends well for a mail server: what is no report about a letter of ours is dropped."""
    argparse.ArgumentParser(prog="offenraum bounce", description=__doc__).parse_args(argv)
    bounce = read_bounce(sys.stdin.buffer.read(MOST_BYTES))
    if bounce is None:
        sys.stdout.write("no report about a letter that did not arrive\n")
    elif note_bounce(token=bounce.token, error=bounce.reason, now=timezone.now()):
        sys.stdout.write("noted\n")
    else:
        sys.stdout.write("no letter of ours\n")
    return 0
