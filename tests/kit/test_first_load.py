"""What the first visit of a phone costs, on the real server with the conference of the demonstration."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Request, StorageState

from offenraum.kit.templatetags.kit import BUILT, asset
from tests.project.test_demo_command import PATIENCE, DemoRun

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]
KIB = 1024
LIMITS = {"page": 20, "document": 40, "stylesheet": 20, "script": 25, "font": 50}
"""In KiB; the first document brings its styles along, `page` is what it has besides them."""

PAGES = ["", "themen", "programm", "session/1/notizen"]
MORE = ["jetzt", "mein-plan", "themen/neu"]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoRun]:
    """The demonstration with its programme published; at the end it goes without a trace."""
    folder = tmp_path_factory.mktemp("demo")
    run = DemoRun("--finished", "--people", "8", folder=folder)
    try:
        run.wait_for("Ctrl-C")
        yield run
        assert run.interrupt() == 0
    finally:
        run.kill()
    assert list(folder.glob("offenraum-demo-*")) == []


@pytest.fixture(scope="module")
def demo(run: DemoRun) -> str:
    """The address of its conference."""
    return run.address("Start page")


@pytest.fixture(scope="module")
def signed_in(chromium: Browser, run: DemoRun) -> StorageState:
    """The cookies of a phone that has scanned a badge."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(run.wait_for(r"Badge +(\S+)")[1])
    page.get_by_role("button").first.click()
    page.wait_for_url("**/themen")
    return context.storage_state()


@pytest.mark.parametrize("path", [*PAGES, *(pytest.param(path, marks=pytest.mark.long) for path in MORE)])
def test_first_load_of_a_phone_page_stays_within_its_budget(
    chromium: Browser, demo: str, signed_in: StorageState, path: str
) -> None:
    state = signed_in if path.startswith("session") else None
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="de-DE", storage_state=state)
    page = context.new_page()
    finished: list[Request] = []
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfinished", lambda request: finished.append(request))  # noqa: PLW0108 - Playwright marks the handler
    answer = page.goto(demo + path)
    assert answer is not None
    page.wait_for_function("document.fonts.status === 'loaded'")
    page.wait_for_timeout(500)
    cost: Counter[str] = Counter()
    for request in finished:
        cost[request.resource_type] += request.sizes()["responseBodySize"]
    print(path or "/", len(asked), dict(cost), sum(cost.values()))  # noqa: T201 - the figure is the point of the test
    besides = len(gzip.compress(re.sub(rb"<style>.*?</style>", b"", answer.body(), flags=re.DOTALL)))
    assert {kind: size for kind, size in [*cost.items(), ("page", besides)] if size > LIMITS.get(kind, 5) * KIB} == {}
    assert sum(cost.values()) <= 100 * KIB
    assert len(asked) <= 12
    assert {request.url.split("/")[2] for request in finished} == {demo.split("/")[2]}
    context.close()


def test_finished_demonstration_shows_its_edition_on_all_screens(run: DemoRun, demo: str) -> None:
    programme = httpx.get(f"{demo}programm", timeout=PATIENCE).text
    assert programme.count("session__when") >= 25
    wall, door = (httpx.get(run.address(name), timeout=PATIENCE).text for name in ("Wall", "Door sign"))
    assert ("Fassung 1" in programme, "Fassung 1" in wall, "Großer Saal" in door) == (True, True, True)


def test_programme_shows_nothing_that_only_the_other_sheet_knows(chromium: Browser, demo: str) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    page.goto(demo + "programm")
    used = set(page.evaluate("[...document.querySelectorAll('[class]')].flatMap(found => [...found.classList])"))
    page.close()
    assert "session" in used
    assert used & (classes_of("site.css") - classes_of("app.css")) == set()


def classes_of(sheet: str) -> set[str]:
    file = asset(sheet).rsplit("/", 1)[1]
    return set(re.findall(r"\.([a-z][\w-]*)", (BUILT / file).read_text()))
