"""`make bench-lighthouse`: Lighthouse as on a phone, the median of five runs of start page, programme and session page.

Lighthouse comes from npm into `build/lighthouse` when it is first asked for, and runs with the Node of set-up.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.servers import Served, serving
from tests.chromium import CHROMIUM_FLAGS, find_chromium
from tools.setup import node_folder

VERSION = "12.2.3"
FOLDER = Path(__file__).resolve().parent.parent / "build/lighthouse"
PROGRAM = FOLDER / "node_modules/lighthouse/cli/index.js"
ROUNDS = 5
LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100}
PAGES = {"start page": "/kogk18/", "programme": "/kogk18/programm", "session page": "/kogk18/session/1"}
TIMES = ("first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")
Report = dict[str, Any]


def install(environment: dict[str, str]) -> None:
    if not PROGRAM.is_file():
        FOLDER.mkdir(parents=True, exist_ok=True)
        wanted = ["npm", "install", "--prefix", str(FOLDER), "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run([*wanted, "--save-exact", f"lighthouse@{VERSION}"], check=True, env=environment)


def audited(address: str, environment: dict[str, str]) -> Report:
    """What Lighthouse says of one page, as it looks at phones: slow network and processor are computed."""
    flags = " ".join(["--headless", *CHROMIUM_FLAGS])
    asked = ["node", str(PROGRAM), address, "--quiet", "--output=json", f"--chrome-flags={flags}",
             f"--only-categories={','.join(LEAST)}"]
    said = subprocess.run(asked, check=True, env=environment, capture_output=True, text=True)
    report: Report = json.loads(said.stdout)
    return report


def scores(report: Report) -> dict[str, int]:
    return {name: round(100 * report["categories"][name]["score"]) for name in LEAST}


def faults(report: Report) -> list[str]:
    """The audits that cost points, the dearest first."""
    found = []
    for name in LEAST:
        for part in report["categories"][name]["auditRefs"]:
            audit = report["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 1:
                lost = part["weight"] * (1 - audit["score"])
                found.append((lost, f"{name}: {audit['title']} {audit.get('displayValue', '')}".strip()))
    return [told for _lost, told in sorted(found, reverse=True)]


async def run() -> int:
    environment = os.environ | {
        "PATH": f"{node_folder()}{os.pathsep}{os.environ['PATH']}", "CHROME_PATH": find_chromium() or "",
    }
    install(environment)
    with serving("bench.live_server", "--demo", "finished") as served:
        await served.wait()
        reports = look(served, environment)
    print(f"load of the machine {os.getloadavg()[0]:.1f}, Lighthouse {VERSION}, {ROUNDS} runs each, mobile, medians:")
    return sum(told(page, found) for page, found in reports.items())


def look(served: Served, environment: dict[str, str]) -> dict[str, list[Report]]:
    reports: dict[str, list[Report]] = {page: [] for page in PAGES}
    for _ in range(ROUNDS):
        for page, path in PAGES.items():
            reports[page].append(audited(f"http://127.0.0.1:{served.port}{path}", environment))
    return reports


def told(page: str, reports: list[Report]) -> int:
    """Print one page; 1 when it misses something."""
    each = [scores(report) for report in reports]
    medians = {name: statistics.median(one[name] for one in each) for name in LEAST}
    said = ", ".join(f"{name} {medians[name]:.0f} ({min(one[name] for one in each)} at worst)" for name in LEAST)
    print(f"{page:<14}{said}")
    middle = sorted(reports, key=lambda report: report["categories"]["performance"]["score"])[len(reports) // 2]
    times = [f"{middle['audits'][name]['title']} {middle['audits'][name]['displayValue']}" for name in TIMES]
    for line in (", ".join(times), *faults(middle)):
        print(" " * 14 + line)
    return int(any(medians[name] < least for name, least in LEAST.items()))


if __name__ == "__main__":
    sys.exit(asyncio.run(run()))
