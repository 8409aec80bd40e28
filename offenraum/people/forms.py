"""The forms of sign-in whose guesses count apart for each known device."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm, ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth
from django import forms
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from offenraum.people.models import Account
from offenraum.people.queries import digest_of, known_device
from offenraum.people.rules import CODE_SPENT_SECONDS, guess_bucket

SAID_ANEW = (gettext_noop("You must type the same password each time."),)
"""What allauth's own forms say informally in German; our catalogue comes first."""


class EmailForm(forms.Form):
    """The address that an account wants to have from now on."""

    email = forms.EmailField(label=_("New e-mail address"), max_length=254)

    def __init__(self, *args: Any, account: Account, **options: Any) -> None:
        super().__init__(*args, **options)
        self.account = account

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).strip().lower()
        if email == self.account.email:
            raise forms.ValidationError(_("This is your e-mail address already."))
        return email


class CodeForm(AuthenticateForm):
    """The second step of signing in."""

    def clean_code(self) -> str:
        self.authenticator = authenticator_of(account=self.user, code=self.cleaned_data["code"])
        return str(self.cleaned_data["code"])


class ConfirmCodeForm(ReauthenticateForm):
    """The second factor again, before something important."""

    def clean_code(self) -> str:
        self.authenticator = authenticator_of(account=self.user, code=self.cleaned_data["code"])
        return str(self.cleaned_data["code"])


def authenticator_of(*, account: Account, code: str) -> Authenticator:
    """The app or the list of recovery codes that a code comes from; each code works once."""
    bucket = guess_bucket(subject=f"code {account.pk}", device=known_device(request=context.request, account=account))
    guess = ratelimit.consume(context.request, app="allauth.account", action="login_failed", key=bucket)
    if guess is None:
        raise get_adapter().validation_error("too_many_login_attempts")
    if cache.add(f"code:{account.pk}:{digest_of(code)}", 1, timeout=CODE_SPENT_SECONDS):
        for authenticator in Authenticator.objects.filter(user=account).exclude(type=Authenticator.Type.WEBAUTHN):
            if authenticator.wrap().validate_code(code):
                guess.rollback()
                return authenticator
    raise get_adapter().validation_error("incorrect_code")


class KeyForm(AuthenticateWebAuthnForm):
    """A security key as second step; it cannot be guessed, so nothing is counted and nobody locked out."""

    def clean_credential(self) -> Authenticator:
        return authenticator_of_key(account=self.user, credential=self.cleaned_data["credential"])


class ConfirmKeyForm(ReauthenticateWebAuthnForm):
    """A security key again, before something important."""

    def clean_credential(self) -> Authenticator:
        return authenticator_of_key(account=self.user, credential=self.cleaned_data["credential"])


def authenticator_of_key(*, account: Account, credential: object) -> Authenticator:
    auth.parse_authentication_response(credential)
    return auth.complete_authentication(account, credential)
