"""The right to a stream: a signed, short-lived token that names its regions and is checked without a database."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from urllib.parse import urlencode

from django.conf import settings

from offenraum.live.wire import Key, Tag, WireError, read_key, tags_text

LIFE_SECONDS = 1800
KEYS_PER_TOKEN = 40
MARK_BYTES = 16


class TokenError(Exception):
    """The token is forged, damaged or over."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What a token allows, until when (seconds since 1970)."""

    keys: tuple[Key, ...]
    until: int


def token_for(keys: Iterable[Key | str], now: float) -> str:
    """A token for these regions, whose right to be seen the caller has checked. `now`: real seconds since 1970."""
    names = sorted({str(key) for key in keys})
    body = "\n".join([str(int(now) + LIFE_SECONDS), *names]).encode()
    return f"{encoded(body)}.{encoded(mark(body))}"


def keys_of_scope(texts: Iterable[str], *, scope: str) -> tuple[Key, ...]:
    """The keys a page asks a token for; TokenError when one is malformed or of another conference."""
    try:
        keys = tuple(map(read_key, islice(texts, KEYS_PER_TOKEN)))
    except WireError as error:
        raise TokenError("malformed") from error
    if any(key.scope != scope for key in keys):
        raise TokenError("another conference")
    return keys


def read_token(token: str, now: float) -> Grant:
    """What the token allows; TokenError when forged or over."""
    grant = verified(token, settings.SECRET_KEY)
    if grant.until < now:
        raise TokenError("over")
    return grant


@lru_cache(maxsize=4096)
def verified(token: str, _secret: str) -> Grant:
    try:
        body, given = (decoded(part) for part in token.split("."))
        if not hmac.compare_digest(mark(body), given):
            raise TokenError("forged")
        until, *names = body.decode().split("\n")
        return Grant(tuple(map(read_key, names)), int(until))
    except (ValueError, WireError) as error:
        raise TokenError("damaged") from error


def stream_address(*, keys: Iterable[Key | str], tags: Iterable[Tag], now: float) -> str:
    """Where a page opens its stream: the token, and the versions it already shows in the order of its sorted keys."""
    return f"/live/stream?{urlencode({'token': token_for(keys, now), 'since': tags_text(tags)})}"


def mark(body: bytes) -> bytes:
    secret = hashlib.sha256(b"offenraum live stream" + settings.SECRET_KEY.encode()).digest()
    return hmac.digest(secret, body, "sha256")[:MARK_BYTES]


def encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
