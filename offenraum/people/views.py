"""Pages of an account that allauth has not: the one-time link, where one is signed in."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url, passthrough_next_redirect_url
from allauth.core.exceptions import ReauthenticationRequired
from allauth.core.internal import ratelimit
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from offenraum.people.actions import EmailTaken, LinkSpent, change_email, end_other_sign_ins, end_sign_in, spend_link
from offenraum.people.adapter import signed_in_just_now
from offenraum.people.forms import EmailForm
from offenraum.people.models import Account, SignIn
from offenraum.people.queries import (
    account_by_email,
    account_of,
    email_change_key,
    email_change_of,
    has_second_factor,
    live_sign_ins,
    open_link,
    sign_in_of,
)


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


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change_address(request: HttpRequest) -> HttpResponse:
    """Ask for another e-mail address; it changes when the link sent there is opened."""
    account = account_of(request)
    if not (signed_in_just_now(request) or did_recently_reauthenticate(request)):
        raise ReauthenticationRequired
    form = EmailForm(request.POST or None, account=account)
    if not ratelimit.consume(request, app="allauth.account", action="manage_email", user=account):
        return render(request, "429.html", status=429)
    if request.method != "POST" or not form.is_valid():
        return render(request, "people/email.html", {"form": form}, status=422 if form.errors else 200)
    send_email_link(account, form.cleaned_data["email"])
    sent = _("We have sent a link to {email}. Your address changes when you open it.").format(**form.cleaned_data)
    messages.success(request, sent)
    return redirect("people_security")


def send_email_link(account: Account, email: str) -> None:
    """To the new address; nobody learns whether somebody else has an account with it."""
    if account_by_email(email) is None:
        address = reverse("people_confirm_email", args=[email_change_key(account=account, email=email)])
        get_adapter().send_mail("people/email/confirm", email, {"url": settings.ADDRESS + address})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_address(request: HttpRequest, key: str) -> HttpResponse:
    """Opening the link changes nothing, since mail programs open links too; the button does."""
    change = email_change_of(key)
    if change is None or request.method != "POST":
        return render(request, "people/email-confirm.html", {"change": change}, status=200 if change else 410)
    try:
        former = change_email(key=key)
    except (LinkSpent, EmailTaken):
        return render(request, "people/email-confirm.html", {"change": None}, status=410)
    get_adapter().send_mail("people/email/changed", former, {"email": change.email})
    messages.success(request, _("Your e-mail address is now {email}.").format(email=change.email))
    return redirect("people_security")


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
