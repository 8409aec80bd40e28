"""Keys that open something for whoever holds them: made at random, stored only as a digest."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets


def new_key() -> str:
    """A key of 128 bit for a link, a QR or a cookie."""
    return secrets.token_urlsafe(16)


def digest(key: str, *, pepper: str) -> str:
    """How a key is stored: with the installation's secret, so that a stolen database opens nothing."""
    return hmac.new(pepper.encode(), key.encode(errors="replace"), hashlib.sha256).hexdigest()


def derived_key(*parts: object, pepper: str) -> str:
    """A key of 128 bit that is computed again whenever it is needed, and stored nowhere."""
    mark = hmac.new(pepper.encode(), "\x1f".join(map(str, parts)).encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(mark[:16]).decode().rstrip("=")
