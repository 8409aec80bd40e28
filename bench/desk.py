"""`make bench-desk`: ballots typed, from the close of the vote to a plan, publishing to every screen, taps on a tablet.

Limits in milliseconds are meant for an otherwise idle machine; its load is printed, and beside each figure a yardstick
of the same run: a page of the same server that does nothing.
"""

from __future__ import annotations

import asyncio
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import uvloop
from playwright.sync_api import Page, sync_playwright

from offenraum.project.robots.browser import Browser
from offenraum.project.robots.moderator import Moderator
from offenraum.project.robots.screen import Screen
from offenraum.project.robots.wire import Site
from tests.chromium import CHROMIUM_FLAGS, find_chromium
from tests.servers import Server

SEATS, TOPICS, MANY_TOPICS = 220, 40, 120
BALLOTS, STREAMS, WALLS = 40, 1000, 3
BALLOT_MS, PLAN_SECONDS, SCREENS_SECONDS, TAP_MS = 200.0, 10.0, 2.0, 100.0
SLOWDOWN, TAPS, BETWEEN_MS = 4, 20, 300
DELAYS = """() => {
  window.delays = []
  new PerformanceObserver(list => list.getEntries().forEach(entry => entry.interactionId && window.delays.push(
    { delay: entry.processingStart - entry.startTime, whole: entry.duration })))
    .observe({ type: 'event', durationThreshold: 16, buffered: true })
}"""


def main() -> int:
    """Print every figure; 1 when a target was missed."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    print(f"load of the machine {os.getloadavg()[0]:.1f}, {os.cpu_count()} processors")
    missed, parts = 0, sys.argv[1:] or ["hall", "taps"]
    if "hall" in parts:
        with staged(SEATS, TOPICS) as (server, told):
            missed += uvloop.run(measure_hall(server, told))
    if "taps" in parts:
        with staged(SEATS, MANY_TOPICS) as (server, told):
            missed += measure_taps(server, told)
    print(f"{missed} targets missed")
    return int(missed > 0)


@contextmanager
def staged(seats: int, topics: int) -> Iterator[tuple[Server, dict[str, Any]]]:
    """A server with a running round in which everybody has voted."""
    with tempfile.TemporaryDirectory(prefix="offenraum-bench-") as folder:
        server = Server(data=Path(folder), options={"OFFENRAUM_CONNECTIONS": str(3 * STREAMS)})
        server.run("migrate")
        command = [sys.executable, "-m", "bench.desk_stage", str(seats), str(topics)]
        told = subprocess.run(command, env=server.environment, check=True, capture_output=True, text=True).stdout
        server.start()
        try:
            yield server, json.loads(told)
        finally:
            server.stop()


async def measure_hall(server: Server, told: dict[str, Any]) -> int:
    site = Site.at(server.url)
    desk = Moderator(site=site, slug="kogk18")
    desk.browser.cookies["sitzung"], desk.csrf = told["moderator"]["cookie"], told["moderator"]["csrf"]
    missed = await measure_ballots(desk)
    missed += await measure_plan(desk)
    return missed + await measure_screens(desk, site, told["doors"])


async def measure_ballots(desk: Moderator) -> int:
    """One helper types: each answer is the page with the next empty field."""
    bare = [await timed(lambda: desk.browser.get("/impressum")) for _ in range(BALLOTS)]
    typed = [
        await timed(lambda number=number: desk.browser.post(  # type: ignore[misc]
            f"{desk.desk}/stimmzettel/tippen", {"line": f"{number}: 3 7 12 19"}, csrf=desk.csrf
        ))
        for number in range(1, BALLOTS + 1)
    ]
    slowest, ratio = sorted(typed)[-2] * 1e3, sum(typed) / sum(bare)
    return told_as("a ballot typed, second slowest of 40", slowest, BALLOT_MS, "ms", ratio, "a bare page")


async def measure_plan(desk: Moderator) -> int:
    """From the tap that closes the vote to the proposal on the desk's page."""
    started = time.perf_counter()
    await desk.press("runde/ende", "/runde/schliessen")
    await desk.press("vorschlag", "/vorschlag/neu")
    while "/uebernehmen" not in await desk.look(f"{desk.desk}/vorschlag"):
        await asyncio.sleep(0.1)
    seconds = time.perf_counter() - started
    await desk.press("vorschlag", "/uebernehmen")
    return told_as("close of the vote to the proposed plan", seconds, PLAN_SECONDS, "s")


