"""QR codes as addresses that an image can show."""

from __future__ import annotations

import segno


def qr(text: str) -> str:
    """A QR with a quiet zone, black on white in every theme."""
    return str(segno.make(text, error="m", micro=False).svg_data_uri(border=2, dark="#000", light="#fff"))


def qr_svg(text: str, *, mask: int | None = None) -> str:
    """The same as the source of a drawing, for prints; with a given mask (0 to 7) four times as fast."""
    drawn = segno.make(text, error="m", micro=False, mask=mask).svg_inline(border=2, dark="#000", light="#fff", scale=4)
    return str(drawn).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
