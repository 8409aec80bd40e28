"""Every address answers every role as the table in tests/rights.txt says; what is not in the table is not open."""

from __future__ import annotations

import os
from copy import deepcopy

import pytest
from django.test import Client

from tests.rights import BODIES, IDLE, RIGHTS, SHARED, VERBS, Outcome
from tests.routes import ROUTES, Route, outcome, request
from tests.world import ROLES, Half, World, undone, writes

METHODS = ("GET", "POST")
REFUSED = {"token", "sign-in", "factor", "seat", "no", "hidden", "gone", "method"}
# Who may do what is decided before the database is asked: on PostgreSQL the table is walked in `make test-long`.
pytestmark = [pytest.mark.django_db, *([pytest.mark.postgres] if os.environ.get("TESTS_LONG") else [])]


def ask(world: World, route: Route, method: str, role: str) -> Outcome:
    """Ask as a role and take back what the answer changed; a refusal must not have changed anything."""
    with undone(world.browser(role)) as browser:
        since = writes()
        answer = outcome(request(browser, route, method, world.here))
        is_refused_for_nothing = answer in REFUSED and world.has_changed(since)
        assert not is_refused_for_nothing, f"{role} was answered {answer}, yet something changed"
    return answer


def agreed(name: str, method: str) -> dict[str, Outcome]:
    """The answer to each role; in the short run to one of those who are answered alike, another at each address."""
    row = RIGHTS.get((name, method), dict.fromkeys(ROLES, "method"))
    return row if os.environ.get("TESTS_LONG") else one_of_each(row, turn=list(ROUTES).index(name))


def one_of_each(row: dict[str, Outcome], *, turn: int) -> dict[str, Outcome]:
    alike = [[role for role in row if row[role] == answer] for answer in dict.fromkeys(row.values())]
    return {roles[turn % len(roles)]: row[roles[0]] for roles in alike}


@pytest.mark.parametrize("name", ROUTES)
def test_address_answers_every_role_as_agreed(world: World, name: str) -> None:
    expected = {method: agreed(name, method) for method in METHODS}
    route = ROUTES[name]
    answers = {method: {role: ask(world, route, method, role) for role in expected[method]} for method in METHODS}
    assert answers == expected


OWN_ACCOUNT = ("account_", "conference_mine", "mfa_", "people_")
AUDITORS = {
    "desk:audit": "ok", "desk:problem": "hidden", "desk:audited-plan": "hidden",
    "conference_invitation": "done", "people_sign_out_browser": "hidden",
}
"""Where an auditor is told something else than the public; the browser that can be signed out here is Mia's."""


def expected_of_auditor(name: str, method: str) -> Outcome:
    """The own account like everybody who signs in, the audit, and of the conference no more than the public."""
    row = RIGHTS.get((name, method))
    if row is None:
        return "method"
    if name in AUDITORS and (method == "POST" or row["public"] == "sign-in"):
        return AUDITORS[name]
    if name.startswith(OWN_ACCOUNT):
        return row["moderator"]
    return {"sign-in": "no"}.get(row["public"], row["public"])


def test_auditor_may_audit_and_nothing_else(world: World) -> None:
    """The round is still open here, so that there are no files yet."""
    asked = [(name, method) for name in ROUTES for method in METHODS]
    answers = {(name, method): ask(world, ROUTES[name], method, "auditor") for name, method in asked}
    wrong = {key: (answer, expected_of_auditor(*key)) for key, answer in answers.items()}
    assert {key: pair for key, pair in wrong.items() if pair[0] != pair[1]} == {}


DONE = [name for (name, method), row in RIGHTS.items() if method == "POST" and "done" in row.values()]


@pytest.mark.parametrize("name", DONE)
def test_form_that_is_allowed_does_something(world: World, name: str) -> None:
    """Otherwise the tests of refusals would send what is refused anyway."""
    allowed = [role for role, cell in RIGHTS[name, "POST"].items() if cell == "done" and role != "elsewhere"]
    assert any(changes(world, ROUTES[name], role) for role in allowed) == (name not in IDLE)


def changes(world: World, route: Route, role: str) -> bool:
    with undone(world.browser(role)) as browser:
        since = writes()
        request(browser, route, "POST", world.here)
        return world.has_changed(since)


def test_table_names_no_address_that_is_gone() -> None:
    assert {name for name, _method in RIGHTS} - set(ROUTES) == set()


PROGRAMS = {"uplink_secret"}
"""Programs send there, with a secret in the address; a browser's cookies mean nothing."""

FORMS = [
    name for (name, method), row in RIGHTS.items()
    if method == "POST" and set(row.values()) != {"token"} and name not in PROGRAMS
]


@pytest.mark.parametrize("name", FORMS)
def test_form_without_its_token_is_refused(world: World, name: str) -> None:
    """No other site can send our forms from somebody's browser."""
    careful = Client(enforce_csrf_checks=True)
    careful.cookies = deepcopy(world.here.browsers["everything"].cookies)
    with undone(careful):
        since = writes()
        answer = request(careful, ROUTES[name], "POST", world.here)
        assert (answer.status_code, world.has_changed(since)) == (403, False)


def has_ids(route: Route) -> bool:
    """Whether a request names something of a conference, in its address or in its form."""
    in_form = any(value.startswith("@") for value in BODIES.get(route.name, {}).values())
    return in_form or bool(route.parameters - {"slug"} - set(VERBS))


@pytest.mark.parametrize("name", [name for name, route in ROUTES.items() if has_ids(route) and name not in SHARED])
@pytest.mark.parametrize("method", METHODS)
def test_id_of_the_other_conference_is_not_found_here(world: World, name: str, method: str) -> None:
    """Whoever has every right in one conference asks with its address for what belongs to the other."""
    route = ROUTES[name]
    strange = Half(world.here.conference, world.there.ids | {"slug": world.here.ids["slug"]})
    with undone(world.here.browsers["everything"]) as browser:
        since = writes()
        answer = outcome(request(browser, route, method, strange))
        assert not world.has_changed(since)
    if route.parameters - {"slug"} - set(VERBS):
        assert answer in {"hidden", "gone", "late", "method"}
