"""Pictures are made anew: small, without metadata; what would harm is refused before it is decoded."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest
from PIL import Image

from offenraum.website.pictures import MOST_BYTES, NotAPicture, make_picture

MEASURED = """
import sys
from offenraum.website.pictures import NotAPicture, make_picture
data = sys.stdin.buffer.read()
def peak():
    return int(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])
open("/proc/self/clear_refs", "w").write("5")
before = peak()
try:
    made = make_picture(data)
    print(made.width, made.height)
except NotAPicture as refusal:
    print(refusal.reason)
print(peak() - before)
"""


def file_of(picture: Image.Image, form: str, **options: object) -> bytes:
    written = io.BytesIO()
    picture.save(written, form, **options)
    return written.getvalue()


def measured(data: bytes) -> tuple[str, int]:
    """What becomes of a file in a fresh process, and how many KB of memory that took."""
    done = subprocess.run([sys.executable, "-c", MEASURED], input=data, capture_output=True, check=True)
    told, grown = done.stdout.decode().splitlines()
    return told, int(grown)


def test_bomb_of_a_picture_is_refused_with_bounded_memory() -> None:
    bomb = file_of(Image.new("1", (13_000, 13_000)), "PNG")
    assert len(bomb) < 21_000
    told, grown = measured(bomb)
    assert (told, grown < 20_000) == ("pixels", True)


@pytest.mark.long
def test_large_photo_is_taken_with_less_than_a_hundred_megabytes() -> None:
    told, grown = measured(file_of(Image.new("RGB", (8000, 6000)), "JPEG"))
    assert (told, grown < 100_000) == ("1600 1200", True)


def test_picture_loses_everything_but_its_pixels() -> None:
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = "Rathausplatz 7", 6
    made = make_picture(file_of(Image.new("RGB", (400, 200), "red"), "JPEG", exif=exif))
    kept = Image.open(io.BytesIO(made.large))
    assert (kept.format, kept.size, dict(kept.getexif()), "exif" in kept.info) == ("WEBP", (200, 400), {}, False)
    assert b"Rathausplatz" not in made.large + made.small


def test_transparent_logo_stays_transparent_and_same_pixels_have_one_name() -> None:
    logo = file_of(Image.new("RGBA", (2000, 500), (0, 0, 0, 0)), "PNG")
    made = make_picture(logo)
    assert (Image.open(io.BytesIO(made.small)).mode, made.width, made.height) == ("RGBA", 1600, 400)
    assert made.digest == make_picture(logo).digest


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "svg"),
        (b"\xef\xbb\xbf <?xml version='1.0'?><svg/>", "svg"),
        (b"x" * (MOST_BYTES + 1), "large"), (b"", "unknown"), (b"GIF89a", "unknown"), (b"%PDF-1.7", "unknown"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "unknown"),
    ],
)
def test_what_is_no_picture_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(NotAPicture) as refusal:
        make_picture(data)
    assert refusal.value.reason == reason
