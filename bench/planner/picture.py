"""Draws curves of quality over time as SVG, with its own colours so that it can be read on any page."""

from __future__ import annotations

from dataclasses import dataclass

WIDTH, HEIGHT = 720, 360
LEFT, RIGHT, TOP, BOTTOM = 70, 190, 40, 50
SURFACE, INK, FAINT = "#ffffff", "#1d2433", "#c9d0dc"
OURS = "#1f5fa8"
STEPS, LINE = 4, 16
SHADES = ("#b4530a", "#6f3fa0", "#3f7d3a", "#7a7f8a")

Points = list[tuple[float, float]]


@dataclass(frozen=True)
class Picture:
    """Values as shares of the best plan seen; rivals are lines across."""

    title: str
    seconds: float
    median: Points
    worst: Points
    best: Points
    rivals: dict[str, float]

    @property
    def floor(self) -> float:
        """Where the axis begins: an even share below everything that is shown."""
        return int(min([*self.rivals.values(), self.worst[0][1]]) * 50) / 50

    def x(self, seconds: float) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * seconds / self.seconds, 1)

    def y(self, share: float) -> float:
        return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - share) / (1 - self.floor), 1)

    def line(self, points: Points) -> str:
        return " ".join(f"{self.x(seconds)},{self.y(share)}" for seconds, share in points)


def svg(picture: Picture) -> str:
    """The picture as text."""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif"'
    parts = [
        f'{head} font-size="12">',
        f'<title>{picture.title}</title><rect width="{WIDTH}" height="{HEIGHT}" fill="{SURFACE}"/>',
        f'<text x="{LEFT}" y="22" fill="{INK}" font-size="14">{picture.title}</text>',
        *_grid(picture),
        *_rivals(picture),
        *_ours(picture),
    ]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _grid(picture: Picture) -> list[str]:
    right, parts = WIDTH - RIGHT, []
    for n in range(STEPS + 1):
        share, seconds = picture.floor + (1 - picture.floor) * n / STEPS, picture.seconds * n / STEPS
        height = picture.y(share)
        parts.append(f'<path d="M{LEFT} {height}H{right}" stroke="{FAINT}"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{height + 4}" text-anchor="end" fill="{INK}">{share:.1%}</text>')
        place = f'x="{picture.x(seconds)}" y="{HEIGHT - 28}" text-anchor="middle"'
        parts.append(f'<text {place} fill="{INK}">{seconds:g}</text>')
    place = f'x="{(LEFT + right) / 2}" y="{HEIGHT - 8}" text-anchor="middle"'
    return [*parts, f'<text {place} fill="{INK}">CPU seconds</text>']


def _rivals(picture: Picture) -> list[str]:
    """Dashed lines with names beside them, pushed down where names would touch."""
    right, parts, lowest = WIDTH - RIGHT, [], picture.y(picture.median[-1][1]) + 4
    ranked = sorted(picture.rivals.items(), key=lambda rival: -rival[1])
    for shade, (name, share) in zip(SHADES, ranked, strict=False):
        height = picture.y(share)
        lowest = max(height + 4, lowest + LINE)
        dashed = f'stroke="{shade}" stroke-width="1.5" stroke-dasharray="6 4"'
        parts.append(f'<path d="M{LEFT} {height}H{right}" {dashed}/>')
        parts.append(f'<text x="{right + 8}" y="{lowest}" fill="{shade}">{name} {share:.1%}</text>')
    return parts


def _ours(picture: Picture) -> list[str]:
    """The median, and the range between the worst and the best seed."""
    band = f"{picture.line(picture.best)} {picture.line(picture.worst[::-1])}"
    height = picture.y(picture.median[-1][1]) + 4
    return [
        f'<polygon points="{band}" fill="{OURS}" fill-opacity="0.2"/>',
        f'<polyline points="{picture.line(picture.median)}" fill="none" stroke="{OURS}" stroke-width="2.5"/>',
        f'<text x="{WIDTH - RIGHT + 8}" y="{height}" fill="{OURS}" font-weight="bold">Offenraum</text>',
    ]
