"""Keys of programs: made, shown once, blocked."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from offenraum.conference.actions.tokens import end_token, issue_token
from offenraum.conference.forms import TokenForm
from offenraum.conference.models import ApiToken
from offenraum.conference.queries import now_of
from offenraum.conference.queries.access import Access, desk_access, tokens_of
from offenraum.conference.rules import Duty


@never_cache
@require_GET
def tokens(request: HttpRequest, slug: str) -> HttpResponse:
    """The keys that are valid, and a form for a new one."""
    return tokens_page(request, desk_access(request, slug, Duty.ORGANISE), TokenForm())


def tokens_page(request: HttpRequest, access: Access, form: TokenForm, key: str = "") -> HttpResponse:
    context = {
        "conference": access.conference, "access": access, "page": "team", "tokens": tokens_of(access.conference),
        "form": form, "key": key, "address": f"{settings.ADDRESS}/api/v1/",
    }
    return render(request, "conference/tokens.html", context, status=422 if form.errors else 200)


@never_cache
@require_POST
def new_token(request: HttpRequest, slug: str) -> HttpResponse:
    """Make a key and show it, this once."""
    access = desk_access(request, slug, Duty.ORGANISE)
    form = TokenForm(request.POST)
    if not form.is_valid():
        return tokens_page(request, access, form)
    key = issue_token(conference=access.conference, **form.cleaned_data, now=now_of(access.conference))
    return tokens_page(request, access, TokenForm(), key)


@require_POST
def block_token(request: HttpRequest, slug: str, token: int) -> HttpResponse:
    access = desk_access(request, slug, Duty.ORGANISE)
    get_object_or_404(ApiToken, pk=token, conference=access.conference)
    end_token(conference=access.conference, token=token, now=now_of(access.conference))
    return redirect("conference_tokens", slug)
