"""Markup that people type, in a real browser: no script of it runs, nothing of it appears, no policy is broken."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.conftest import ON_POSTGRES
from tests.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900), pytest.mark.skipif(ON_POSTGRES, reason="runs on SQLite")]
FILL = "import django; django.setup(); from tests.payloads import main; main()"
LISTEN = """
window.reports = []
document.addEventListener('securitypolicyviolation', report => window.reports.push(report.violatedDirective))
"""
LOOK = "[...document.querySelectorAll('[data-canary], [onerror]')].map(one => one.tagName).concat(window.reports)"
EACH = 1 if os.environ.get("TESTS_LONG") else 9


@pytest.mark.parametrize("role", ["everything", "public"])
def test_payloads_are_text_on_every_page_of_a_browser(tmp_path: Path, chromium: Browser, role: str) -> None:
    server = Server(data=tmp_path).migrate()
    told = fill(server)
    server.start()
    found: dict[str, list[str]] = {}
    try:
        context = chromium.new_context(locale="de-DE")
        context.add_init_script(LISTEN)
        if told["cookies"][role]:
            context.add_cookies([{"name": "sitzung", "value": told["cookies"][role], "url": server.url}])
        page = context.new_page()
        asked: list[str] = []
        page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
        for address in told["addresses"][role][::EACH]:
            page.goto(server.url + address, wait_until="load")
            page.wait_for_timeout(100)
            if wrong := page.evaluate(LOOK) + asked:
                found[address] = wrong
        context.close()
    finally:
        server.stop()
    assert found == {}
    assert len(told["addresses"][role]) > 30


def fill(server: Server) -> dict[str, Any]:
    finished = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", FILL], check=False, capture_output=True, text=True,
        env=server.environment | {"DJANGO_SETTINGS_MODULE": "offenraum.project.settings"},
    )
    assert finished.returncode == 0, finished.stderr
    told: dict[str, Any] = json.loads(finished.stdout)
    return told
