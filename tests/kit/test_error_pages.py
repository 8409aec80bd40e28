"""What a person sees when something is missing, forbidden or broken: our page, in German, with a way on."""

from __future__ import annotations

import html5lib
import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.views import defaults


def words(response: HttpResponse) -> str:
    """The text of a page that is valid HTML."""
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(response.content.decode())
    assert tree.find("head/title").text.strip()
    assert tree.get("lang") == "de"
    return " ".join("".join(tree.find("body").itertext()).split())


@pytest.mark.django_db
def test_an_unknown_address_says_so(client: Client) -> None:
    response = client.get("/gibt/es/nicht/")
    assert response.status_code == 404
    assert "Seite nicht gefunden" in words(response)
    assert "Zur Startseite" in words(response)


def request_of_nobody() -> HttpRequest:
    request = RequestFactory().get("/")
    request.session, request.user = SessionStore(), AnonymousUser()
    return request


def test_a_fault_admits_whose_it_is() -> None:
    response = defaults.server_error(request_of_nobody())
    assert response.status_code == 500
    assert "Der Fehler liegt bei uns" in words(response)


def test_a_forbidden_page_says_what_to_do() -> None:
    response = defaults.permission_denied(request_of_nobody(), PermissionError())
    assert response.status_code == 403
    assert "melden Sie sich bitte zuerst an" in words(response)


@pytest.mark.django_db
def test_an_expired_form_asks_to_load_the_page_again() -> None:
    response = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "ayse"})
    assert response.status_code == 403
    assert "Bitte laden Sie die Seite neu" in words(response)
