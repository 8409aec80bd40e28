"""Schemathesis reads our schema and sends what fits it and what does not: answers are as it says, none a 5xx."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, Final

import pytest
import schemathesis
from django.test.client import ClientHandler
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

from offenraum.api.urls import api
from offenraum.conference.actions.tokens import issue_token
from offenraum.conference.models import ApiToken
from tests.builders import open_a_round, publish
from tests.day import NOON, make_conference, make_seats, make_topics, set_clock

EXAMPLES: Final = 150 if os.environ.get("TESTS_LONG") else 6
KNOWN: Final = {"slug": "kogk18", "number": 1}
"""What three of four calls are about, so that they get beyond 404."""

OWN_TESTS: Final = [ignored_auth, positive_data_acceptance]
"""Keys have tests of their own; and texts must be more than the language of schemas can say, such as printable."""

OPERATIONS: Final = [
    (path, method) for path, methods in api.get_openapi_schema(path_prefix="/api/v1/")["paths"].items()
    for method in methods
]


@pytest.fixture
def key(db: None) -> str:
    """A conference with everything that the interface tells, and a key that may write all of it."""
    conference = set_clock(make_conference(), NOON)
    topics = make_topics(conference, 3)
    make_seats(conference, 3)
    open_a_round(conference)
    publish(conference, {topics[0]: (1, 1)})
    return issue_token(conference=conference, name="Probe", scopes=ApiToken.Scope.values, now=NOON)


def pages(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    """The product as a WSGI app inside the transaction of a test."""
    answer = ClientHandler()(environ)
    start_response(f"{answer.status_code} {answer.reason_phrase}", list(answer.items()))
    return [answer.content]


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_every_answer_is_as_the_schema_says(key: str, path: str, method: str) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", pages)
    seen = set()

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(case=schema[path][method].as_strategy(), is_known=st.sampled_from([True, True, True, False]))
    def ask(case: schemathesis.Case, is_known: bool) -> None:
        if is_known:
            case.path_parameters = {name: KNOWN[name] for name in case.path_parameters or {}}
        answer = case.call(headers={"Authorization": f"Bearer {key}", "Accept-Encoding": "identity"})
        case.validate_response(answer, excluded_checks=OWN_TESTS)
        seen.add(answer.status_code)

    ask()
    assert min(seen) < 300 or method == "put", "no call was good"
