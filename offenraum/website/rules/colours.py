"""Accessible shades of a corporate colour, found in OKLCH: same hue, as much colour as fits, enough contrast.

Conversions after Björn Ottosson, "A perceptual color space for image processing" (2020);
contrast after WCAG 2.2, 1.4.3.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

ENOUGH: Final = 4.6
"""The contrast that text needs (4.5), with room for rounding."""

STEP: Final = 0.005
KEY: Final = re.compile(r"[0-9a-f]{6}(-[0-9a-f]{6})?")


class Oklch(NamedTuple):
    """Lightness 0 to 1, chroma 0 to about 0.4, hue in radians."""

    lightness: float
    chroma: float
    hue: float


class Ground(NamedTuple):
    """What a shade must be read on, in one scheme: the pages' surface, its text, and the text on a filled button."""

    surface: str
    ink: str
    muted: str
    on_act: str
    wash_lightness: float
    wash_chroma: float


LIGHT: Final = Ground("#f3f4f7", "#131525", "#51577a", "#ffffff", 0.955, 0.028)
DARK: Final = Ground("#1d2034", "#f3f4f7", "#b2b6cc", "#000000", 0.25, 0.045)


@dataclass(frozen=True, slots=True)
class Shades:
    """The colours of one scheme: for links and buttons, for text on them, a wide ground, a band without text."""

    act: str
    on_act: str
    wash: str
    band: str


def is_key(key: str) -> bool:
    """Whether this names one or two colours: 2044aa or 2044aa-ffcc00."""
    return KEY.fullmatch(key) is not None


@lru_cache(maxsize=64)
def style_of(key: str) -> str:
    """The style sheet of one or two colours for light and dark."""
    first, _dash, second = key.partition("-")
    light = properties(shades(f"#{first}", LIGHT, band=f"#{second or first}"))
    dark = properties(shades(f"#{first}", DARK, band=f"#{second or first}"))
    return (
        f":root{{{light}}}"
        f"@media (prefers-color-scheme:dark){{:root:not([data-kern-theme='light']){{{dark}}}}}"
        f":root[data-kern-theme='dark']{{{dark}}}"
    )


def properties(found: Shades) -> str:
    return (
        f"--kern-color-action-default:{found.act};--kern-color-action-on-default:{found.on_act};"
        f"--wash:{found.wash};--band:{found.band}"
    )


def shades(colour: str, ground: Ground, *, band: str) -> Shades:
    """The nearest shades of a colour (#rrggbb) that can be read on a ground."""
    asked = oklch_of(colour)
    wash = readable_wash(asked, ground)
    return Shades(act=readable(asked, ground, wash), on_act=ground.on_act, wash=wash, band=band)


def readable_wash(asked: Oklch, ground: Ground) -> str:
    """A wide ground with a breath of the colour, on which the page's own text can be read."""
    lightness, away = ground.wash_lightness, direction(ground)
    while True:
        wash = hex_of(Oklch(lightness, min(asked.chroma, ground.wash_chroma), asked.hue))
        if min(contrast(wash, ground.ink), contrast(wash, ground.muted)) >= ENOUGH:
            return wash
        lightness -= away * STEP


def readable(asked: Oklch, ground: Ground, wash: str) -> str:
    """The colour, darker or lighter as far as it must be for text, links and filled buttons."""
    lightness, away = asked.lightness, direction(ground)
    while True:
        act = hex_of(Oklch(lightness, asked.chroma, asked.hue))
        if min(contrast(act, other) for other in (ground.surface, wash, ground.on_act)) >= ENOUGH:
            return act
        lightness += away * STEP


def direction(ground: Ground) -> int:
    """Away from the ground: down where it is light, up where it is dark."""
    return -1 if luminance(ground.surface) > luminance(ground.ink) else 1


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (#rrggbb), 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    red, green, blue = linear_of(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear_of(colour: str) -> tuple[float, float, float]:
    """Red, green, blue of #rrggbb in linear light."""
    red, green, blue = (to_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return red, green, blue


def to_linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def from_linear(value: float) -> float:
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


def oklch_of(colour: str) -> Oklch:
    """Of #rrggbb."""
    red, green, blue = linear_of(colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return Oklch(lightness, math.hypot(a, b), math.atan2(b, a))


def hex_of(colour: Oklch) -> str:
    """As #rrggbb, with as much of its chroma as sRGB can show."""
    lightness = min(max(colour.lightness, 0.0), 1.0)
    chroma = colour.chroma
    while chroma > STEP and not all(-1e-4 <= value <= 1 + 1e-4 for value in rgb_of(lightness, chroma, colour.hue)):
        chroma -= STEP / 2
    parts = rgb_of(lightness, max(chroma, 0.0), colour.hue)
    return "#" + "".join(f"{round(255 * from_linear(min(max(part, 0.0), 1.0))):02x}" for part in parts)


def rgb_of(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    """Linear red, green, blue, outside of 0 to 1 where sRGB ends."""
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
