"""What kind of answer a request asks for."""

from __future__ import annotations

from django.forms import BaseForm
from django.http import HttpRequest


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks, and not a plain form."""
    return "application/json" in request.headers.get("Accept", "")


def reasons_of(form: BaseForm) -> str:
    """What is wrong with a form, in one line for a script."""
    return " ".join(str(text) for texts in form.errors.values() for text in texts)
