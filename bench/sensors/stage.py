"""A conference with a device at a stand for the benchmark; `python -m bench.sensors.stage` prints the secret."""

from __future__ import annotations

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "offenraum.project.settings")
django.setup()

from offenraum.market.actions.stands import keep_stand, make_stand  # noqa: E402
from offenraum.sensors.actions.devices import keep_channel, keep_device, make_network  # noqa: E402
from offenraum.sensors.models import Channel, Device  # noqa: E402
from tests.day import NOON, make_conference, set_clock  # noqa: E402


def stage() -> str:
    conference = set_clock(make_conference("kogk18"), NOON)
    network, secret = make_network(conference=conference, name="Netz", kind="ttn", now=NOON)
    device = keep_device(
        device=Device(conference=conference, network=network, identity="70b3d57ed0000001", name="Pegel")
    )
    keep_channel(channel=Channel(device=device, key="distance", name="Wasserstand", unit="cm", formula="350 - x"))
    stand = make_stand(conference=conference, title="Pegel am Bach", email="", now=NOON)
    stand.device = device
    keep_stand(stand=stand)
    return secret


if __name__ == "__main__":
    print(stage())
