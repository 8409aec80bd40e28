"""Signing accounts in the way people do: through a one-time link, and with a real authenticator app."""

from __future__ import annotations

import time

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client
from django.utils import timezone

from offenraum.people.actions import create_account, issue_link
from offenraum.people.models import Account
from offenraum.post.models import Letter

PASSWORD = "Rathausplatz 7 im Regen"


def make_account(name: str = "Ayse", *, password: str | None = PASSWORD) -> Account:
    return create_account(email=f"{name.lower()}@example.org", name=name, password=password)


def set_up_app(account: Account) -> str:
    """Give an account an authenticator app; returns the app's secret."""
    secret = generate_totp_secret()
    TOTP.activate(account, secret)
    return secret


def code_now(secret: str, *, later: int = 0) -> str:
    """What the app shows now, or `later` half minutes on."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def sign_in(account: Account, *, second_factor: bool = False, client: Client | None = None) -> Client:
    """A browser in which this account is signed in; with the second factor if it has shown one."""
    client = client or Client()
    secret = set_up_app(account) if second_factor else ""
    key = issue_link(account=account, leads_to="/konto", now=timezone.now())
    response = client.post(f"/konto/einmal/{key}")
    if second_factor:
        assert response["Location"] == "/konto/anmelden/code"
        response = client.post("/konto/anmelden/code", {"code": code_now(secret)})
    assert response["Location"] == "/konto"
    return client


def post_password(client: Client, email: str, password: str = PASSWORD, **more: str) -> int:
    """Send the sign-in form; 302 when it was right, 200 when the form came back."""
    return client.post("/konto/anmelden", {"login": email, "password": password, **more}).status_code


def letters() -> list[Letter]:
    """What was written to accounts, the first letter first."""
    return list(Letter.objects.filter(kind="account").order_by("pk"))
