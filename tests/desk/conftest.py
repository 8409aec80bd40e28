from __future__ import annotations

import pytest
from django.test import Client

from offenraum.conference.models import Conference
from offenraum.people.models import Account
from tests.day import NOON, make_conference, make_member, set_clock
from tests.people.sign_in import sign_in


@pytest.fixture
def conference(db: None) -> Conference:
    """A conference whose clock stands at 12 o'clock, when the plenary begins."""
    return set_clock(make_conference(), NOON)


@pytest.fixture
def ayse(conference: Conference) -> Account:
    return make_member(conference)


@pytest.fixture
def desk(client: Client, ayse: Account) -> Client:
    """A browser in which Ayse, a moderator, is signed in; it reads English."""
    sign_in(ayse, client=client)
    client.cookies["sprache"] = "en"
    return client
