"""Changing the e-mail address of an account, from the form to the letters and the next sign-in."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.test import Client
from django.utils import timezone

from offenraum.people.actions import issue_link
from offenraum.people.models import Account, SignIn
from offenraum.post.models import Letter
from tests.builders import text_of
from tests.people.sign_in import letters, make_account, post_password, sign_in

pytestmark = pytest.mark.django_db
NEW = "neu@example.org"


@pytest.fixture
def ayse() -> Account:
    return make_account("Ayse")


def ask(browser: Client, email: str = NEW) -> str:
    """Send the form; returns the path of the link that came by e-mail, empty if none came."""
    before = len(letters())
    assert browser.post("/konto/e-mail", {"email": email}).headers["Location"] == "/konto/sicherheit"
    fresh = letters()[before:]
    assert [letter.recipient for letter in fresh] in ([], [email.lower()])
    found = re.search(rf"{settings.ADDRESS}(/konto/e-mail/\S+)", fresh[0].text) if fresh else None
    return found[1] if found else ""


def email_of(account: Account) -> str:
    return Account.objects.get(pk=account.pk).email


def test_address_changes_when_the_link_in_the_letter_is_confirmed(ayse: Account) -> None:
    browser = sign_in(ayse)
    link = ask(browser, "Neu@Example.org")
    assert email_of(ayse) == "ayse@example.org"
    assert NEW in text_of(Client().get(link))
    assert email_of(ayse) == "ayse@example.org"
    assert Client().post(link).status_code == 302
    assert email_of(ayse) == NEW
    assert letters()[-1].recipient == "ayse@example.org"
    assert NEW in letters()[-1].text
    assert post_password(Client(), "ayse@example.org") == 200
    assert post_password(Client(), NEW) == 302
    assert browser.get("/konto/sicherheit").status_code == 200


def test_link_works_once_and_for_a_day(ayse: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = sign_in(ayse)
    first, second = ask(browser), ask(browser, "zweite@example.org")
    assert Client().post(first).status_code == 302
    assert [Client().post(link).status_code for link in (first, second, "/konto/e-mail/falsch")] == [410] * 3
    third = ask(browser, "dritte@example.org")
    later = timezone.now().timestamp() + timedelta(hours=25).total_seconds()
    monkeypatch.setattr(signing.time, "time", lambda: later)
    assert Client().post(third).status_code == 410
    assert email_of(ayse) == NEW


def test_address_of_somebody_else_is_neither_told_nor_taken(ayse: Account) -> None:
    browser = sign_in(ayse)
    link = ask(browser)
    assert ask(browser, "BERND@example.org") != ""
    make_account("Bernd")
    assert ask(browser, "bernd@example.org") == ""
    make_account("Neu")
    assert Client().post(link).status_code == 410
    assert email_of(ayse) == "ayse@example.org"


@pytest.mark.parametrize(("email", "reason"), [
    ("", "E-Mail-Adresse"), ("keine", "E-Mail-Adresse"), ("ayse@example.org", "Das ist schon Ihre E-Mail-Adresse."),
    ("a\x00@example.org", "E-Mail-Adresse"), (f"{'a' * 260}@example.org", "254"),
])
def test_wrong_address_is_refused_with_its_reason(ayse: Account, email: str, reason: str) -> None:
    browser = sign_in(ayse, client=Client(headers={"accept-language": "de"}))
    answer = browser.post("/konto/e-mail", {"email": email})
    assert answer.status_code == 422
    assert reason in text_of(answer)
    assert letters() == []


def test_former_address_opens_nothing_any_more(ayse: Account) -> None:
    EmailAddress.objects.create(user=ayse, email=ayse.email, verified=True, primary=True)
    browser = sign_in(ayse)
    key = issue_link(account=ayse, leads_to="/konto", now=timezone.now())
    Client().post(ask(browser))
    assert Client().post(f"/konto/einmal/{key}").status_code == 410
    Letter.objects.all().delete()
    Client().post("/konto/passwort/vergessen", {"email": "ayse@example.org"})
    assert letters() == []


def test_page_needs_a_fresh_sign_in(ayse: Account) -> None:
    assert Client().get("/konto/e-mail").headers["Location"].startswith("/konto/anmelden?next=")
    browser = sign_in(ayse)
    SignIn.objects.update(signed_in_at=timezone.now() - timedelta(hours=2))
    session = browser.session
    session["account_authentication_methods"] = []
    session.save()
    assert browser.post("/konto/e-mail", {"email": NEW}).headers["Location"].startswith("/konto/bestaetigen")
    assert letters() == []
