"""Everything `make test` runs: rules about the code, then all tests on SQLite and the marked ones on PostgreSQL."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests import postgres  # noqa: E402

BIN = ROOT / ".venv" / "bin"
WORKERS = str((os.cpu_count() or 1) + 2)
BROWSERS = ("chromium-headless-shell", "chromium")
PACKAGES = {BROWSERS: "chromium-headless-shell", ("pg_ctl",): "postgresql", ("mosquitto",): "mosquitto"}
"""Programs, one of which is enough, and the package that brings the first."""
LONG_PACKAGES = {("nginx",): "nginx-light", ("caddy",): "caddy", ("redis-server",): "redis-server",
                 ("xmllint",): "libxml2-utils"}
"""What only tests of proxies, the third bus and real clients need: installed for the long run, used by both."""
MOST_FAILURES = 6
LONGEST_REASON = 220
"""How many failed tests of a step the summary names, and with how many characters each."""
MOST_ALONE = 3
"""So many tests may fail for the crowd of processes; more are a defect."""


def main() -> int:
    """Run all steps, also after a failure, and end with one summary."""
    parser = argparse.ArgumentParser(prog="make test", description=__doc__)
    parser.add_argument("--long", action="store_true", help="all samples of the long tests")
    parser.add_argument("--static-only", action="store_true", help="only the rules about the code")
    arguments = parser.parse_args()
    if arguments.static_only:
        return summary(static_steps())
    keep_byte_code()
    with ThreadPoolExecutor() as beside:
        installed = beside.submit(install_missing, PACKAGES | (LONG_PACKAGES if arguments.long else {}))
        files = beside.submit(files_on_postgres, is_long=arguments.long)
        rules = beside.submit(static_steps)
        installed.result()
        results = test_steps(files.result(), is_long=arguments.long)
    return summary(rules.result() + results)


def keep_byte_code() -> None:
    """Hundreds of processes load the product and the tests: compile each file once, whatever the machine is used to."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def files_on_postgres(*, is_long: bool) -> list[str]:
    """The files with tests that run on PostgreSQL too; none, which stands for all, when they cannot be told.

    Finding them translates all tests while one processor is free, so that the processes of the run do not all do it.
    """
    with tempfile.TemporaryDirectory(prefix="offenraum-data-") as data:
        found = subprocess.run(
            [str(BIN / "python"), "-m", "pytest", "-q", "--collect-only", "-m", "postgres"], cwd=ROOT, check=False,
            env=environment_of(data, is_long=is_long), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )
    names = {line.partition("::")[0] for line in found.stdout.splitlines() if line.startswith("tests/")}
    return sorted(names) if found.returncode == 0 else []


def environment_of(data: str, *, is_long: bool) -> dict[str, str]:
    return os.environ | {"OFFENRAUM_DATA": data} | ({"TESTS_LONG": "1"} if is_long else {})


@dataclass(frozen=True)
class Result:
    """How a step ended: whether it was good, how many seconds it took, and for tests which of them failed and why."""

    name: str
    is_good: bool
    seconds: float
    failures: tuple[str, ...] = ()


def static_steps() -> list[Result]:
    """The rules about the code; each is told when it ends, as tests run beside them."""
    return [
        step("ruff", "ruff", "check", ".", at_once=True),
        step("mypy", "mypy", at_once=True),
        step("imports", "lint-imports", "--no-cache", at_once=True),
        step("messages", "python", "tools/messages.py", "check", at_once=True),
    ]


def test_steps(files: list[str], *, is_long: bool) -> list[Result]:
    """All tests on SQLite; on PostgreSQL those of its files, as what is not collected takes no time."""
    with tempfile.TemporaryDirectory(prefix="offenraum-data-") as data, server() as url:
        environment = environment_of(data, is_long=is_long)
        if not url:
            return [tests("tests on SQLite", "", environment)]
        environment["TESTS_POSTGRES"] = url
        on_postgres = environment | {"OFFENRAUM_DATABASE": f"{url.rsplit('/', 1)[0]}/offenraum"}
        return [
            tests("tests on SQLite", "not postgres_server", environment),
            tests("tests on PostgreSQL", "postgres", on_postgres, *files),
        ]


