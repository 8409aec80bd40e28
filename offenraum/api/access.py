"""Who writes: a program with a key in its header; what it may not do is refused."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from ninja.errors import HttpError
from ninja.security import HttpBearer

from offenraum.conference.models import ApiToken
from offenraum.conference.queries.access import token_of_key

LONGEST_KEY = 200


class Key(HttpBearer):
    """`Authorization: Bearer …`"""

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        return token_of_key(token) if len(token) <= LONGEST_KEY else None


def token_for(request: HttpRequest, slug: str, scope: str) -> ApiToken:
    """The key of this request, if it is for this conference and may do this."""
    token: ApiToken = request.auth  # type: ignore[attr-defined]
    if token.conference.slug != slug:
        raise Http404
    if scope not in token.scopes:
        raise HttpError(403, f"this key may not do that: it lacks the scope {scope}")
    return token
