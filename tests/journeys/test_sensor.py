"""A sensor's message on its way to an open page: network, server, worker, stream."""

from __future__ import annotations

import subprocess
import sys
import time

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.sensors.samples import body, things_stack
from tests.servers import Server, plain_environment

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
MOST_SECONDS = 2.0
"""The quickest of a few: what else the machine does may hold up the others."""


def staged(server: Server) -> str:
    """A conference with one device in the server's database; the secret of its network."""
    made = subprocess.run(
        [sys.executable, "-m", "bench.sensors.stage"], env=plain_environment() | server.environment, check=True,
        capture_output=True, text=True,
    )
    return made.stdout.strip()


def told(count: int, distance: int) -> bytes:
    message = things_stack(count)
    message["uplink_message"]["decoded_payload"] = {"distance": distance}
    message["uplink_message"]["received_at"] = f"2018-09-04T09:{count:02d}:00Z"
    return body(message)


def bring(path: str, count: int, distance: int) -> dict[str, int]:
    answer: dict[str, int] = httpx.post(path, content=told(count, distance), timeout=60).json()
    return answer


def test_message_of_a_sensor_appears_on_an_open_page_while_one_looks(live_server_process: Server, page: Page) -> None:
    server = live_server_process
    path = f"{server.url}/kogk18/sensoren/uplink/ttn/{staged(server)}"
    page.goto(f"{server.url}/kogk18/sensoren/1")
    expect(page.get_by_text("Noch kein Wert.")).to_be_visible()
    page.wait_for_function("document.getElementById('live').textContent.includes('Live')")
    seconds = []
    for count, distance in ((1, 261), (2, 251), (3, 241)):
        begun = time.monotonic()
        assert bring(path, count, distance)["new"] == 1
        expect(page.locator(".measured__value")).to_have_text(f"{350 - distance},0 cm", timeout=60_000)
        seconds.append(time.monotonic() - begun)
    assert min(seconds) < MOST_SECONDS
    late, again = bring(path, 0, 100), bring(path, 3, 241)
    assert (late["new"], again["known"]) == (1, 1)
    page.reload()
    expect(page.locator(".measured__value")).to_have_text("109,0 cm")
