"""Text that only this installation can read: a stolen database or backup without the secret gives nothing away."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Combinable

if TYPE_CHECKING:
    TextColumn = models.TextField[str | Combinable, str]
else:
    TextColumn = models.TextField


class SealedText(TextColumn):
    """A column whose text is encrypted at rest; empty where the secret has changed since. It cannot be searched."""

    def get_prep_value(self, value: Any) -> Any:
        return seal(str(value)) if value else ""

    def from_db_value(self, value: str | None, expression: Any, connection: BaseDatabaseWrapper) -> str:
        return unseal(value or "")


def seal(text: str) -> str:
    return cipher().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    try:
        return cipher().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return ""


def seal_bytes(content: bytes) -> bytes:
    return cipher().encrypt(content)


def unseal_bytes(sealed: bytes | memoryview) -> bytes:
    """What was sealed; empty where the secret has changed since."""
    try:
        return cipher().decrypt(bytes(sealed))
    except InvalidToken:
        return b""


def cipher() -> Fernet:
    return cipher_of(settings.SECRET_KEY)


@lru_cache(maxsize=2)
def cipher_of(secret: str) -> Fernet:
    key = hashlib.sha256(f"offenraum.kit.sealed:{secret}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
