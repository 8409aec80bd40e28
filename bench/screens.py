"""What people see beside a thousand streams: real pages in Chromium, a tally under steady voting, a cut, memory."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise

import uvloop
from playwright.async_api import Browser, Page, async_playwright

from bench.requests import Load
from bench.servers import Served, serving
from bench.streams import Fleet
from tests.chromium import CHROMIUM_FLAGS, find_chromium
from tests.line import line_to

STREAMS = 1000
VARIANTS = 16
PAGES = 4
CHANGES = 20
VOTES_PER_SECOND = 5
VOTING_SECONDS = 10
LOAD_SECONDS = 60
MEGABYTES = 250
TOPICS = "/kogk18/themen"
OBSERVE = """title => new Promise(done => {
  const look = () => document.body.textContent.includes(title) && (seen.disconnect(), done(Date.now()))
  const seen = new MutationObserver(look)
  seen.observe(document.body, { subtree: true, childList: true, characterData: true })
  look()
})"""


async def trigger(served: Served, path: str) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", served.port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
    answer = await reader.read()
    writer.close()
    if not answer.startswith(b"HTTP/1.1 200"):
        raise ValueError(answer.decode())


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
        yield started
        await started.close()


async def open_pages(chromium: Browser, served: Served) -> list[Page]:
    """Each in a browser window of its own, with its own stream."""
    return [await open_page(chromium, served.port) for _ in range(PAGES)]


async def open_page(chromium: Browser, port: int) -> Page:
    page = await (await chromium.new_context(locale="de-DE")).new_page()
    await page.goto(f"http://127.0.0.1:{port}{TOPICS}")
    await page.locator(".live[data-state=live]").wait_for(state="attached")
    return page


async def visible_times(served: Served, pages: list[Page]) -> list[float]:
    """Milliseconds from asking for a new topic until each page shows it."""
    times = []
    for number in range(1, CHANGES + 1):
        waiting = [asyncio.create_task(page.evaluate(OBSERVE, f"Neues Thema {number:04}")) for page in pages]
        await asyncio.sleep(0.3)
        started = time.time() * 1000
        await trigger(served, "/bench/topic")
        times += [moment - started for moment in await asyncio.gather(*waiting)]
    return sorted(times)


async def correct_after_cut(served: Served, chromium: Browser) -> float:
    """Seconds from the end of a cut of three seconds until the page shows what has changed meanwhile."""
    with line_to(served.port) as line:
        page = await open_page(chromium, line.port)
        line.cut()
        await page.context.set_offline(True)
        await trigger(served, "/bench/topic")
        await asyncio.sleep(3)
        line.mend()
        started = time.time()
        await page.context.set_offline(False)
        await page.evaluate(OBSERVE, f"Neues Thema {CHANGES + 1:04}")
        return time.time() - started


async def longest_gap(served: Served) -> float:
    """The longest time in which a tally stood still while votes came steadily."""
    fleet = Fleet(served.port, "/live/stream?key=kogk18/figures/de/0", mark=b"event: region")
    await fleet.open(1)
    fleet.expect(VOTES_PER_SECOND * VOTING_SECONDS)
    for _ in range(VOTES_PER_SECOND * VOTING_SECONDS):
        await asyncio.sleep(1 / VOTES_PER_SECOND)
        await trigger(served, "/bench/vote")
    moments = fleet.times
    return max(after - before for before, after in pairwise(moments))


async def megabytes_after_load(served: Served) -> float:
    """Resident memory after a minute of pages and regions."""
    paths = ["/kogk18/programm", TOPICS, "/frag/kogk18/topics/de/3"]
    await asyncio.gather(*(Load(served.port, path).run(connections=8, seconds=LOAD_SECONDS) for path in paths))
    return served.resident_kilobytes() / 1024


def told(name: str, figure: float, unit: str, most: float) -> int:
    """Print a figure and its limit; 1 when it is missed."""
    print(f"{name:<58}{figure:>9.2f} {unit:<3} at most {most:g} {unit}")
    return int(figure > most)


async def run() -> int:
    """Measure and print all; the number of missed targets."""
    missed = 0
    with serving("bench.live_server", "--demo", "before") as served:
        await served.wait()
        keys = [f"key=kogk18/topics/de/{variant}&key=kogk18/pitch/de/0" for variant in range(VARIANTS)]
        fleets = [Fleet(served.port, f"/live/stream?{key}") for key in keys]
        for fleet in fleets:
            await fleet.open(STREAMS // VARIANTS)
        async with browser() as chromium:
            pages = await open_pages(chromium, served)
            times = await visible_times(served, pages)
            late = times[int(len(times) * 0.99)]
            missed += told(f"change visible in the page, {STREAMS} connected, p99", late, "ms", 200)
            missed += told("correct after a cut of 3 s", await correct_after_cut(served, chromium), "s", 1)
        missed += told("tally stands still under steady voting", await longest_gap(served), "s", 1)
        for fleet in fleets:
            await fleet.close()
        missed += told("memory after a minute of load", await megabytes_after_load(served), "MB", MEGABYTES)
    return missed


if __name__ == "__main__":
    sys.exit(int(uvloop.run(run()) > 0))
