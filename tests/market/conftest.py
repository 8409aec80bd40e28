"""A market with one stand, its exhibitor, two visitors and an organiser."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from offenraum.conference.actions.team import add_member
from offenraum.conference.models import Conference
from offenraum.market.actions.stands import make_stand, send_key
from offenraum.market.models import Stand
from offenraum.people.actions import create_account
from tests.builders import make_browser
from tests.day import NOON, make_conference, set_clock
from tests.people.sign_in import sign_in as sign_in_account

BEGUN = NOON + timedelta(minutes=65)


@pytest.fixture
def conference() -> Conference:
    return set_clock(make_conference(), BEGUN)


@pytest.fixture
def stand(conference: Conference) -> Stand:
    return make_stand(conference=conference, title="Pegel am Bach", email="lab@example.org", now=NOON)


@pytest.fixture
def key(stand: Stand) -> str:
    return send_key(stand=stand, language="de", now=NOON)


@pytest.fixture
def exhibitor(stand: Stand, key: str) -> Client:
    client = Client(headers={"accept-language": "de"})
    assert client.post(f"/{stand.conference.slug}/markt/schluessel/{key}").status_code == 302
    return client


@pytest.fixture
def bernd(conference: Conference) -> Client:
    return make_browser(conference, "Bernd")


@pytest.fixture
def clara(conference: Conference) -> Client:
    return make_browser(conference, "Clara")


@pytest.fixture
def ayse(conference: Conference) -> Client:
    account = create_account(email="ayse@example.org", name="Ayşe", password=None)
    add_member(conference=conference, account=account, role="organiser")
    return sign_in_account(account, second_factor=True, client=Client(headers={"accept-language": "de"}))
