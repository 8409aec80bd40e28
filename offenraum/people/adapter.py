"""Where django-allauth does what Offenraum wants: no sign-up, no limits by address, known devices, formal texts."""

from __future__ import annotations

import base64
import hashlib
import logging
from datetime import timedelta
from io import BytesIO
from threading import BoundedSemaphore
from typing import Any

import segno
from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from offenraum.kit.group_commit import durable
from offenraum.kit.keys import new_key
from offenraum.people.actions import begin_sign_in, end_sign_in, forget_attempts
from offenraum.people.models import Account
from offenraum.people.queries import (
    DEVICE_COOKIE,
    DEVICE_SALT,
    SIGN_IN_SESSION_KEY,
    account_by_email,
    device_of,
    known_device,
    sign_in_of,
)
from offenraum.people.rules import REMEMBER_FOR, guess_bucket, remembered
from offenraum.post.actions import NoAddress, queue_account_letter

log = logging.getLogger(__name__)

# Checking a password costs 20 ms and 19 MiB. A flood of sign-ins must not take the threads that votes need, and
# strangers must not take the turns of those who sign in on their own device.
STRANGERS = BoundedSemaphore(2)
KNOWN = BoundedSemaphore(2)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come by invitation; wrong guesses count per account, apart for each known device."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is blocked at present."),
        "busy": _("Many people are signing in at the moment. Please try again in a few seconds."),
        "email_password_mismatch": _("The e-mail address or the password is not right."),
        "enter_current_password": _("Please enter your present password."),
        "incorrect_code": _("This code is not right, or it has been used already."),
        "incorrect_password": _("The password is not right."),
        "invalid_password_reset": _("This link has been used already or has expired. Please ask for a new one."),
        "rate_limited": _("There were too many attempts. Please wait ten minutes."),
        "too_many_login_attempts": _(
            "There were too many attempts for this account. Please wait ten minutes, or set a new password by e-mail."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """Pages only; there is no second, scripted way in."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """No address is read or kept: a whole venue shares one."""
        return ""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Account | None:
        """Check a password, at most two at a time for strangers and two for known devices."""
        account = account_by_email(str(credentials.get("email", "")))
        turns = KNOWN if known_device(request=request, account=account) else STRANGERS
        if not turns.acquire(blocking=False):
            raise self.validation_error("busy")
        try:
            return super().authenticate(request, **credentials)
        finally:
            turns.release()

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        forget_attempts(now=timezone.now())

    def reauthenticate(self, user: Account, password: str) -> bool:
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        email = str(credentials.get("email", ""))
        return guess_bucket(subject=email, device=known_device(request=request, account=account_by_email(email)))

    def login(self, request: HttpRequest, user: Account) -> None:
        super().login(request, user)
        request.session[SIGN_IN_SESSION_KEY] = begin_sign_in(account=user, now=timezone.now())

    def post_login(self, request: HttpRequest, user: Account, **hooks: Any) -> HttpResponse:
        response = super().post_login(request, user, **hooks)
        remember_device(request=request, response=response, account=user)
        return response

    def logout(self, request: HttpRequest) -> None:
        if sign_in := sign_in_of(request):
            end_sign_in(account=sign_in.account, sign_in=sign_in.pk, now=timezone.now())
        super().logout(request)

    def is_reauthentication_required(self, *, app: str, **options: Any) -> bool:
        """Who signed in a moment ago need not give the password again."""
        return not signed_in_just_now(context.request) and super().is_reauthentication_required(app=app, **options)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Into the outbox: nobody waits for a mail server, and how long it takes tells nothing about an account."""
        message = self.render_mail(template_prefix, email, {"email": email, **context})
        try:
            durable(
                queue_account_letter, to=email, subject=message.subject, text=str(message.body),
                language=get_language() or settings.LANGUAGE_CODE, now=timezone.now(),
            )
        except NoAddress:
            log.warning("the address of an account takes no letters")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Below the address that the operator has set, whatever host a request names."""
        uid, _dash, token = key.partition("-")
        return str(settings.ADDRESS) + reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})

    def send_notification_mail(
        self, template_prefix: str, user: Account, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        super().send_notification_mail(template_prefix, user, context, email or user.email)

    def format_email_subject(self, subject: str) -> str:
        return subject


def signed_in_just_now(request: HttpRequest) -> bool:
    sign_in = sign_in_of(request)
    recent = timedelta(seconds=app_settings.REAUTHENTICATION_TIMEOUT)
    return sign_in is not None and timezone.now() - sign_in.signed_in_at < recent


def remember_device(*, request: HttpRequest, response: HttpResponse, account: Account) -> None:
    """Make this browser known to the account, so that the wrong guesses of others do not lock it out."""
    device, accounts = device_of(request)
    value = [device or new_key(), *remembered(accounts, account.pk)]
    response.set_cookie(
        DEVICE_COOKIE, signing.dumps(value, salt=DEVICE_SALT), max_age=REMEMBER_FOR, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors, encrypted at rest."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _("You cannot switch off the second factor."),
        "cannot_generate_recovery_codes": _("Please set up a second factor first."),
        "incorrect_code": _("This code is not right, or it has been used already."),
    }

    def build_totp_svg(self, url: str) -> str:
        """A QR on white ground, so that it can be scanned from a dark page too."""
        drawing = BytesIO()
        segno.make(url, error="m").save(drawing, kind="svg", scale=5, light="white")
        return drawing.getvalue().decode()

    def encrypt(self, text: str) -> str:
        return cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return cipher().decrypt(encrypted_text.encode()).decode()


def cipher() -> Fernet:
    key = hashlib.sha256(f"offenraum.people.second-factor:{settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
