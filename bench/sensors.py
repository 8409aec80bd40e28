"""`make bench-sensors`: uplinks at a fixed rate on SQLite with full durability, replays, a codec beside node."""

from __future__ import annotations

import asyncio
import json
import os
import random
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from offenraum.sensors.sandbox import Sandbox
from tests.postgres import free_port
from tests.sensors.hostile import HOSTILE

PROGRAM = str(Path(sys.executable).with_name("offenraum"))
COUNT = 3000
BEGINS = datetime(2018, 9, 3, 10, 0, tzinfo=UTC)
RATE = 200
SECONDS = 15.0
CONNECTIONS = 16
REPLAYS = 3
AGAIN = 1000
FAST = 400
ONE_COMMIT_ROWS = 400
NODE = (
    "const s=process.argv[1];const t=process.hrtime.bigint();const vm=require('vm');"
    "for(let i=0;i<300;i++){const c=vm.createContext({});vm.runInContext(s,c);"
    "c.input={bytes:[14,16,1,5],fPort:2,recvTime:new Date()};vm.runInContext('JSON.stringify(decodeUplink(input))',c)}"
    "console.log(Number(process.hrtime.bigint()-t)/300/1e6)"
)


def body_of(number: int) -> bytes:
    """The message of one counter, always the same bytes."""
    moment = (BEGINS + timedelta(seconds=20 * number)).isoformat()
    return json.dumps({
        "end_device_ids": {"device_id": "pegel", "dev_eui": "70B3D57ED0000001"}, "received_at": moment,
        "uplink_message": {
            "session_key_id": "bench", "f_port": 2, **({"f_cnt": number} if number else {}), "frm_payload": "DhABBQ==",
            "decoded_payload": {"distance": 200 + number % 90}, "received_at": moment,
        },
    }).encode()


