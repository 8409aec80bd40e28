"""Pages of an account that allauth has not: the one-time link, where one is signed in."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url, passthrough_next_redirect_url
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from offenraum.people.actions import LinkSpent, end_other_sign_ins, end_sign_in, spend_link
from offenraum.people.models import SignIn
from offenraum.people.queries import account_of, has_second_factor, live_sign_ins, open_link, sign_in_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def one_time_link(request: HttpRequest, key: str) -> HttpResponse:
    """Opening the link never signs in, since mail programs open links too; the button does."""
    now = timezone.now()
    if request.method != "POST":
        link = open_link(key=key, now=now)
        return render(request, "people/one-time-link.html", {"link": link}, status=200 if link else 410)
    try:
        link = spend_link(key=key, now=now)
    except LinkSpent:
        return render(request, "people/one-time-link.html", {"link": None}, status=410)
    record_authentication(request, link.account, method="link")
    return perform_login(request, Login(user=link.account, redirect_url=link.leads_to))


@never_cache
@require_GET
def security(request: HttpRequest) -> HttpResponse:
    """Password, second factor and the browsers one is signed in with."""
    account = account_of(request)
    sign_ins = live_sign_ins(account=account, now=timezone.now())
    shown = {"sign_ins": sign_ins, "this": sign_in_of(request), "has_second_factor": has_second_factor(account)}
    return render(request, "people/security.html", shown)


@require_POST
def sign_out_browser(request: HttpRequest, sign_in: int) -> HttpResponse:
    account = account_of(request)
    get_object_or_404(SignIn, pk=sign_in, account=account)
    end_sign_in(account=account, sign_in=sign_in, now=timezone.now())
    return redirect("people_security")


@require_POST
def sign_out_others(request: HttpRequest) -> HttpResponse:
    end_other_sign_ins(account=account_of(request), keep=sign_in_of(request), now=timezone.now())
    return redirect("people_security")


class SetUpApp(ActivateTOTPView):
    """Setting up the app shows the second factor, so it need not be asked for again in this sign-in."""

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        shown: dict[str, Any] = super().get_context_data(**context)
        return shown | {"secret_in_groups": " ".join(wrap(shown["form"].secret, 4))}

    def get_success_url(self) -> str:
        return passthrough_next_redirect_url(self.request, super().get_success_url(), "next")

    def form_valid(self, form: Any) -> HttpResponse:
        return with_second_factor(self.request, super().form_valid(form), kind="totp")


class SetUpKey(AddWebAuthnView):
    """The same for a security key."""

    def get_success_url(self) -> str:
        return passthrough_next_redirect_url(self.request, super().get_success_url(), "next")

    def form_valid(self, form: Any) -> HttpResponse:
        return with_second_factor(self.request, super().form_valid(form), kind="webauthn")


class RecoveryCodes(ViewRecoveryCodesView):
    """The list of recovery codes, and from the set-up on the way on to where one was going."""

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | {"way_on": get_next_redirect_url(self.request)}


def with_second_factor(request: HttpRequest, response: HttpResponse, *, kind: str) -> HttpResponse:
    """Note that this sign-in showed a second factor; end the account's other sign-ins, which did not."""
    record_authentication(request, request.user, method="mfa", type=kind)
    end_other_sign_ins(account=account_of(request), keep=sign_in_of(request), now=timezone.now())
    return response
