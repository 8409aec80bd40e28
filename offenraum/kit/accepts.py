"""What kind of answer a request asks for."""

from __future__ import annotations

from django.http import HttpRequest


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks, and not a plain form."""
    return "application/json" in request.headers.get("Accept", "")
