"""Uploaded pictures, made anew: only their pixels are kept, nothing else that was in the file. Knows no Django."""

from __future__ import annotations

import hashlib
import io
import threading
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image, ImageOps

FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF")
MOST_BYTES: Final = 8 << 20
MOST_PIXELS: Final = 24_000_000
MOST_PIXELS_OF_JPEG: Final = 120_000_000
"""A JPEG is decoded at a fraction of its size, so that large photos need no more memory than small ones."""

LONGEST: Final = 1600
LONGEST_SMALL: Final = 480
QUALITY: Final = 82
HEAD: Final = 512
ONE_AT_A_TIME: Final = threading.Lock()
"""Decoding needs up to a hundred megabytes, so uploads wait for each other."""


class NotAPicture(ValueError):
    """A file that is not taken; `reason` is svg, large, pixels or unknown."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Made:
    """A picture as WebP in two sizes."""

    digest: str
    width: int
    height: int
    large: bytes
    small: bytes


def make_picture(data: bytes) -> Made:
    """Read a file and write it anew; raises NotAPicture before anything large is decoded."""
    if len(data) > MOST_BYTES:
        raise NotAPicture("large")
    if is_svg(data):
        raise NotAPicture("svg")
    with ONE_AT_A_TIME, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            picture = decoded(data)
            large, small = webp(picture, LONGEST), webp(picture, LONGEST_SMALL)
        except NotAPicture:
            raise
        except Exception as error:
            raise NotAPicture("unknown") from error
    width, height = sized(picture.size, LONGEST)
    return Made(hashlib.sha256(large).hexdigest()[:32], width, height, large, small)


def is_svg(data: bytes) -> bool:
    head = data[:HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<svg", b"<?xml", b"<!doctype svg", b"<!--"))


def decoded(data: bytes) -> Image.Image:
    """The first frame, upright, in plain colours; its size is known and checked before a pixel is decoded."""
    picture: Image.Image = Image.open(io.BytesIO(data), formats=FORMATS)
    most = MOST_PIXELS_OF_JPEG if picture.format == "JPEG" else MOST_PIXELS
    if picture.width * picture.height > most:
        raise NotAPicture("pixels")
    picture.draft("RGB", sized(picture.size, LONGEST))
    if picture.width * picture.height > MOST_PIXELS:
        raise NotAPicture("pixels")
    picture.load()
    picture.thumbnail((2 * LONGEST, 2 * LONGEST), Image.Resampling.BOX)
    ImageOps.exif_transpose(picture, in_place=True)
    mode = "RGBA" if has_holes(picture) else "RGB"
    return picture if picture.mode == mode else picture.convert(mode)


def has_holes(picture: Image.Image) -> bool:
    return "A" in picture.getbands() or "transparency" in picture.info


def webp(picture: Image.Image, longest: int) -> bytes:
    """A copy of at most this many pixels a side, without any metadata."""
    copy = picture.resize(sized(picture.size, longest), Image.Resampling.LANCZOS)
    copy.info.clear()
    written = io.BytesIO()
    copy.save(written, "WEBP", quality=QUALITY, method=4, exif=b"", icc_profile=b"", xmp=b"")
    return written.getvalue()


def sized(size: tuple[int, int], longest: int) -> tuple[int, int]:
    share = min(1.0, longest / max(size))
    return max(1, round(size[0] * share)), max(1, round(size[1] * share))


def write_picture(folder: Path, made: Made) -> None:
    """Put both sizes into a folder; a name is a digest, so what is there already is the same."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for ending, content in (("", made.large), ("-small", made.small)):
        file = folder / f"{made.digest}{ending}.webp"
        part = file.with_suffix(f".{threading.get_ident()}.part")
        part.write_bytes(content)
        part.replace(file)


def remove_picture(folder: Path, digest: str) -> None:
    for ending in ("", "-small"):
        (folder / f"{digest}{ending}.webp").unlink(missing_ok=True)
