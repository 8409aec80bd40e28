"""`make bench-phone`: the first session on a slow phone (ux.md) beside a bare page of 20 KB, in the same browser.

400 kbit/s, 400 ms of latency for each request, a processor six times slower, nothing kept from before. Visible means
in the document, with a height, in a frame that was drawn.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import sys

from playwright.async_api import Browser, async_playwright

from bench.servers import serving
from tests.chromium import CHROMIUM_FLAGS, find_chromium

ROUNDS = 7
SLOWER = 6
LATENCY_MS = 400
BYTES_PER_SECOND = 400_000 / 8
MOST = 2.0
LOOK_SECONDS = 0.2
PAGES = {"bare page of 20 KB": ("/bench/page", "p"), "programme": ("/kogk18/programm", ".session")}
SEEN = """wanted => {
  const look = () => {
    const found = document.querySelector(wanted)
    if (found?.getBoundingClientRect().height) requestAnimationFrame(() => { window.seenAt = performance.now() })
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}"""


async def milliseconds(chromium: Browser, address: str, wanted: str) -> float:
    """From the start of the navigation until the element is drawn, in a browser that knows nothing yet."""
    context = await chromium.new_context(
        viewport={"width": 390, "height": 844}, locale="de-DE", service_workers="block", has_touch=True
    )
    page = await context.new_page()
    client = await context.new_cdp_session(page)
    await client.send("Network.enable")
    await client.send("Network.emulateNetworkConditions", {
        "offline": False, "latency": LATENCY_MS, "downloadThroughput": BYTES_PER_SECOND,
        "uploadThroughput": BYTES_PER_SECOND,
    })
    await client.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    await page.add_init_script(f"({SEEN})({wanted!r})")
    await page.goto(address, wait_until="commit")
    async with asyncio.timeout(60):
        while not (seen := await page.evaluate("window.seenAt || 0")):
            await asyncio.sleep(LOOK_SECONDS)
    await context.close()
    return float(seen)


async def run() -> int:
    """Print both medians; 1 when the programme takes too long."""
    times: dict[str, list[float]] = {name: [] for name in PAGES}
    with serving("bench.live_server", "--demo", "finished") as served:
        await served.wait()
        async with async_playwright() as playwright:
            chromium = await playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)
            for _ in range(ROUNDS):
                for name, (path, wanted) in PAGES.items():
                    times[name].append(await milliseconds(chromium, f"http://127.0.0.1:{served.port}{path}", wanted))
            await chromium.close()
    bare, ours = (statistics.median(found) for found in times.values())
    print(f"load of the machine {os.getloadavg()[0]:.1f}, {ROUNDS} rounds in turn, slow phone")
    for name, found in times.items():
        print(f"{name:<20} first seen after {statistics.median(found):6.0f} ms, worst {max(found):6.0f} ms")
    print(f"the first session takes {ours / bare:.2f}x of the bare page, at most {MOST}x")
    return int(ours / bare > MOST)


if __name__ == "__main__":
    sys.exit(asyncio.run(run()))
