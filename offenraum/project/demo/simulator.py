"""Sends what the demonstration's sensors measure, through the same addresses as real networks."""

from __future__ import annotations

import base64
import json
import logging
import struct
import threading
import urllib.request
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from django.utils import timezone

from offenraum.conference.models import Conference
from offenraum.project.demo.sensors import DUST, LEVEL, SOIL, Secrets

EVERY_SECONDS: Final = 5.0
TIMEOUT: Final = 10
HUMIDITY, TEMPERATURE = 104, 103
log = logging.getLogger(__name__)


def level(moment: datetime, count: int) -> dict[str, Any]:
    """The Things Stack v3."""
    payload = struct.pack(">HH", 3600, round(LEVEL.at(moment)))
    counted = {"f_cnt": count} if count else {}
    return {
        "end_device_ids": {"device_id": "pegel-1", "dev_eui": "70B3D57ED0000001"},
        "received_at": moment.isoformat(),
        "uplink_message": {
            "session_key_id": "demo", "f_port": 2, **counted, "frm_payload": base64.b64encode(payload).decode(),
            "received_at": moment.isoformat(),
        },
    }


def dust(moment: datetime, count: int) -> dict[str, Any]:
    """A box of Sensor.Community."""
    values = [{"value_type": series.key, "value": f"{series.at(moment):.2f}"} for series in DUST]
    values.append({"value_type": "signal", "value": str(-60 - count % 7)})
    return {"esp8266id": "esp8266-1234567", "software_version": "NRZ-2020-133", "sensordatavalues": values}


def soil(moment: datetime, count: int) -> dict[str, Any]:
    """ChirpStack v4 with Cayenne LPP."""
    humidity, temperature = (series.at(moment) for series in SOIL)
    payload = struct.pack(">BBB", 1, HUMIDITY, round(humidity * 2))
    payload += struct.pack(">BBh", 2, TEMPERATURE, round(temperature * 10))
    return {
        "deduplicationId": f"demo-{moment.timestamp():.3f}-{count}", "time": moment.isoformat(),
        "deviceInfo": {"devEui": "24e124126a000002", "deviceName": "Linde 14"}, "fCnt": count, "fPort": 3,
        "data": base64.b64encode(payload).decode(),
    }


SENSORS: Final[Mapping[str, Callable[[datetime, int], dict[str, Any]]]] = {
    "ttn": level, "luft": dust, "chirpstack": soil,
}


class Simulator(threading.Thread):
    """Three sensors in turn, on the conference's clock, until it is asked to end."""

    def __init__(self, *, conference: Conference, secrets: Secrets, url: str) -> None:
        super().__init__(name="simulator", daemon=True)
        self.clock, self.url, self.secrets = conference.clock, f"{url}/{conference.slug}/sensoren/uplink", secrets
        self.ended = threading.Event()

    def run(self) -> None:
        count = 0
        while not self.ended.wait(EVERY_SECONDS):
            moment = self.clock.at(timezone.now())
            for kind, make in SENSORS.items():
                self.send(kind, make(moment, count))
            count += 1

    def send(self, kind: str, message: Mapping[str, Any]) -> None:
        """One message; a server that is busy just now gets the next one."""
        request = urllib.request.Request(  # noqa: S310 - our own server
            f"{self.url}/{kind}?event=up", data=json.dumps(message).encode(), method="POST",
            headers={"Content-Type": "application/json", "Authorization": f"Bearer {self.secrets[kind]}"},
        )
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
                answer.read()
        except OSError:
            log.info("the server takes no value of a sensor just now")

    def end(self) -> None:
        self.ended.set()
