"""Refusals as problem+json (RFC 9457), each naming the field and the reason."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.defaults import page_not_found
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from offenraum.barcamp.actions.interest import NotTaken
from offenraum.barcamp.actions.topics import Stale
from offenraum.programme.actions.draft import NoSuchCell, Taken

PROBLEM = "application/problem+json"


def problem(status: int, detail: str, errors: Sequence[dict[str, str]] = ()) -> HttpResponse:
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return JsonResponse(body | ({"errors": list(errors)} if errors else {}), status=status, content_type=PROBLEM)


def register(api: NinjaAPI) -> None:
    """Answer every refusal of the product as a problem."""
    api.add_exception_handler(Http404, nothing)
    api.add_exception_handler(AuthenticationError, unknown)
    api.add_exception_handler(HttpError, refused)
    api.add_exception_handler(ValidationError, unfit)
    for refusal in (Stale, Taken, NoSuchCell, NotTaken):
        api.add_exception_handler(refusal, late)


def nothing(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(404, "There is nothing at this address.")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The 404 of the whole product: what programs ask is answered in their way, whatever the reason."""
    if request.path_info.startswith("/api/"):
        return nothing(request, exception)
    return page_not_found(request, exception)


def refused(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(error.status_code, str(error))


def unknown(request: HttpRequest, error: Any) -> HttpResponse:
    answer = problem(401, "This needs a valid key: Authorization: Bearer …")
    answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def late(request: HttpRequest, error: Any) -> HttpResponse:
    """The state is another than the program thought."""
    return problem(409, str(error.message))


def unfit(request: HttpRequest, error: Any) -> HttpResponse:
    errors = [
        {"field": ".".join(str(part) for part in one["loc"][1:]), "reason": one["msg"]} for one in error.errors
    ]
    return problem(422, "Some values cannot be taken.", errors)
