"""Hostile strings in every field and every free part of an address: stored safely or refused, never a fault."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.conftest import ON_POSTGRES
from tests.hostile import ASKED, TAKEN
from tests.rights import BODIES, RIGHTS
from tests.routes import ROUTES, Route, outcome
from tests.world import Half, World, undone

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
MORE_FIELDS = {
    "account_login": ["login", "password"], "account_reset_password": ["email"], "seat": ["code", "next"],
    "conference_new_helper_key": ["name", "day"], "topic_edit": ["title", "about", "host_name", "hashtags"],
    "session_write": ["address"],
    "news_comment": ["email", "homepage", "since", "key"], "remark": ["place", "email", "key"],
    "new_conference": ["template"], "organise:part": ["travel_en", "step_free", "map_link"],
    "organise:new": ["title_en", "text_en", "is_public", "preview"],
    "topic_propose": ["about", "hashtags", "needs", "away"], "account_change_password": ["oldpassword"],
}
SEARCHES = [
    "desk:registrations", "topic_similar", "desk:seats", "seat", "account_login", "topics", "now", "desk:stream",
    "ask", "ask_json",
]
ENCODED = {"encoding": "utf-8", "errors": "surrogatepass"}
FORM = "application/x-www-form-urlencoded"


def fields_of(name: str) -> list[str]:
    """All fields of a form, those that carry ids too: anybody can send anything in them."""
    return [*BODIES.get(name, {"version": ""}), *MORE_FIELDS.get(name, [])]


FIELDS = [(name, field) for name, method in RIGHTS if method == "POST" for field in fields_of(name)]


def send(browser: Client, route: Route, half: Half, field: str, value: str) -> HttpResponse:
    body = urlencode(route.body(half) | {field: value}, **ENCODED)  # type: ignore[arg-type]
    answer: HttpResponse = browser.post(route.address(half), body, content_type=FORM)
    return answer


@pytest.mark.sample(18 if ON_POSTGRES else 9)
@pytest.mark.parametrize(("name", "field"), FIELDS)
def test_field_is_stored_or_refused(world: World, name: str, field: str) -> None:
    answers = {}
    for kind, value in ASKED.items():
        with undone(world.here.browsers["everything"]) as browser:
            answers[kind] = outcome(send(browser, ROUTES[name], world.here, field, value))
    assert {kind: answer for kind, answer in answers.items() if answer == "broken"} == {}


@pytest.mark.parametrize("name", SEARCHES)
def test_question_in_an_address_is_answered(world: World, name: str) -> None:
    answers = {}
    for kind, value in ASKED.items():
        asked = dict.fromkeys(("q", "next", "lang", "key", "seite", "frage"), value)
        question = urlencode(asked, **ENCODED)  # type: ignore[arg-type]
        with undone(world.here.browsers["everything"]) as browser:
            answers[kind] = outcome(browser.get(f"{ROUTES[name].address(world.here)}?{question}"))
    assert {kind: answer for kind, answer in answers.items() if answer == "broken"} == {}


PARTS = {"key", "secret", "slug"}


@pytest.mark.sample(12 if ON_POSTGRES else 6)
@pytest.mark.parametrize("name", [name for name, route in ROUTES.items() if route.parameters & PARTS])
def test_part_of_an_address_leads_somewhere_or_nowhere(world: World, name: str) -> None:
    route = ROUTES[name]
    (part, *_) = sorted(route.parameters & PARTS)
    mark = "ersatz"
    template = route.address(Half(world.here.conference, world.here.ids | dict.fromkeys(PARTS & {part, "key"}, mark)))
    for value in [text for text in ASKED.values() if len(text) < 20_000]:
        with undone(world.here.browsers["everything"]) as browser:
            answer = browser.get(template.replace(mark, quote(value, safe="", **ENCODED)))  # type: ignore[arg-type]
            assert answer.status_code < 500
            assert outcome(answer) != "broken" or answer.status_code == 404


@pytest.mark.parametrize("kind", sorted(set(TAKEN) & set(ASKED)))
def test_title_that_is_taken_appears_on_every_page(world: World, kind: str) -> None:
    """A topic with a hostile title, on the pages that show topics; its markup is text there."""
    with undone(world.here.browsers["everything"]) as browser:
        send(browser, ROUTES["topic_propose"], world.here, "title", TAKEN[kind])
        for name in ("topics", "now", "programme", "my_plan", "wall", "desk:overview", "desk:round", "desk:board"):
            page = browser.get(ROUTES[name].address(world.here))
            assert page.status_code == 200
            assert "<script>alert" not in page.content.decode()
