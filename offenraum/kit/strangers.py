"""Browsers that we do not know: what they may send without a token, and whether they come for the first time."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

View = Callable[..., HttpResponse]
ELSEWHERE: Final = {"none", "cross-site", "same-site"}


def open_to_strangers(view: View) -> View:
    """A token is asked for as soon as a browser sends any cookie: nobody acts in the name of one that sends none.

    A view behind this only does something for a seat.
    A view that signs somebody in must not be behind this: another site could sign a stranger in to a seat of its own.
    """
    protected: View = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def chosen(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return protected(request, *args, **kwargs) if request.COOKIES else view(request, *args, **kwargs)

    return chosen


def is_first_visit(site: str, destination: str) -> bool:
    """Whether a browser without cookies says that it opens a page of ours and does not come from one.

    `site` and `destination` are its headers `Sec-Fetch-Site` and `Sec-Fetch-Dest`; where it does not send them it may
    have been here before. On a page in a frame the frame's site keeps our files.
    """
    return site in ELSEWHERE and destination == "document"
