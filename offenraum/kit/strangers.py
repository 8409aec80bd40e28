"""Forms that visitors without cookies may send: nobody acts in their name, so no token has to protect it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

View = Callable[..., HttpResponse]


def open_to_strangers(view: View) -> View:
    """The token is asked for as soon as a browser sends any cookie; a view behind this only does something for a seat.

    A view that signs somebody in must not be behind this: another site could sign a stranger in to a seat of its own.
    """
    protected: View = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def chosen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return protected(request, *args, **kwargs) if request.COOKIES else view(request, *args, **kwargs)

    return chosen
