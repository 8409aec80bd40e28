"""The sensors of the demonstration: a river level, fine dust and soil moisture, with the values of the last day."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from offenraum.conference.models import Conference
from offenraum.market.actions.stands import keep_stand
from offenraum.market.models import Stand
from offenraum.project.demo import day
from offenraum.sensors.actions.devices import keep_channel, keep_codec, keep_device, make_network, take_history
from offenraum.sensors.models import Channel, Codec, Device, Network

CODEC: Final = Path(__file__).with_name("pegel.js")
EVERY: Final = timedelta(minutes=10)
HISTORY: Final = 144
LICENCE: Final = "CC BY 4.0"


@dataclass(frozen=True, slots=True)
class Series:
    """One value over time as the sensor sends it."""

    key: str
    middle: float
    swing: float
    hours: float

    def at(self, moment: datetime) -> float:
        angle = moment.timestamp() / 3600 / self.hours * 2 * math.pi
        ripple = math.sin(angle * 17.3) + 0.4 * math.sin(moment.timestamp() / 11)
        return round(self.middle + self.swing * (math.sin(angle) + 0.2 * ripple), 2)


LEVEL: Final = Series("distance", 262, 24, 20)
DUST: Final = (Series("SDS_P1", 18, 9, 11), Series("SDS_P2", 9, 5, 11))
SOIL: Final = (Series("humidity_1", 34, 6, 23), Series("temperature_2", 16.5, 4, 24))
LEVEL_MEANS: Final = (
    "Üblich sind 50 bis 120 cm. Ab 160 cm steht der Uferweg unter Wasser. Ab 200 cm ist die Brücke gesperrt."
)
DUST_MEANS: Final = "Die EU erlaubt im Tagesmittel 50 µg/m³ (PM10). Die WHO empfiehlt höchstens 45 µg/m³."
SOIL_MEANS: Final = "Unter 20 % brauchen junge Bäume Wasser. Die Stadtgärtnerei gießt dann."
Secrets = dict[str, str]


def create_sensors(conference: Conference) -> Secrets:
    """Networks, devices and their last day; returns the secrets for the simulator by kind of network."""
    made: dict[str, tuple[Network, str]] = {
        kind: make_network(conference=conference, name=name, kind=kind, now=day.at(8, 0))
        for kind, name in (("ttn", "LoRaWAN der Stadt"), ("chirpstack", "LoRaWAN der Region"), ("luft", "Luftdaten"))
    }
    codec = Codec(conference=conference, name="Ultraschall-Pegel", source=CODEC.read_text())
    keep_codec(codec=codec)
    level = made_device(
        conference, made["ttn"][0], identity="70b3d57ed0000001", name="Pegel Rodderbach", place="Brücke Rodderweg",
        owner="OK Lab Köln", meaning=LEVEL_MEANS, decoder="codec", codec=codec, latitude=50.925, longitude=6.93,
    )
    air = made_device(
        conference, made["luft"][0], identity="esp8266-1234567", name="Feinstaub Cäcilienstraße",
        place="Museum, Eingang", owner="Luftdaten-Gruppe", meaning=DUST_MEANS, licence="ODbL 1.0",
        latitude=50.9345, longitude=6.9505,
    )
    soil = made_device(
        conference, made["chirpstack"][0], identity="24e124126a000002", name="Bodenfeuchte Stadtgarten",
        place="Stadtgarten, Linde 14", owner="regio iT", meaning=SOIL_MEANS, decoder="cayenne",
    )
    add(level, LEVEL, name="Wasserstand", unit="cm", formula="350 - x", decimals=0, low=0, high=350, warn=160,
        alarm=200)
    add(air, DUST[0], name="Feinstaub PM10", unit="µg/m³", low=0, high=999, warn=45, alarm=50)
    add(air, DUST[1], name="Feinstaub PM2,5", unit="µg/m³", low=0, high=999, warn=15, alarm=25)
    add(soil, SOIL[0], name="Bodenfeuchte", unit="%", low=0, high=100, warn=25, alarm=20)
    add(soil, SOIL[1], name="Bodentemperatur", unit="°C", low=-30, high=60)
    for number, device in ((4, level), (5, air), (2, soil)):
        stand = Stand.objects.select_related("conference").get(conference=conference, number=number)
        stand.device = device
        keep_stand(stand=stand)
    return {kind: secret for kind, (_network, secret) in made.items()}


def made_device(conference: Conference, network: Network, **told: Any) -> Device:
    return keep_device(device=Device(conference=conference, network=network, **{"licence": LICENCE, **told}))


def add(device: Device, series: Series, **told: Any) -> None:
    """A channel with the values of the day before the demonstration begins."""
    channel = Channel(device=device, key=series.key, **told)
    keep_channel(channel=channel)
    take_history(channel=channel, rows=history(series.at, day.at(11, 20)))


def history(value: Callable[[datetime], float], until: datetime) -> list[tuple[datetime, float]]:
    moments = [until - EVERY * n for n in range(HISTORY, 0, -1)]
    return [(moment, value(moment)) for moment in moments]
