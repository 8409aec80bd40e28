"""Programs of others read the exports of a running server, each in a virtual environment of its own."""

from __future__ import annotations

import itertools
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.journeys.stage import Stage
from tests.programme.schedules import public_schema
from tests.servers import Server

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]
NUMBERS = itertools.count(1)
TITLES = ["Offene Haushalte", "LoRaWAN <im> Dorf & Wald", "=Sensoren", "Öffentlich, 100 %"]
BY_SCHEDULE_TOOLS = """
import json, sys
from voc.schedule import Schedule
schedule = Schedule.from_url(sys.argv[1])
titles = []
schedule.foreach_event_raw(lambda event: titles.append(event["title"]))
print(json.dumps({"title": schedule.conference("title"), "events": sorted(titles)}))
"""
BY_ICALENDAR = """
import json, sys, urllib.request
import icalendar
calendar = icalendar.Calendar.from_ical(urllib.request.urlopen(sys.argv[1]).read())
events = calendar.walk("VEVENT")
print(json.dumps({
    "events": sorted(str(one["SUMMARY"]) for one in events),
    "zones": sorted({str(one["DTSTART"].dt.tzinfo) for one in events}),
    "uids": len({str(one["UID"]) for one in events}),
}))
"""
Read = Callable[[str, str, str], Any]


@pytest.fixture(scope="module")
def exports(journey_server: Server, process_behind: Stage) -> str:
    """The address below which the exports of a published programme lie."""
    slug = f"ausfuhr-{next(NUMBERS)}"
    process_behind("set_up", slug=slug, topics=TITLES)
    process_behind("publish", slug=slug, places={title: (1 + n // 3, 1 + n % 3) for n, title in enumerate(TITLES)})
    return f"{journey_server.url}/{slug}/export"


@pytest.fixture(scope="module")
def read_with(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """A function that installs a package into an environment of its own and runs a script there on an address."""

    def read(package: str, script: str, address: str) -> Any:
        place = tmp_path_factory.mktemp("client")
        subprocess.run([sys.executable, "-m", "venv", place], check=True)
        program = place / "bin/python"
        install = [program, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", package]
        installed = subprocess.run(install, check=False, capture_output=True, text=True, timeout=400)
        if installed.returncode:
            pytest.skip(f"{package} could not be installed: {installed.stderr.strip()[-120:]}")
        said = subprocess.run([program, "-c", script, address], check=True, capture_output=True, text=True, cwd=place)
        return json.loads(said.stdout.strip().splitlines()[-1])

    return read


def test_schedule_tools_read_the_schedule(exports: str, read_with: Read) -> None:
    found = read_with("c3voc-schedule-tools", BY_SCHEDULE_TOOLS, f"{exports}/schedule.json")
    assert found["title"].startswith("Konferenz ausfuhr-")
    assert set(TITLES) <= set(found["events"])


def test_icalendar_reads_the_calendar(exports: str, read_with: Read) -> None:
    found = read_with("icalendar", BY_ICALENDAR, f"{exports}/programme.ics")
    assert set(TITLES) <= set(found["events"])
    assert found["zones"] == ["Europe/Berlin"]
    assert found["uids"] == len(found["events"])


def test_xmllint_finds_the_schedule_valid(exports: str, tmp_path: Path) -> None:
    program = shutil.which("xmllint")
    if not program:
        pytest.skip("no xmllint: install the package `libxml2-utils`")
    file = tmp_path / "schedule.xml"
    file.write_bytes(httpx.get(f"{exports}/schedule.xml").content)
    schema = public_schema("schedule.xml.xsd")
    told = subprocess.run([program, "--noout", "--nonet", "--schema", schema, file], check=False, capture_output=True,
                          text=True)
    assert told.returncode == 0, told.stderr
