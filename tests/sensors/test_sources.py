"""Other ways in: a real MQTT broker, a history in a file, public stations."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from aiomqtt import Client as Broker
from aiomqtt import MqttError
from django.test import Client
from django.utils import timezone

from offenraum.conference.models import Conference
from offenraum.project.commands import history, listen
from offenraum.sensors.actions.decoding import decode_new
from offenraum.sensors.actions.devices import keep_channel
from offenraum.sensors.models import Channel, Mark, Message, Network, Reading, Station
from offenraum.sensors.sandbox import Sandbox
from offenraum.sensors.stations import address_of, read, read_marks
from offenraum.sensors.tasks import ask_stations
from offenraum.sensors.uplinks import BadUplink
from tests.builders import text_of
from tests.market.conftest import ayse, conference  # noqa: F401
from tests.postgres import free_port
from tests.sensors.samples import NOON, body, chirpstack, things_stack
from tests.sensors.test_pages import device_in, level_of, made

LEVELS = [
    {"timestamp": "2018-09-04T11:30:00+02:00", "value": 261.0},
    {"timestamp": "2018-09-04T11:45:00+02:00", "value": 260.0},
    {"timestamp": "gestern", "value": 1}, 7,
]
MARKS = {
    "shortname": "W", "longname": "WASSERSTAND ROHDATEN", "unit": "cm", "equidistance": 15,
    "gaugeZero": {"unit": "m. ü. NHN", "value": 35.038, "validFrom": "2019-11-01"},
    "characteristicValues": [
        {"shortname": "GlW", "unit": "cm", "value": 139.0, "validFrom": "2023-01-01"},
        {"shortname": "HHW", "unit": "cm", "value": 1069.0, "occurrences": ["1926-01-01"]},
        {"shortname": "MNW", "unit": "cm", "value": 114.0, "timespanStart": "2010-11-01"},
        {"shortname": "MW", "unit": "cm", "value": None}, {"shortname": "XYZ", "value": 1}, 7,
    ],
}
BOXES = [{
    "id": 4711, "sampling_rate": None, "timestamp": "2018-09-04 09:58:12",
    "sensor": {"id": 92, "pin": "1", "sensor_type": {"name": "SDS011"}}, "location": {"latitude": "50.9"},
    "sensordatavalues": [{"id": 1, "value_type": "P1", "value": "12.5"}, {"id": 2, "value_type": "P2", "value": "7.1"}],
}]


def wait_until(what: Any) -> None:
    ends = time.monotonic() + 60
    while not what():
        assert time.monotonic() < ends
        time.sleep(0.05)


@contextmanager
def mosquitto(folder: Path) -> Iterator[int]:
    program = shutil.which("mosquitto", path=f"/usr/sbin{os.pathsep}{os.environ.get('PATH', '')}")
    if program is None:
        pytest.skip("no Mosquitto: install the package `mosquitto`")
    port = free_port()
    settings = folder / "mosquitto.conf"
    settings.write_text(f"listener {port} 127.0.0.1\nallow_anonymous true\n")
    process = subprocess.Popen([program, "-c", str(settings)], stderr=subprocess.DEVNULL)
    try:
        yield port
    finally:
        process.terminate()
        process.wait()


async def publish_while_listening(
    network: Network, port: int, bodies: list[bytes], count: int, topic: str = "v3/stadt@ttn/devices/pegel-1/up"
) -> None:
    """Start the reader, publish, and end it when so many messages are kept."""
    given = listen.parse_arguments([network.conference.slug, network.kind, "--port", str(port)])
    reader = asyncio.create_task(listen.listen(network, given))
    ends = time.monotonic() + 60
    while await asyncio.to_thread(Message.objects.count) < count:
        assert time.monotonic() < ends
        try:
            async with Broker("127.0.0.1", port) as broker:
                for one in bodies:
                    await broker.publish(topic, one, qos=1)
        except MqttError:
            pass
        await asyncio.sleep(0.3)
    reader.cancel()


@pytest.mark.django_db(transaction=True)
def test_reader_keeps_what_a_real_broker_brings_once(conference: Conference, tmp_path: Path) -> None:  # noqa: F811
    network, _secret = made(conference)
    level_of(device_in(network))
    bodies = [b"{", b"\x00" * 70_000, body({"end_device_ids": {}, "join_accept": {}})]
    bodies += [body(things_stack(n)) for n in (0, 1, 2, 1)]
    with mosquitto(tmp_path) as port:
        asyncio.run(publish_while_listening(network, port, bodies, 3))
    assert Message.objects.count() == 3
    sandbox = Sandbox()
    assert decode_new(sandbox) == 3
    assert Channel.objects.get().value == 89


@pytest.mark.django_db(transaction=True)
def test_reader_understands_chirpstack(conference: Conference, tmp_path: Path) -> None:  # noqa: F811
    network, _secret = made(conference, "chirpstack")
    device_in(network, decoder="cayenne")
    topic = "application/1/device/70b3d57ed0000001/event/up"
    with mosquitto(tmp_path) as port:
        asyncio.run(publish_while_listening(network, port, [body(chirpstack())] * 2, 1, topic))
    assert decode_new(Sandbox()) == 1
    assert Message.objects.get().result == {"humidity_1": 34.0}


@pytest.mark.django_db
def test_reader_without_the_networks_secret_ends_with_a_reason(
    conference: Conference, capsys: pytest.CaptureFixture[str]  # noqa: F811
) -> None:
    assert listen.main([conference.slug, "ttn"]) == 2
    assert listen.SECRET in capsys.readouterr().err


@pytest.mark.django_db
def test_history_of_a_file_is_taken_whole_or_not_at_all(
    conference: Conference, tmp_path: Path, capsys: pytest.CaptureFixture[str]  # noqa: F811
) -> None:
    channel = level_of(device_in(made(conference)[0]))
    file = tmp_path / "alt.csv"
    lines = ["time;value", "2018-09-03T10:00:00Z;250", "2018-09-03T11:00:00+02:00;9999", "2018-09-03T12:00:00Z;240"]
    file.write_text("\ufeff" + "\n".join(lines))
    asked = [conference.slug, str(channel.device.number), channel.name, str(file)]
    assert [history.main(asked), history.main(asked)] == [0, 0]
    assert capsys.readouterr().out.splitlines() == [
        "3 new values, 0 were there or could not be calculated",
        "0 new values, 3 were there or could not be calculated",
    ]
    assert (Reading.objects.count(), Reading.objects.filter(is_plausible=False).get().value) == (3, 350 - 9999)
    channel.refresh_from_db()
    assert channel.value == 110
    for text, said in (("time;value\ngestern;1", "line 2: time"), ("time,value\n2018-09-03T10:00:00Z,nan", "value"),
                        ("a;b\n1;2", "must name"), ("", "must name")):
        file.write_text(text)
        assert history.main(asked) == 2
        assert said in capsys.readouterr().err
    file.write_bytes(b"\xff")
    for wrong in (asked, [*asked[:3], "/nicht/da"], ["x", "1", "y", "z"]):
        assert history.main(wrong) == 2
    assert Reading.objects.count() == 3


@contextmanager
def station_server(answers: dict[str, Any]) -> Iterator[str]:
    """Answers as the public services do, by a part of the path."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told = next((answer for part, answer in answers.items() if part in self.path), None)
            self.send_response(200 if told is not None else 404)
            self.end_headers()
            self.wfile.write(told if isinstance(told, bytes) else json.dumps(told).encode())

        def log_message(self, *_: Any) -> None:
            """Nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.django_db
def test_public_stations_are_asked_when_due_and_their_values_count_once(
    conference: Conference, ayse: Client  # noqa: F811
) -> None:
    network, _secret = made(conference, "json")
    level = level_of(device_in(network, identity="rhein"), key="W", formula="", high=2000)
    air = device_in(network, identity="luft", name="Luft")
    keep_channel(channel=Channel(device=air, key="P1", name="PM10", unit="µg/m³"))
    desk = f"/{conference.slug}/regie/sensoren/geraet"
    assert ayse.post(f"{desk}/1/station", {"source": "pegelonline", "mark": "x", "every_minutes": 1}).status_code == 422
    ayse.post(f"{desk}/1/station", {"source": "pegelonline", "mark": "a6ee8177", "every_minutes": 15})
    ayse.post(f"{desk}/2/station", {"source": "community", "mark": "92", "every_minutes": 5})
    now = timezone.now()
    with station_server({"a6ee8177/W/": LEVELS, "a6ee8177/W.json": MARKS, "sensor/92": BOXES}) as base:
        asked = [ask_stations(now=now + timedelta(minutes=n), base=base) for n in (0, 1, 6, 16)]
    assert asked == [2, 0, 1, 2]
    while decode_new(Sandbox()):
        pass
    level.refresh_from_db()
    assert (level.value, Reading.objects.count()) == (260.0, 3)
    assert Channel.objects.get(name="PM10").value == 12.5
    assert list(Mark.objects.values_list("name", "value")) == [("MNW", 114.0), ("GlW", 139.0), ("HHW", 1069.0)]
    page = text_of(Client(headers={"accept-language": "de"}).get(f"/{conference.slug}/sensoren/1"))
    assert "MNW , mittleres Niedrigwasser 114 cm" in page
    with station_server({"a6ee8177": b"<html>"}) as base:
        ask_stations(now=now + timedelta(days=1), base=base)
    assert "no JSON" in Station.objects.get(mark="a6ee8177").said
    assert "404" in Station.objects.get(mark="92").said
    ayse.post(f"{desk}/1/station", {"stop": "1"})
    assert Station.objects.count() == 1


def test_answers_of_stations_are_read_or_refused() -> None:
    assert [uplink.decoded for uplink in read("pegelonline", "r", body(LEVELS))] == [{"W": 261.0}, {"W": 260.0}]
    (box,) = read("community", "l", body(BOXES))
    assert (box.decoded, box.sent_at) == ({"P1": "12.5", "P2": "7.1"}, NOON - timedelta(minutes=1, seconds=48))
    assert read("pegelonline", "r", b"[]") == []
    assert read_marks(body(MARKS)) == {"GlW": 139.0, "HHW": 1069.0, "MNW": 114.0, "XYZ": 1.0}
    for wrong in (b"", b"{}", b"[]", b'{"characteristicValues": {}}', b"[" * 100_000):
        with pytest.raises(BadUplink):
            read_marks(wrong)
    for wrong in (b"", b"{}", b"[" * 100_000):
        with pytest.raises(BadUplink):
            read("community", "l", wrong)
    assert address_of("community", "../9", base="http://x/").startswith("http://x/airrohr/v1/sensor/..%2F9/")
