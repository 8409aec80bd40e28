"""Markup that people could type, in every column of free text."""

from __future__ import annotations

import json
import re
from contextlib import suppress

from django.db import IntegrityError, models, transaction
from django.test import Client
from django.test.utils import setup_test_environment

from offenraum.kit.fields import Line, Prose
from tests.project.canary import fill_models, text_fields
from tests.routes import ROUTES
from tests.world import make_world

PAYLOADS = (
    "\"'></title></script><i data-canary onclick=alert(1)></i><img src=x onerror=alert(1)>",
    "\"'><i data-canary>", "<b data-canary>",
)
PARSED = {"frame_hosts", "present"}
"""Read by the program as hosts and times; their forms let nothing else in."""

MARKED = re.compile(r"data-canary|onerror", re.IGNORECASE)


def put_payloads() -> int:
    """The longest payload that fits into each column of free text, in all rows; returns how many columns that were."""
    count = 0
    for field, _data in text_fields():
        payload = payload_for(field)
        if isinstance(field, Line | Prose) and payload and not is_once(field) and field.name not in PARSED:
            with suppress(IntegrityError), transaction.atomic():
                count += bool(field.model._default_manager.update(**{field.name: payload}))
    return count


def payload_for(field: models.Field[object, object]) -> str:
    most = getattr(field, "max_length", None) or 1000
    return next((payload for payload in PAYLOADS if len(payload) <= most), "")


def is_once(field: models.Field[object, object]) -> bool:
    """Whether two rows must not hold the same."""
    together = [set(one.fields) for one in field.model._meta.constraints if isinstance(one, models.UniqueConstraint)]
    return field.unique or any(field.name in names for names in together)


def main(each: int) -> None:
    """Fill an installation with two conferences and payloads; say which pages every n-th address is, and who is who."""
    setup_test_environment()
    here = make_world().here
    fill_models()
    put_payloads()
    told = {"addresses": {}, "cookies": {}}
    for role in ("everything", "public"):
        browser = here.browsers[role]
        addresses = [route.address(here) for route in list(ROUTES.values())[::each]]
        told["addresses"][role] = [address for address in addresses if is_page(browser, address)]
        held = browser.cookies.get("sitzung")
        told["cookies"][role] = held.value if held else ""
    print(json.dumps(told))  # noqa: T201 - the answer


def is_page(browser: Client, address: str) -> bool:
    answer = browser.get(address)
    return answer.status_code == 200 and answer.headers.get("Content-Type", "").startswith("text/html")
