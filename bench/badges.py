"""How long a thousand badges take, beside the same number of pages with nothing but a name, set by the same program."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import django
from django.apps import apps
from django.utils import timezone, translation

os.environ.setdefault("OFFENRAUM_DATA", tempfile.mkdtemp(prefix="offenraum-bench-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "offenraum.project.settings")
if not apps.ready:
    django.setup()

from offenraum.conference.models import Conference
from offenraum.kit.typesetting import typeset
from offenraum.seats.actions.keys import NewSeat
from offenraum.seats.models import Seat
from offenraum.seats.prints.badges import badges_pdf
from offenraum.seats.rules import BadgeLayout, code_of

COUNT = 1000
MOST_SECONDS = 20.0
NAMES = ["Ayşe Yılmaz", "Dr. Franz-Reinhard Habbel", "Bartholomäus von Hohenlohe-Langenburg", "李 小龙", ""]
BARE = """#let sheet = json(bytes(sys.inputs.sheet))
#set document(title: "Badges", date: none)
#set page(width: 210mm, height: 148mm)
#for (n, name) in sheet.names.enumerate() { if n > 0 { pagebreak() }; heading(level: 1, outlined: false, name) }
"""


def made_up() -> tuple[Conference, list[NewSeat]]:
    conference = Conference(slug="kogk18", title="KOGK", short_title="KOGK 2018")
    seats = [
        Seat(
            conference=conference, number=number, name=NAMES[number % len(NAMES)], organisation="Stadt Köln, Amt 12",
            hashtags=["offenedaten", "verkehr"], wants_no_photos=number % 4 == 0, created_at=timezone.now(),
        )
        for number in range(1, COUNT + 1)
    ]
    return conference, [NewSeat(seat=seat, badge_secret=f"{seat.number:022d}", code=code_of(f"{seat.number}"))
                        for seat in seats]


def timed(work: Callable[[], bytes]) -> tuple[float, int]:
    started = time.perf_counter()
    content = work()
    return time.perf_counter() - started, len(content)


def main() -> int:
    """Print a line for each layout; exit 1 when one takes longer than agreed."""
    conference, badges = made_up()
    with tempfile.TemporaryDirectory() as folder, translation.override("de"):
        bare = Path(folder) / "bare.typ"
        bare.write_text(BARE)
        names = [badge.seat.name or "–" for badge in badges]
        yardstick, _size = timed(lambda: typeset(bare, {"names": names}))
        print(f"{COUNT} pages with a name only: {yardstick:.1f} s")
        worst = 0.0
        for layout in BadgeLayout:
            seconds, size = timed(lambda layout=layout: badges_pdf(conference, badges, layout=layout).pdf)
            worst = max(worst, seconds)
            print(f"{COUNT} badges {layout.value}: {seconds:.1f} s, {size / 1e6:.1f} MB, {seconds / yardstick:.1f} x")
    print(f"slowest {worst:.1f} s, at most {MOST_SECONDS:.0f} s")
    return int(worst > MOST_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