def tests(name: str, selection: str, environment: dict[str, str], *files: str) -> Result:
    """Run tests beside each other; a few that fail are run again by themselves, and told either way (ADR 0405)."""
    with tempfile.TemporaryDirectory(prefix="offenraum-report-") as folder:
        report, cache = Path(folder) / "report.xml", Path(folder) / "cache"
        kept = ["-m", "pytest", "-q", "-o", f"cache_dir={cache}"]
        beside = ["--durations=30", f"--junit-xml={report}", "-n", WORKERS, "--dist=worksteal", "-m", selection]
        result = step(name, "python", *kept, *beside, *files, environment=environment)
        result = replace(result, failures=tuple(failures_in(report)))
        if result.is_good or not 0 < len(failed := ids_of_failed(cache)) <= MOST_ALONE:
            return result
        alone = step(f"{name}, what failed, alone", "python", *kept, *failed, environment=environment)
    return replace(result, is_good=alone.is_good, seconds=result.seconds + alone.seconds)


def failures_in(report: Path) -> Iterator[str]:
    """The tests that failed, each with the first line of its reason."""
    if not report.exists():
        return
    for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314 - written by our own pytest
        for trouble in (*case.iter("failure"), *case.iter("error")):
            reason = (trouble.get("message") or "").partition("\n")[0]
            yield f"{case.get('classname')}::{case.get('name')}: {reason}"[:LONGEST_REASON]


def ids_of_failed(cache: Path) -> list[str]:
    """What pytest keeps of the tests that failed in its last run; none when it never came to an end."""
    kept = cache / "v" / "cache" / "lastfailed"
    return list(json.loads(kept.read_text())) if kept.exists() else []


@contextmanager
def server() -> Iterator[str]:
    """A PostgreSQL server for the whole run; an empty address when the machine has none."""
    try:
        if given := postgres.given_server():
            yield given
            return
        cluster = postgres.start_cluster()
    except postgres.NoServer as error:
        print(f"test: {error}; the tests on PostgreSQL are skipped", flush=True)
        yield ""
        return
    try:
        yield cluster.url
    finally:
        cluster.stop()


def install_missing(packages: dict[tuple[str, ...], str]) -> None:
    """Install browser and servers by apt where that is possible, else say what to install."""
    if os.geteuid() or not shutil.which("apt-get"):
        missing = [package for programs, package in packages.items() if not any(map(is_present, programs))]
        if missing:
            print(f"test: please install {' and '.join(missing)}; the tests that need them are skipped", flush=True)
        return
    missing = [package for programs, package in packages.items() if not is_present(programs[0])]
    if not missing:
        return
    print(f"test: installing {' and '.join(missing)} …", flush=True)
    apt("-q", "update")
    for package in missing:
        apt("-qy", "install", "--no-install-recommends", package)
    if not any(map(is_present, BROWSERS)):
        apt("-qy", "install", "--no-install-recommends", BROWSERS[-1])


def apt(*arguments: str) -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", *arguments], env=environment, check=False, stdout=subprocess.DEVNULL)


def is_present(program: str) -> bool:
    folders = f"{os.environ.get('PATH', '')}{os.pathsep}/usr/sbin"
    return bool(shutil.which(program, path=folders)) or any(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))


def step(
    name: str, program: str, *arguments: str, environment: dict[str, str] | None = None, at_once: bool = False
) -> Result:
    """Run a program and print what it says: while it runs, or `at_once` when it has ended."""
    title, target = f"── {name}", subprocess.PIPE if at_once else None
    if not at_once:
        print(title, flush=True)
    started = time.monotonic()
    command = [str(BIN / program), *arguments]
    finished = subprocess.run(
        command, cwd=ROOT, env=environment, check=False, stdout=target, stderr=subprocess.STDOUT, text=True
    )
    if at_once:
        print(f"{title}\n{finished.stdout}", end="", flush=True)
    return Result(name, finished.returncode == 0, time.monotonic() - started)


def summary(results: list[Result]) -> int:
    """Say how each step ended, and last, where the end of a long log is read, which tests failed."""
    print("── summary")
    for result in results:
        note = ", but only alone passed:" if result.is_good and result.failures else ""
        print(f"{'ok    ' if result.is_good else 'FAILED'} {result.name} ({result.seconds:.0f} s){note}")
        for line in result.failures[:MOST_FAILURES]:
            print(f"       {line}")
        if len(result.failures) > MOST_FAILURES:
            print(f"       and {len(result.failures) - MOST_FAILURES} more above")
    return 0 if all(result.is_good for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
