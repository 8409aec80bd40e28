"""What every test may ask for: a database of its own, the real server, a browser, PostgreSQL."""

from __future__ import annotations

import asyncio
import gc
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.db import transaction
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django import DjangoDbBlocker

from offenraum.people.hashers import SmallArgon2PasswordHasher
from tests.chromium import CHROMIUM_FLAGS, find_chromium
from tests.emptying import empty_only_what_has_rows
from tests.journeys.stage import Stage
from tests.migrated import SHARED, copy_migrated, copy_migrated_database, drop, drop_templates
from tests.postgres import NoServer, fresh_database, shared_server, stop_shared_server
from tests.servers import Server

ON_POSTGRES = bool(os.environ.get("OFFENRAUM_DATABASE"))
JOURNEYS = {"OFFENRAUM_HOSTS": "127.0.0.1,venue.test", "OFFENRAUM_WEBHOOK_NETWORKS": "127.0.0.0/8"}


# How long an example takes depends on what else the machine does; figures come from benchmarks.
hypothesis.settings.register_profile("offenraum", deadline=None)
hypothesis.settings.load_profile("offenraum")

# What is waited for comes as soon as it can: only a test that fails waits so long.
expect.set_options(timeout=60_000)
os.environ.setdefault("AIOSMTPD_CONTROLLER_TIMEOUT", "60")

# Hundreds of tests make an account with a password; what its hash costs an attacker is asked by a test of its own.
HASHING = {name: getattr(SmallArgon2PasswordHasher, name) for name in ("time_cost", "memory_cost")}
SmallArgon2PasswordHasher.time_cost, SmallArgon2PasswordHasher.memory_cost = 1, 8


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "postgres_server: asks for a PostgreSQL server by a fixture")
    if not hasattr(config, "workerinput"):
        os.environ[SHARED] = tempfile.mkdtemp(prefix="offenraum-tests-")


def pytest_unconfigure(config: pytest.Config) -> None:
    """The process that began the run ends its PostgreSQL server, after all workers."""
    if not hasattr(config, "workerinput"):
        drop_templates(Path(os.environ[SHARED]))
        stop_shared_server(Path(os.environ[SHARED]))
        shutil.rmtree(os.environ[SHARED], ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what needs a server; leave long samples for `make test-long`."""
    is_long = bool(os.environ.get("TESTS_LONG"))
    if not is_long:
        leave_out_samples(items)
    for item in items:
        if "postgres_server" in getattr(item, "fixturenames", ()):
            item.add_marker("postgres")
            item.add_marker("postgres_server")
        if item.get_closest_marker("long") and not is_long:
            item.add_marker(pytest.mark.skip(reason="only in `make test-long`"))


def pytest_collection_finish() -> None:
    """What was collected stays until the end: as the server does, look for garbage only in what comes later."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def leave_out_samples(items: list[pytest.Item]) -> None:
    """Of a test marked `sample(n)` keep every n-th case by name, the same ones in each run and process."""
    seen: Counter[str] = Counter()
    for item in sorted(items, key=lambda one: one.nodeid):
        if marker := item.get_closest_marker("sample"):
            name = item.nodeid.partition("[")[0]
            if seen[name] % marker.args[0]:
                item.add_marker(pytest.mark.skip(reason="this sample only in `make test-long`"))
            seen[name] += 1


BROWSER_LOOP: list[asyncio.AbstractEventLoop] = []


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """The browser keeps its event loop marked as running in this thread; only tests with a browser may see that.

    Django keeps another connection where a loop runs. Fixtures of a whole module, too, must be made without the mark:
    else they hold a transaction on a connection that the test does not see, and it waits for itself.
    """
    with_browser = BROWSER_LOOP and "chromium" in getattr(item, "fixturenames", ())
    asyncio._set_running_loop(BROWSER_LOOP[0] if with_browser else None)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """SQLite tests use a real file, so that threads meet the locks that they meet in service.

    Tables are copied; that the history of migrations makes the same ones is a test of its own.
    """
    test = settings.DATABASES["default"].setdefault("TEST", {})
    test["MIGRATE"] = False
    if ON_POSTGRES:
        server, name = os.environ["OFFENRAUM_DATABASE"].rpartition("/")[0], f"test_offenraum_{os.getpid()}"
        copy_migrated_database(f"{server}/{name}")
        test["NAME"] = name
        yield
        drop(server, name)
    else:
        file = tmp_path_factory.mktemp("database") / "test.sqlite3"
        copy_migrated(file)
        test["NAME"] = str(file)
        yield


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The database has its tables already, and whoever made it drops it."""
    return True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    if ON_POSTGRES:
        empty_only_what_has_rows()


@pytest.fixture(scope="module")
def kept(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """What fixtures of a whole module write stays for its tests, which take back their own; none of them may commit."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def postgres_server() -> str:
    """The address of a PostgreSQL server on which databases may be made."""
    try:
        return shared_server(Path(os.environ[SHARED]))
    except NoServer as error:
        pytest.skip(str(error))


@pytest.fixture
def postgres_url(postgres_server: str, tmp_path: Path) -> Iterator[str]:
    """A fresh, empty PostgreSQL database."""
    with fresh_database(postgres_server, f"offenraum_{os.getpid()}_{abs(hash(tmp_path)) % 10**9}") as url:
        yield url


@pytest.fixture
def sqlite_file(transactional_db: None) -> Path:
    """The file of this worker's SQLite database, for tests that open it from threads and other processes."""
    if ON_POSTGRES:
        pytest.skip("about SQLite")
    return Path(settings.DATABASES["default"]["NAME"])


StartServer = Callable[..., Server]


@pytest.fixture
def start_server(tmp_path: Path) -> Iterator[StartServer]:
    """A function that sets up and starts a real server: `start_server(database=url, arguments=(…), options={…})`."""
    servers: list[Server] = []

    def start(*, database: str = "", arguments: tuple[str, ...] = (), options: dict[str, str] | None = None) -> Server:
        data = tmp_path / f"data{len(servers)}"
        data.mkdir()
        server = Server(data=data, database=database, arguments=arguments, options=options or {})
        servers.append(server)
        server.migrate()
        return server.start()

    yield start
    for server in servers:
        server.stop()


@pytest.fixture
def live_server_process(start_server: StartServer, request: pytest.FixtureRequest) -> Server:
    """A running `offenraum serve` on the kind of database this test run is about."""
    return start_server(database=request.getfixturevalue("postgres_url") if ON_POSTGRES else "")


@pytest.fixture(scope="session")
def journey_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all journeys and screens; each has a conference of its own."""
    if ON_POSTGRES:
        pytest.skip("journeys run on SQLite")
    server = Server(data=tmp_path_factory.mktemp("journeys"), options=JOURNEYS)
    server.migrate()
    yield server.start()
    server.stop()


@pytest.fixture(scope="session")
def process_behind(journey_server: Server) -> Iterator[Stage]:
    stage = Stage(journey_server.environment)
    yield stage
    stage.end()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A headless Chromium for the whole session."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps an event loop in this thread
    program = find_chromium()
    if not program:
        pytest.skip("no Chromium: install the package `chromium`")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
        # A service worker fetches pages of its own accord; tests that are about it ask for it.
        setattr(browser, "new_context", partial(browser.new_context, service_workers="block"))  # noqa: B010
        BROWSER_LOOP.append(asyncio.get_running_loop())
        yield browser
        asyncio._set_running_loop(BROWSER_LOOP.pop())
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A fresh browser window with its own cookies."""
    context = chromium.new_context(locale="de-DE", timezone_id="Europe/Berlin")
    yield context.new_page()
    context.close()