async def post(port: int, path: str, body: bytes, ways: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]]
               ) -> tuple[int, float]:
    """One request over a kept connection: status and seconds."""
    reader, writer = await ways.get()
    started = time.perf_counter()
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\n\r\n"
    writer.write(head.encode() + body)
    answer = await reader.readuntil(b"\r\n\r\n")
    length = next(int(line[15:]) for line in answer.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    await reader.readexactly(length)
    ways.put_nowait((reader, writer))
    return int(answer[9:12]), time.perf_counter() - started


async def at_rate(port: int, path: str, bodies: list[bytes], rate: float) -> tuple[list[float], list[int]]:
    """Send each body at its moment, whatever the answers before take; seconds and statuses."""
    ways: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()
    for _ in range(CONNECTIONS):
        ways.put_nowait(await asyncio.open_connection("127.0.0.1", port))
    begun, tasks = time.perf_counter(), []
    for place, body in enumerate(bodies):
        await asyncio.sleep(max(0.0, begun + place / rate - time.perf_counter()))
        tasks.append(asyncio.create_task(post(port, path, body, ways)))
    answers = await asyncio.gather(*tasks)
    return [seconds for _status, seconds in answers], [status for status, _seconds in answers]


def serve(folder: str) -> tuple[subprocess.Popen[bytes], int, str]:
    """A real `offenraum serve` with its worker on a fresh folder; its process, port and the network's secret."""
    environment = os.environ | {"OFFENRAUM_DATA": folder, "OFFENRAUM_SECRET": "bench" * 10}
    subprocess.run([PROGRAM, "migrate"], env=environment, check=True, capture_output=True)
    made = subprocess.run(
        [sys.executable, "-m", "bench.sensors_stage"], env=environment, check=True, capture_output=True, text=True
    )
    port = free_port()
    process = subprocess.Popen(
        [PROGRAM, "serve", "--port", str(port)], env=environment, stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    return process, port, made.stdout.strip()


async def wait_for(port: int) -> None:
    for _ in range(300):
        try:
            _reader, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            return
    raise TimeoutError("the server does not start")


def count(folder: str, question: str) -> int:
    with sqlite3.connect(f"file:{folder}/offenraum.sqlite3?mode=ro", uri=True) as database:
        return int(database.execute(question).fetchone()[0])


def wait_until_decoded(folder: str) -> float:
    """Seconds until nothing waits any more."""
    begun = time.perf_counter()
    while count(folder, "SELECT count(*) FROM sensors_message WHERE state = 'new'"):
        time.sleep(0.05)
    return time.perf_counter() - begun


def one_commit_each(folder: str) -> float:
    """The yardstick: rows a second with one durable commit for each."""
    database = sqlite3.connect(f"{folder}/yard.sqlite3", isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE t (k TEXT UNIQUE, b BLOB)")
    begun = time.perf_counter()
    for n in range(ONE_COMMIT_ROWS):
        database.execute("INSERT INTO t VALUES (?, ?)", (str(n), body_of(n)))
    seconds = time.perf_counter() - begun
    database.close()
    return ONE_COMMIT_ROWS / seconds


async def uplinks(folder: str) -> None:
    process, port, secret = serve(folder)
    path = f"/kogk18/sensoren/uplink/ttn/{secret}"
    try:
        await wait_for(port)
        sent = [body_of(n) for n in range(COUNT)]
        times, statuses = await at_rate(port, path, sent[: int(RATE * SECONDS)], RATE)
        late = wait_until_decoded(folder)
        times.sort()
        half, most = (times[int(len(times) * share)] * 1000 for share in (0.5, 0.95))
        print(f"uplinks at {RATE}/s: p50 {half:.0f} ms, p95 {most:.0f} ms (at most 100), "
              f"all decoded {late:.2f} s after the last one (at most 2)")
        taken = {n for n, status in enumerate(statuses) if status == 200}
        for turn in range(REPLAYS):
            places = list(range(0, COUNT, 1 + turn)) + list(range(0, COUNT, 5))
            random.Random(turn).shuffle(places)
            _times, statuses = await at_rate(port, path, [sent[place] for place in places[:AGAIN]], FAST)
            taken |= {place for place, status in zip(places[:AGAIN], statuses, strict=True) if status == 200}
        wait_until_decoded(folder)
        kept = count(folder, "SELECT count(*) FROM sensors_message")
        readings = count(folder, "SELECT count(*) FROM sensors_reading")
        print(f"{REPLAYS} shuffled replays: {len(taken)} acknowledged, {kept} kept, {readings} readings "
              f"(lost {len(taken) - kept}, double {readings - kept})")
    finally:
        process.terminate()
        process.wait()
    print(f"yardstick: {one_commit_each(folder):.0f} rows/s with one durable commit each in plain sqlite3")


def codecs() -> None:
    """One call of the demonstration's codec, with a fresh interpreter each, here and in node."""
    source = (Path(__file__).parents[1] / "offenraum/project/demo/pegel.js").read_text()
    asked = {"source": source, "bytes": [14, 16, 1, 5], "fPort": 2, "function": "", "time": "2018-09-04T10:00:00Z"}
    program = Path(__file__).parents[1] / "offenraum/sensors/sandboxed.py"
    with subprocess.Popen(
        [sys.executable, "-I", str(program)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        times = []
        for _ in range(300):
            begun = time.perf_counter()
            process.stdin.write(json.dumps(asked).encode() + b"\n")
            process.stdin.flush()
            process.stdout.readline()
            times.append(time.perf_counter() - begun)
        process.stdin.close()
    line = f"a codec in the sandbox: {statistics.median(times) * 1000:.2f} ms a call"
    node = shutil.which("node")
    if node:
        other = subprocess.run([node, "-e", NODE, source], check=True, capture_output=True, text=True)
        line += f"; node with a fresh context (yardstick): {float(other.stdout):.2f} ms"
    print(line)


def hostile() -> None:
    """The longest that a hostile codec holds its caller, and the most memory that one takes."""
    sandbox = Sandbox()
    worst, name = 0.0, ""
    for what, source in HOSTILE.items():
        sandbox.decode(source="function Decoder() { return 1 }", payload=b"", f_port=1, received_at=BEGINS)
        begun = time.perf_counter()
        result = sandbox.decode(source=source, payload=b"\x01\xff", f_port=2, received_at=BEGINS)
        seconds = time.perf_counter() - begun
        if not result.errors:
            print(f"NOT STOPPED: {what}")
        worst, name = max((worst, name), (seconds, what))
    sandbox.close()
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{len(HOSTILE)} hostile codecs: all stopped, the longest after {worst:.2f} s ({name}; at most 0.25), "
          f"at most {most:.0f} MB (at most 64)")


if __name__ == "__main__":
    hostile()
    codecs()
    with tempfile.TemporaryDirectory(prefix="offenraum-bench-") as made:
        asyncio.run(uplinks(made))
