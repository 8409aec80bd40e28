"""A camera that sees one picture: a video file of a QR code, for Chromium's fake device."""

from __future__ import annotations

from pathlib import Path

import segno

WIDTH, HEIGHT, DOT, DARK, LIGHT = 640, 480, 8, b"\x10", b"\xeb"


def film_of(text: str, folder: Path) -> Path:
    """Write a Y4M video (4:2:0, one frame, which Chromium repeats) of the QR code of a text."""
    rows = [bytes(row) for row in segno.make(text, error="m").matrix_iter(border=4)]
    assert len(rows) * DOT <= HEIGHT
    left, above = (WIDTH - len(rows) * DOT) // 2, (HEIGHT - len(rows) * DOT) // 2
    picture = [b"".join((DARK if dot else LIGHT) * DOT for dot in row) for row in rows for _ in range(DOT)]
    lines = [LIGHT * left + line + LIGHT * (WIDTH - left - len(line)) for line in picture]
    blank = LIGHT * WIDTH
    luma = b"".join([blank] * above + lines + [blank] * (HEIGHT - above - len(lines)))
    grey = b"\x80" * (WIDTH // 2 * (HEIGHT // 2) * 2)
    file = folder / "camera.y4m"
    file.write_bytes(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F15:1 Ip A1:1 C420jpeg\nFRAME\n".encode() + luma + grey)
    return file
