"""Markup that people type is text on every page, for every role: nothing of it becomes an element."""

from __future__ import annotations

import json
from collections.abc import Iterator

import html5lib
import pytest
from django.db import transaction
from django.test import Client

from tests.payloads import MARKED, PAYLOADS, put_payloads
from tests.project.canary import fill_models
from tests.routes import ROUTES
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(300)]
ROLES = ("public", "other", "moderator", "organiser", "everything")
MANY = 40


def pages(browser: Client, world: World) -> Iterator[tuple[str, str]]:
    for name, route in ROUTES.items():
        answer = browser.get(route.address(world.here))
        assert answer.status_code < 500, name
        if answer.headers.get("Content-Type", "").startswith("text/html") and not answer.streaming:
            yield name, answer.content.decode()


def elements_in(page: str) -> list[str]:
    """Elements that came out of a payload, also in templates that a script would show."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    found = [element for element in tree.iter() if isinstance(element.tag, str)]
    marked = [element.tag for element in found if MARKED.search(" ".join(map(str, element.attrib)))]
    texts = [element.text or "" for element in found if element.tag == "script" and "json" in element.get("type", "")]
    return marked + [text[:80] for text in texts if not is_json(text)]


def is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


@pytest.mark.sample(4)
@pytest.mark.parametrize("role", ROLES)
def test_payload_in_every_column_is_text_on_every_page(world: World, role: str) -> None:
    with transaction.atomic():
        fill_models()
        columns = put_payloads()
        shown = dict(pages(world.browser(role), world))
        transaction.set_rollback(True)
    marked = {name: page for name, page in shown.items() if MARKED.search(page)}
    assert {name: found for name, page in marked.items() if (found := elements_in(page))} == {}
    assert sum("data-canary" in page for page in shown.values()) > MANY / 4, "no page shows any payload"
    assert columns > MANY


def test_payload_that_is_not_escaped_would_be_found() -> None:
    """The negative control."""
    assert elements_in(f"<p>{PAYLOADS[0]}</p>") != []
    assert elements_in(f'<script type="application/json">{PAYLOADS[0]}</script>') != []
