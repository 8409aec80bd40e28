"""How passwords are stored."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class SmallArgon2PasswordHasher(Argon2PasswordHasher):
    """Argon2id with 19 MiB instead of 100: OWASP's first choice for a server that has other things to do.

    Source: OWASP Password Storage Cheat Sheet (m=19456, t=2, p=1).
    """

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1
