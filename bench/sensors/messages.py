"""Messages of one device, always the same for the same counter, and sending them."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

BEGINS = datetime(2018, 9, 4, 3, 35, tzinfo=UTC)
"""So that the last ones are of the moment that the clock of the conference shows."""

EVERY = timedelta(seconds=1)
Way = tuple[asyncio.StreamReader, asyncio.StreamWriter]


def moment_of(number: int) -> datetime:
    return BEGINS + EVERY * number


def body_of(number: int) -> bytes:
    """The message of one counter; The Things Stack leaves a zero out."""
    moment = moment_of(number).isoformat()
    return json.dumps({
        "end_device_ids": {"device_id": "pegel", "dev_eui": "70B3D57ED0000001"}, "received_at": moment,
        "uplink_message": {
            "session_key_id": "bench", "f_port": 2, **({"f_cnt": number} if number else {}), "frm_payload": "DhABBQ==",
            "decoded_payload": {"distance": distance_of(number)}, "received_at": moment,
        },
    }).encode()


def distance_of(number: int) -> float:
    return 200 + number % 900 / 10


async def post(port: int, path: str, body: bytes, ways: asyncio.Queue[Way]) -> tuple[int, float, float]:
    """One request over a kept connection: status, seconds, and when it was answered."""
    reader, writer = await ways.get()
    started = time.perf_counter()
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\n\r\n"
    writer.write(head.encode() + body)
    answer = await reader.readuntil(b"\r\n\r\n")
    length = next(int(line[15:]) for line in answer.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    await reader.readexactly(length)
    ways.put_nowait((reader, writer))
    return int(answer[9:12]), time.perf_counter() - started, time.time()


async def at_rate(
    port: int, path: str, bodies: Sequence[bytes], *, rate: float, connections: int
) -> list[tuple[int, float, float]]:
    """Send each body at its moment, whatever the answers before take; as soon as a connection is free where late."""
    ways: asyncio.Queue[Way] = asyncio.Queue()
    for _ in range(connections):
        ways.put_nowait(await asyncio.open_connection("127.0.0.1", port))
    begun, tasks = time.perf_counter(), []
    for place, body in enumerate(bodies):
        await asyncio.sleep(max(0.0, begun + place / rate - time.perf_counter()))
        tasks.append(asyncio.create_task(post(port, path, body, ways)))
    answers = await asyncio.gather(*tasks)
    while not ways.empty():
        ways.get_nowait()[1].close()
    return list(answers)
