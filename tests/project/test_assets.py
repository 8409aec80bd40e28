"""How static files are read: their kind, how long they are kept, which form goes out."""

from __future__ import annotations

import gzip
from pathlib import Path

import brotli
import pytest

from offenraum.project.assets import ASK, FOREVER, accepted_encodings, read_asset


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("gzip, br", {"gzip", "br"}),
        ("GZIP;q=0.5 , br ; q=1.0", {"gzip", "br"}),
        ("br;q=0, gzip", {"gzip"}),
        ("br; q=0.000, gzip;q=0.001", {"gzip"}),
        ("", {""}),
        ("br;q=x", {"br"}),
    ],
)
def test_encoding_with_weight_zero_is_refused(header: str, expected: set[str]) -> None:
    assert accepted_encodings(header) == expected


@pytest.mark.parametrize(
    ("name", "kind", "kept", "packed"),
    [
        ("app.3f9a8b21.css", b"text/css; charset=utf-8", FOREVER, ["br", "gzip"]),
        ("stream-4KQZ81ab.js", b"text/javascript; charset=utf-8", FOREVER, ["br", "gzip"]),
        ("manifest.json", b"application/json", ASK, ["br", "gzip"]),
        ("app.short.css", b"text/css; charset=utf-8", ASK, ["br", "gzip"]),
        ("sans.0a1b2c3d.woff2", b"font/woff2", FOREVER, []),
        ("photo.png", b"image/png", ASK, []),
        ("icon.svg", b"image/svg+xml", ASK, ["br", "gzip"]),
        ("LICENSE", b"application/octet-stream", ASK, []),
    ],
)
def test_asset_has_its_kind_is_kept_by_its_name_and_packed_where_it_pays(
    tmp_path: Path, name: str, kind: bytes, kept: tuple[bytes, bytes], packed: list[str]
) -> None:
    (tmp_path / name).write_bytes(b"a" * 1000)
    asset = read_asset(tmp_path / name)
    headers = dict(asset.headers)
    assert [headers[key] for key in (b"content-type", b"cache-control", b"vary")] == [kind, kept[1], b"accept-encoding"]
    assert (headers[b"etag"], list(asset.packed), asset.plain) == (f'W/"{asset.etag}"'.encode(), packed, b"a" * 1000)


def test_forms_made_at_set_up_are_taken_and_missing_ones_made(tmp_path: Path) -> None:
    file = tmp_path / "a.css"
    file.write_bytes(b"body{}")
    (tmp_path / "a.css.br").write_bytes(b"from set-up")
    packed = read_asset(file).packed
    assert (packed["br"], gzip.decompress(packed["gzip"])) == (b"from set-up", b"body{}")
    (tmp_path / "a.css.br").unlink()
    assert brotli.decompress(read_asset(file).packed["br"]) == b"body{}"


def test_another_content_has_another_tag(tmp_path: Path) -> None:
    tags = []
    for content in (b"a", b"b", b"a"):
        (tmp_path / "a.css").write_bytes(content)
        tags.append(read_asset(tmp_path / "a.css").etag)
    assert (tags[0] == tags[2], tags[0] == tags[1]) == (True, False)
