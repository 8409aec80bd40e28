"""Every page and letter that allauth shows is ours, German and formal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.core import context
from django.conf import settings
from django.template.loader import get_template, select_template
from django.test import RequestFactory
from django.urls import URLPattern
from django.utils import translation

from offenraum.people.adapter import AccountAdapter
from offenraum.people.models import Account
from offenraum.people.urls import urlpatterns
from tests.people.sign_in import PASSWORD, letters, make_account, sign_in

TEMPLATES = settings.PACKAGE / "people/templates"
LETTERS = sorted(
    str(file.relative_to(TEMPLATES)).removesuffix("_message.txt") for file in TEMPLATES.rglob("*_message.txt")
)
INFORMAL = re.compile(r"\b(du|dich|dir|dein\w*|euch|euer\w*|eure\w*)\b", re.IGNORECASE)


def template_of(route: URLPattern) -> str | None:
    """The template that a route of allauth renders."""
    name = getattr(getattr(route.callback, "view_class", None), "template_name", None)
    return str(name) if name else None


@pytest.mark.parametrize("name", sorted({name for route in urlpatterns if (name := template_of(route))}))
def test_page_of_allauth_is_our_template(name: str) -> None:
    assert Path(get_template(name).origin.name).is_relative_to(settings.PACKAGE)


def test_every_route_of_allauth_has_a_template() -> None:
    shown = [template_of(route) for route in urlpatterns if hasattr(route.callback, "view_class")]
    assert (len(shown) >= 15, None in shown) == (True, False)


def test_page_for_too_many_attempts_is_ours() -> None:
    assert Path(select_template(["429.html"]).template.origin.name).is_relative_to(settings.PACKAGE)


@pytest.mark.parametrize("name", LETTERS)
def test_letter_is_german_formal_and_plain(name: str, db: None) -> None:
    request = RequestFactory().get("/")
    link = "https://barcamp.example.org/konto/passwort/neu/1-abc"
    with context.request_context(request), translation.override("de"):
        get_adapter(request).send_mail(name, "ayse@example.org", {"user": Account(), "password_reset_url": link})
    (letter,) = letters()
    text = f"{letter.subject}\n{letter.text}"
    assert text.splitlines()[1] == "Guten Tag,"
    assert INFORMAL.findall(text) == []
    assert re.findall(r"\b(your|you|the|was|account|please|Hello|127\.0\.0\.1|example\.com)\b", text) == []
    assert (link in text) is name.endswith("password_reset_key")
    assert (letter.language, letter.recipient) == ("de", "ayse@example.org")


def test_there_is_a_letter_for_every_change_of_an_account() -> None:
    assert LETTERS == [
        "account/email/password_changed", "account/email/password_reset", "account/email/password_reset_key",
        "account/email/password_set", "mfa/email/recovery_codes_generated", "mfa/email/totp_activated",
        "mfa/email/totp_deactivated", "mfa/email/webauthn_added", "mfa/email/webauthn_removed",
        "people/email/changed", "people/email/confirm",
    ]


def test_error_messages_of_sign_in_are_german_and_formal() -> None:
    own = {
        code: message for code, message in AccountAdapter.error_messages.items()
        if DefaultAccountAdapter.error_messages.get(code) is not message
    }
    with translation.override("de"):
        said = "\n".join(map(str, own.values()))
    assert len(own) >= 9
    assert INFORMAL.findall(said) == []
    assert re.findall(r"\b(the|please|password is|account)\b", said) == []


def test_different_passwords_are_refused_formally(db: None) -> None:
    client = sign_in(make_account(password=None))
    page = client.post("/konto/passwort/festlegen", {"password1": PASSWORD, "password2": PASSWORD[1:]})
    assert "Bitte geben Sie zweimal dasselbe Passwort ein." in page.content.decode()
