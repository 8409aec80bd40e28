"""`offenraum listen`: read messages of a network from an MQTT broker. Runs beside `serve`, one for each network."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import signal
import ssl
import sys
from typing import Final

from aiomqtt import Client, MqttError

from offenraum.conference.queries import now_of
from offenraum.kit.group_commit import durable
from offenraum.project.bounds import PORT
from offenraum.sensors.actions.receiving import Incoming, receive
from offenraum.sensors.models import Network
from offenraum.sensors.queries import network_of
from offenraum.sensors.uplinks import BadUplink, NotAnUplink, parse

TOPICS: Final = {"ttn": "v3/+/devices/+/up", "chirpstack": "application/+/device/+/event/up", "json": "offenraum/+"}
FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 60.0
PASSWORD: Final = "OFFENRAUM_MQTT_PASSWORD"  # noqa: S105 - the name of a variable
SECRET: Final = "OFFENRAUM_NETWORK_SECRET"  # noqa: S105 - the name of a variable
log = logging.getLogger(__name__)


def main(argv: list[str]) -> int:
    """Listen until SIGTERM or Ctrl-C; a broker that is gone is waited for."""
    given = parse_arguments(argv)
    network = network_of(slug=given.conference, kind=given.kind, secret=os.environ.get(SECRET, ""))
    if network is None:
        sys.stderr.write(f"offenraum listen: {SECRET} opens no network of this kind in this conference\n")
        return 2
    asyncio.run(until_ended(network, given))
    return 0


async def until_ended(network: Network, given: argparse.Namespace) -> None:
    task = asyncio.create_task(listen(network, given))
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        return


async def listen(network: Network, given: argparse.Namespace) -> None:
    """Subscribe, keep what comes, and begin again with growing pauses when the broker goes away."""
    pause = FIRST_PAUSE
    while True:
        try:
            async with client_of(given) as client:
                await client.subscribe(given.topic or TOPICS[network.kind], qos=1)
                log.warning("listening to %s:%s", given.host, given.port)
                pause = FIRST_PAUSE
                async for message in client.messages:
                    payload = message.payload if isinstance(message.payload, bytes) else b""
                    await asyncio.to_thread(keep, network, payload)
        except MqttError as error:
            log.warning("the broker is gone: %s", error)
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)


def client_of(given: argparse.Namespace) -> Client:
    return Client(
        given.host, given.port, username=given.user or None, password=os.environ.get(PASSWORD) or None,
        tls_context=ssl.create_default_context() if given.tls else None, identifier=given.name or None,
        clean_session=False if given.name else None,
    )


def keep(network: Network, body: bytes) -> None:
    """One message, kept as one that came by HTTP; what cannot be read is told in the log."""
    received_at = now_of(network.conference)
    try:
        uplinks = parse(network.kind, body, received_at=received_at)
    except NotAnUplink:
        return
    except BadUplink as error:
        log.warning("a message cannot be read: %s", error)
        return
    durable(receive, Incoming(network=network, uplinks=uplinks, body=body, received_at=received_at))


def parse_arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="offenraum listen", description=__doc__)
    parser.add_argument("conference", help="its address, for example kogk18")
    parser.add_argument("kind", choices=sorted(TOPICS))
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=PORT, default=1883)
    parser.add_argument("--tls", action="store_true", help="encrypted, as brokers elsewhere need it")
    parser.add_argument("--user", default="", help=f"the password is read from {PASSWORD}")
    parser.add_argument("--topic", default="", help="instead of the one that is usual for the kind of network")
    parser.add_argument("--name", default="", help="a fixed name at the broker, which then keeps what we miss")
    return parser.parse_args(argv)
