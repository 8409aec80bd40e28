"""Uplinks with the stream running: answers at a fixed rate, what a page shows meanwhile, and shuffled replays."""

from __future__ import annotations

import asyncio
import random
import statistics
import time
from datetime import datetime

import httpx
from playwright.async_api import Page

from bench.screens import OBSERVE, browser
from bench.sensors.messages import at_rate, body_of, distance_of, moment_of
from bench.sensors.served import Served
from bench.sensors.told import told
from bench.streams import Fleet

RATE = 200
LOAD = 3000
CONNECTIONS = 16
STREAMS = 200
CALM = 20
REPLAYS = 7
IN_A_REPLAY = 10_000
FAST = 1200
GAPS, DOUBLES = 0.1, 0.15
FIRST = 20_000
"""The messages under load come after all that the replays bring, so that the page shows them."""

LAG_SECONDS = 0.25
MEASURED = "() => document.querySelector('.measured time')?.dateTime ?? ''"


def keys() -> str:
    """What an open page of the stand and the list of the market watch."""
    parts = ["device/de/0/1", "stand-demos/de/0/1", "stand-questions/de/0/1", "market/de/0"]
    return "&".join(f"key=kogk18/{part}" for part in parts)


async def measured(served: Served) -> int:
    """Print the figures; the targets missed."""
    await wait_for(served.port)
    fleet = Fleet(served.port, f"/live/stream?{keys()}", mark=b"event: region")
    await fleet.open(STREAMS)
    missed = await replays(served)
    async with browser() as chromium:
        page = await chromium.new_page(locale="de-DE")
        await page.goto(f"http://127.0.0.1:{served.port}/kogk18/markt/1")
        await page.locator(".live[data-state=live]").wait_for(state="attached")
        missed += await load(served, page)
        missed += await calm(served, page)
    await fleet.close()
    return missed


async def wait_for(port: int) -> None:
    async with httpx.AsyncClient() as client:
        for _ in range(300):
            try:
                await client.get(f"http://127.0.0.1:{port}/kogk18/")
            except httpx.TransportError:
                await asyncio.sleep(0.1)
            else:
                return
    raise TimeoutError("the server does not start")


async def load(served: Served, page: Page) -> int:
    """At a fixed rate: how soon each is answered, and how far a page is behind what was answered."""
    sent = asyncio.create_task(at_rate(
        served.port, served.path, [body_of(FIRST + n) for n in range(LOAD)], rate=RATE, connections=CONNECTIONS
    ))
    seen: list[tuple[float, str]] = []
    while not sent.done():
        text = str(await page.evaluate(MEASURED))
        seen.append((time.time(), text))
        await asyncio.sleep(LAG_SECONDS)
    answers = sent.result()
    late = served.wait_until_decoded()
    times = sorted(seconds * 1000 for _status, seconds, _at in answers)
    print(f"{RATE} uplinks/s, {STREAMS} streams open: half of the answers within {statistics.median(times):.0f} ms")
    return (
        told(f"95 of 100 answers at {RATE}/s on SQLite FULL", times[int(len(times) * 0.95)], "ms", 100)
        + told("refused of them", sum(status != 200 for status, _s, _a in answers), "", 0)
        + told("a stand's open page is behind by", behind(seen, [at for _status, _s, at in answers]), "s", 2)
        + told("all is decoded after the last one", late, "s", 2)
    )


def behind(seen: list[tuple[float, str]], answered: list[float]) -> float:
    """The longest that a message was answered and the page showed neither it nor a later one."""
    places = {moment_of(FIRST + n): n for n in range(LOAD)}
    worst = 0.0
    for at, text in seen:
        shown = places.get(datetime.fromisoformat(text), -1) if text else -1
        if shown + 1 < LOAD and answered[shown + 1] < at:
            worst = max(worst, at - answered[shown + 1])
    return worst


async def calm(served: Served, page: Page) -> int:
    """One message now and then: from the moment it is sent until the open page shows it."""
    times = []
    for number in range(FIRST + LOAD + 1, FIRST + LOAD + 1 + CALM):
        words = f"{350 - distance_of(number):.1f}".replace(".", ",") + " cm"
        waiting = asyncio.create_task(page.evaluate(OBSERVE, words))
        await asyncio.sleep(0.4)
        begun = time.time() * 1000
        await at_rate(served.port, served.path, [body_of(number)], rate=1, connections=1)
        times.append((await waiting - begun) / 1000)
    return told(f"visible on a stand's open page, slowest of {CALM}", max(times), "s", 2)


def shuffled(turn: int) -> list[int]:
    """Counters with gaps, with doubles, in no order."""
    chance = random.Random(turn)
    kept = [n for n in range(IN_A_REPLAY) if chance.random() >= GAPS]
    places = kept + chance.sample(kept, int(IN_A_REPLAY * DOUBLES))
    chance.shuffle(places)
    return places


async def replays(served: Served) -> int:
    """The same messages again and again: all that were answered are kept, each once."""
    acknowledged: set[int] = set()
    sent, begun = 0, time.perf_counter()
    for turn in range(REPLAYS):
        places = shuffled(turn)
        answers = await at_rate(
            served.port, served.path, [body_of(place) for place in places], rate=FAST, connections=CONNECTIONS
        )
        sent += len(places)
        acknowledged |= {place for place, answer in zip(places, answers, strict=True) if answer[0] in {200, 202}}
    seconds = time.perf_counter() - begun
    served.wait_until_decoded()
    kept = served.count("SELECT count(*) FROM sensors_message")
    readings = served.count("SELECT count(*) FROM sensors_reading")
    counted = served.count("SELECT coalesce(sum(count), 0) FROM sensors_rollup WHERE seconds = 600")
    newest = served.count("SELECT value FROM sensors_channel")
    last = 350 - distance_of(max(acknowledged))
    print(f"{REPLAYS} shuffled replays of {IN_A_REPLAY} messages, {sent} sent at {sent / seconds:.0f}/s, "
          f"{len(acknowledged)} different ones acknowledged")
    return (
        told("lost after 2xx", len(acknowledged) - kept, "", 0) + told("double", max(0, readings - kept), "", 0)
        + told("counted otherwise in rollups", abs(counted - readings), "", 0)
        + told("newest value is not that of the newest message, off by", abs(newest - last), "cm", 0.001)
    )