async def measure_screens(desk: Moderator, site: Site, doors: list[int]) -> int:
    """Publish, and wait until each of a thousand screens shows the edition: walls, doors, phones on two pages."""
    walls = [f"/kogk18/leinwand/{number}" for number in range(1, WALLS + 1)]
    signs = walls + [f"/kogk18/tuer/{door}" for door in doors]
    phones = [f"/kogk18/{('jetzt', 'programm')[turn % 2]}" for turn in range(STREAMS - len(signs))]
    arrived: dict[Screen, float] = {}
    screens = [Screen(Browser(site), path) for path in [*signs, *phones]]
    for some in (screens[start : start + 50] for start in range(0, STREAMS, 50)):
        await asyncio.gather(*(screen.load() for screen in some))
    for screen in screens:
        screen.on_change = lambda region, screen=screen: arrived.setdefault(screen, time.perf_counter())  # type: ignore[misc]
    streams = [asyncio.create_task(screen.follow()) for screen in screens]
    await asyncio.gather(*(screen.is_live.wait() for screen in screens))
    started = time.perf_counter()
    await desk.press("fassungen", "/fassungen/veroeffentlichen")
    with suppress(TimeoutError):
        async with asyncio.timeout(10 * SCREENS_SECONDS):
            while len(arrived) < STREAMS:
                await asyncio.sleep(0.01)
    for stream in streams:
        stream.cancel()
    last = max(arrived.values()) - started if len(arrived) == STREAMS else float("inf")
    first = min(arrived.values(), default=started) - started
    print(f"{len(arrived)} of {STREAMS} screens have the edition, the first after {first * 1e3:.0f} ms")
    return told_as("publish to the last of 1,000 screens", last, SCREENS_SECONDS, "s")


async def timed(work: Callable[[], Awaitable[Any]]) -> float:
    started = time.perf_counter()
    answer = await work()
    if answer.status != 200:
        raise ValueError(answer.text[:500])
    return time.perf_counter() - started


def measure_taps(server: Server, told: dict[str, Any]) -> int:
    """A tablet whose processor is four times slower, the plan's page with 120 topics; the trace is kept."""
    trace = Path(tempfile.gettempdir()) / "offenraum-bench-desk-trace.json"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
        context = chromium.new_context(viewport={"width": 1180, "height": 820}, locale="de-DE", has_touch=True)
        context.add_cookies([{"name": "sitzung", "value": told["moderator"]["cookie"], "url": server.url}])
        page = context.new_page()
        page.goto(f"{server.url}/barrierefreiheit")
        bare = tap_around(page, "main p")
        page.goto(f"{server.url}/kogk18/regie/plan")
        page.locator(".live[data-state=live]").wait_for(state="attached")
        chromium.start_tracing(page=page, path=trace)
        taps = tap_around(page, ".piece__title label")
        chromium.stop_tracing()
        chromium.close()
    busy = busiest(json.loads(trace.read_text()))
    print(f"{len(taps)} taps and keys seen, to the next picture at most {max(one['whole'] for one in taps):.0f} ms")
    print(f"longest task of the slowed page in its own processor time: {busy:.0f} ms; trace: {trace}")
    slowest, yardstick = (max(one["delay"] for one in seen) for seen in (taps, bare))
    return told_as(
        f"input delay, {MANY_TOPICS} topics, processor slowed {SLOWDOWN} times", slowest, TAP_MS, "ms",
        slowest / max(yardstick, 1), "a bare page",
    )


def tap_around(page: Page, target: str) -> list[dict[str, float]]:
    """Tap cards and press keys, as fast as people do; what the browser measured for each."""
    client = page.context.new_cdp_session(page)
    client.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    page.evaluate(DELAYS)
    targets = page.locator(target)
    for turn in range(TAPS):
        targets.nth(turn * 4 % targets.count()).tap()
        page.wait_for_timeout(BETWEEN_MS)
        page.keyboard.press("ArrowDown")
        page.wait_for_timeout(BETWEEN_MS)
    client.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    found: list[dict[str, float]] = page.evaluate("window.delays")
    return found or [{"delay": 0.0, "whole": 0.0}]


def busiest(trace: dict[str, Any]) -> float:
    """Milliseconds of processor time of the longest task on the page's main thread; other programs do not count."""
    events = trace["traceEvents"]
    mains = {
        (event["pid"], event["tid"]) for event in events
        if event["name"] == "thread_name" and event["args"]["name"] == "CrRendererMain"
    }
    tasks = [event for event in events if event["name"] == "RunTask" and (event["pid"], event["tid"]) in mains]
    return max((task.get("tdur", 0) for task in tasks), default=0) / 1000


def told_as(what: str, seen: float, target: float, unit: str, ratio: float = 0.0, beside: str = "") -> int:
    """Print a figure beside its target; 1 when it missed it."""
    yardstick = f", {ratio:.1f} times {beside}" if beside else ""
    print(f"{what}: {seen:.2f} {unit} (target {target:g} {unit}, {seen / target:.0%} of it{yardstick})")
    return int(seen > target)


if __name__ == "__main__":
    sys.exit(main())
