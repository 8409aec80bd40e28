"""Markup that people type, in a real browser: no script of it runs, nothing of it appears, no policy is broken."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.conftest import ON_POSTGRES
from tests.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900), pytest.mark.skipif(ON_POSTGRES, reason="runs on SQLite")]
LISTEN = """
window.reports = []
document.addEventListener('securitypolicyviolation', report => window.reports.push(report.violatedDirective))
"""
LOOK = "[...document.querySelectorAll('[data-canary], [onerror]')].map(one => one.tagName).concat(window.reports)"
EACH = 1 if os.environ.get("TESTS_LONG") else 8
FILL = f"import django; django.setup(); from tests.payloads import main; main({EACH})"
Filled = tuple[Server, dict[str, Any]]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    """A server with markup in every column, and which pages of it each role can open."""
    server = Server(data=tmp_path_factory.mktemp("payloads")).migrate()
    told = fill(server)
    yield server.start(), told
    server.stop()


@pytest.mark.parametrize("role", ["everything", "public"])
def test_payloads_are_text_on_every_page_of_a_browser(filled: Filled, chromium: Browser, role: str) -> None:
    server, told = filled
    found: dict[str, list[str]] = {}
    context = chromium.new_context(locale="de-DE")
    context.add_init_script(LISTEN)
    if told["cookies"][role]:
        context.add_cookies([{"name": "sitzung", "value": told["cookies"][role], "url": server.url}])
    page = context.new_page()
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    for address in told["addresses"][role]:
        page.goto(server.url + address, wait_until="load")
        page.wait_for_timeout(100)
        if wrong := page.evaluate(LOOK) + asked:
            found[address] = wrong
    context.close()
    assert found == {}
    assert len(told["addresses"][role]) > 30 / EACH


def fill(server: Server) -> dict[str, Any]:
    finished = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", FILL], check=False, capture_output=True, text=True,
        env=server.environment | {"DJANGO_SETTINGS_MODULE": "offenraum.project.settings"},
    )
    assert finished.returncode == 0, finished.stderr
    told: dict[str, Any] = json.loads(finished.stdout)
    return told
