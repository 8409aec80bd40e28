"""Messages of sensors on the event loop: what is plainly right is stored at once, the rest is answered by Django."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from offenraum.kit import group_commit
from offenraum.project.guard import BodyGuard, Limits
from offenraum.project.uplinking import ADDRESS, Uplinking
from offenraum.sensors.actions.devices import keep_device, make_network
from offenraum.sensors.models import Device, Message
from tests.day import NOON, make_conference, set_clock
from tests.live.servers import RunningServer, running
from tests.project.test_voting import Recorded
from tests.sensors.samples import EUI, body, things_stack

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(bool(settings.OPTIONS.database), reason="PostgreSQL groups commits itself: all go the long way"),
]


@pytest.fixture
def recorded() -> Recorded:
    return Recorded()


@pytest.fixture
def server(recorded: Recorded) -> Iterator[RunningServer]:
    group_commit.start()
    with running(BodyGuard(Uplinking(recorded), Limits())) as server:
        yield server
    group_commit.stop()


@pytest.fixture
def secret() -> str:
    conference = set_clock(make_conference(), NOON)
    network, secret = make_network(conference=conference, name="Netz", kind="ttn", now=NOON)
    keep_device(device=Device(conference=conference, network=network, identity=EUI, name="Pegel"))
    return secret


def send(server: RunningServer, secret: str, told: Any, *, kind: str = "ttn", header: bool = False) -> Any:
    headers = {"Authorization": f"Bearer {secret}"} if header else {}
    path = f"/kogk18/sensoren/uplink/{kind}" + ("" if header else f"/{secret}")
    return server.post(path, content=told if isinstance(told, bytes) else body(told), headers=headers)


def test_plain_messages_are_kept_together_without_django(
    server: RunningServer, recorded: Recorded, secret: str
) -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda n: send(server, secret, things_stack(n % 8)), range(16)))
    assert {answer.status_code for answer in answers} == {200}
    assert sum(answer.json()["new"] for answer in answers) == Message.objects.count() == 8
    assert send(server, secret, things_stack(9), header=True).json()["new"] == 1
    assert recorded.count == 0


def test_everything_else_is_explained_by_django(server: RunningServer, recorded: Recorded, secret: str) -> None:
    wrong = [
        send(server, "falsch", things_stack()), send(server, "falsch", things_stack(), header=True),
        send(server, secret, b"{"), send(server, secret, b"x" * 70_000), send(server, secret, {}, kind="json"),
        server.post("/kogk18/sensoren/uplink/ttn", content=b"{}"), send(server, secret, b"x" * 10_000_000),
        server.post(f"/kogk18/sensoren/uplink/ttn/{secret}", content=iter([b"x" * 40_000, b"x" * 40_000])),
    ]
    assert [answer.status_code for answer in wrong] == [404, 401, 422, 413, 404, 401, 413, 413]
    assert (recorded.count, Message.objects.count()) == (8, 0)
    group_commit.stop()
    assert send(server, secret, things_stack()).status_code == 200


def test_address_is_the_one_of_the_pages() -> None:
    with_secret = ADDRESS.fullmatch(reverse("uplink_secret", args=["kogk18", "ttn", "a-b_c"]))
    without = ADDRESS.fullmatch(reverse("uplink", args=["kogk18", "json"]))
    assert with_secret is not None
    assert without is not None
    assert (with_secret.groups(), without.groups()) == (("kogk18", "ttn", "a-b_c"), ("kogk18", "json", None))
