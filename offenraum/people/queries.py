"""Reads about accounts: who is signed in, on which device, with which second factor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core import signing
from django.db.models import QuerySet
from django.http import HttpRequest

from offenraum.kit.keys import digest
from offenraum.people.models import Account, SignIn, SignInLink
from offenraum.people.rules import EMAIL_LINK_LASTS, IDLE_LASTS, REMEMBER_FOR, SIGN_IN_LASTS

DEVICE_COOKIE = "geraet"
DEVICE_SALT = "offenraum.people.device"
SIGN_IN_SESSION_KEY = "sign_in"
EMAIL_SALT = "offenraum.people.email"


class SignInNeeded(Exception):
    """Nobody is signed in here; the sign-in page is the answer."""


class SecondFactorNeeded(Exception):
    """The account must show its second factor in this sign-in, or set it up first."""


def digest_of(key: str) -> str:
    """How this installation stores a key."""
    return digest(key, pepper=settings.SECRET_KEY)


def account_by_email(email: str) -> Account | None:
    return Account.objects.filter(email__iexact=email.strip()).first()


def account_of(request: HttpRequest) -> Account:
    """Who is signed in here; nobody is sent to the sign-in page."""
    if not isinstance(request.user, Account):
        raise SignInNeeded
    return request.user


def live_sign_ins(*, account: Account, now: datetime) -> QuerySet[SignIn]:
    """Where this account is signed in, last used first."""
    return SignIn.objects.filter(
        account=account, ended_at__isnull=True, seen_at__gt=now - IDLE_LASTS, signed_in_at__gt=now - SIGN_IN_LASTS
    )


def sign_in_of(request: HttpRequest) -> SignIn | None:
    """The sign-in that this browser's cookie names, live or not."""
    key = request.session.get(SIGN_IN_SESSION_KEY)
    return SignIn.objects.filter(key_hash=digest_of(key)).first() if isinstance(key, str) else None


def open_link(*, key: str, now: datetime) -> SignInLink | None:
    """The link behind a key while it may still be used."""
    return (
        SignInLink.objects.select_related("account")
        .filter(key_hash=digest_of(key), used_at__isnull=True, expires_at__gt=now, account__is_active=True)
        .first()
    )


@dataclass(frozen=True, slots=True)
class EmailChange:
    """A new address that an account asked for, proven by the link that was sent to it."""

    account: Account
    email: str


def email_change_key(*, account: Account, email: str) -> str:
    """The key for the link to a new address; it names the present one, so that it works once."""
    return signing.dumps([account.pk, account.email, email], salt=EMAIL_SALT)


def email_change_of(key: str) -> EmailChange | None:
    """What the link to a new address asks for, while it may still be used."""
    try:
        number, present, email = signing.loads(key, salt=EMAIL_SALT, max_age=EMAIL_LINK_LASTS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    account = Account.objects.filter(pk=number, email=present, is_active=True).first()
    return EmailChange(account=account, email=email) if account else None


def has_second_factor(account: Account) -> bool:
    """Whether an authenticator app or a security key is set up."""
    return bool(Authenticator.objects.filter(user=account).exclude(type=Authenticator.Type.RECOVERY_CODES).exists())


def used_second_factor(request: HttpRequest) -> bool:
    """Whether the second factor was shown in this very sign-in."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


def device_of(request: HttpRequest) -> tuple[str, list[int]]:
    """This browser's long-lived name and the accounts that have signed in on it; empty for a stranger."""
    signed = request.COOKIES.get(DEVICE_COOKIE, "")
    try:
        device, *accounts = signing.loads(signed, salt=DEVICE_SALT, max_age=REMEMBER_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return "", []
    return device, accounts


def known_device(*, request: HttpRequest, account: Account | None) -> str:
    """The device's name if this account has signed in on it before, else nothing."""
    device, accounts = device_of(request)
    return device if account is not None and account.pk in accounts else ""
