"""A conference that is not published is nowhere to be seen, at whatever address; its team sees it as it will be."""

from __future__ import annotations

import pytest

from offenraum.conference.models import Conference
from offenraum.live.documents import DEPENDS
from offenraum.opendata.views.exports import FORMATS
from tests.routes import ROUTES, outcome, request
from tests.world import World, undone

pytestmark = pytest.mark.django_db
HIDDEN = {"hidden", "method", "token", "sign-in"}
"""Not there, no such verb, only for programs with a key, only for the team."""

JOINING = {"conference_invitation", "conference_help", "conference_helping", "conference_stop_helping", "stand_key"}
"""Where somebody with a link of the team's becomes part of it, or prepares a stand."""

ADDRESSES = [name for name, route in ROUTES.items() if "slug" in route.parameters and name not in JOINING]


@pytest.mark.sample(3)
@pytest.mark.parametrize("name", ADDRESSES)
def test_address_of_a_hidden_conference_is_not_there(world: World, name: str) -> None:
    with undone(world.browser("public")) as browser:
        Conference.objects.filter(pk=world.here.conference.pk).update(is_hidden=True)
        answers = {method: outcome(request(browser, ROUTES[name], method, world.here)) for method in ("GET", "POST")}
    assert {method: answer for method, answer in answers.items() if answer not in HIDDEN} == {}


@pytest.mark.parametrize("address", [*(f"export/{name}" for name in FORMATS), "daten/topics.csv", "programm", ""])
def test_team_sees_a_hidden_conference_and_no_store_keeps_what_it_sees(world: World, address: str) -> None:
    with undone(world.browser("organiser")) as browser:
        Conference.objects.filter(pk=world.here.conference.pk).update(is_hidden=True)
        answer = browser.get(f"/{world.here.ids['slug']}/{address}")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-store")
    assert DEPENDS not in answer.headers
