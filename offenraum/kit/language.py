"""The language of a request: chosen by `?lang=`, kept in a cookie, else what the browser asks for."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

YEAR = 60 * 60 * 24 * 365


class LanguageMiddleware:
    """Activate the language of each request and remember an explicit choice."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.GET.get("lang", "")
        language = chosen if chosen in known_languages() else language_of(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", "de" if language.startswith("de") else language)
        if chosen == language:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR, httponly=True, samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )
        return response


def known_languages() -> set[str]:
    return {code for code, _name in settings.LANGUAGES}


def language_of(request: HttpRequest) -> str:
    kept = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if kept in known_languages():
        return kept
    return "en" if translation.get_language_from_request(request) == "en" else "de"


def localised(thing: object, field: str) -> str:
    """A text in the language of the page: English where there is any, else as it was written."""
    english = getattr(thing, f"{field}_en", "") if (translation.get_language() or "").startswith("en") else ""
    return str(english or getattr(thing, field, ""))
