"""Uploaded pictures are sent as pictures only, and nothing else of the data folder is."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from offenraum.project.media import Media

DIGEST = "0123456789abcdef" * 2


def ask(folder: Path, path: str, *, method: str = "GET", held: str = "") -> tuple[int, dict[str, str], bytes]:
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    scope = {"type": "http", "method": method, "path": path, "headers": [(b"if-none-match", held.encode())]}
    asyncio.run(Media(folder)(scope, receive, send))
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, sent[1]["body"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with a secret and one picture."""
    (tmp_path / "secret").write_text("geheim")
    (tmp_path / "medien" / "7").mkdir(parents=True)
    (tmp_path / "medien" / "7" / f"{DIGEST}.webp").write_bytes(b"pixels")
    return tmp_path / "medien"


def test_picture_is_sent_to_be_kept_and_to_do_nothing(folder: Path) -> None:
    status, headers, body = ask(folder, f"/medien/7/{DIGEST}.webp")
    assert (status, body, headers["content-type"]) == (200, b"pixels", "image/webp")
    assert (headers["x-content-type-options"], "immutable" in headers["cache-control"]) == ("nosniff", True)
    assert headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert ask(folder, f"/medien/7/{DIGEST}.webp", held=headers["etag"])[0] == 304


@pytest.mark.parametrize(
    "path",
    ["/medien/../secret", "/medien/7/../../secret", "/medien/7/%2e%2e/secret", f"/medien/8/{DIGEST}.webp", "/medien/",
     f"/medien/7/{DIGEST}.svg", f"/medien/7/{DIGEST.upper()}.webp", f"/medien/7/{DIGEST}.webp/x"],
)
def test_nothing_else_is_there(folder: Path, path: str) -> None:
    assert ask(folder, path)[0] == 404


def test_pictures_are_only_read(folder: Path) -> None:
    assert ask(folder, f"/medien/7/{DIGEST}.webp", method="PUT")[0] == 405
