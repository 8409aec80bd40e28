"""What the planner does where its slow packages are not installed, or not ready yet."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.planner.problems import document

START = "import sys; {before}; from offenraum.planner.command import main; sys.exit(main(sys.argv[1:]))"


def plan_without(before: str, folder: Path, *options: str) -> dict[str, object]:
    """The plan of a fresh process in which `before` has happened."""
    asked, out = folder / "problem.json", folder / "plan.json"
    asked.write_text(json.dumps(document()))
    command = [sys.executable, "-c", START.format(before=before), str(asked), "--out", str(out), *options]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    plan = json.loads(out.read_text())
    assert isinstance(plan, dict)
    return plan


def test_without_compiler_and_solver_greedy_answers_and_says_so(tmp_path: Path) -> None:
    before = "sys.modules.update(numba=None, highspy=None, numpy=None)"
    plan = plan_without(before, tmp_path, "--bound", "lp")
    assert plan["engine"] == "greedy-3"
    assert plan["notes"] == ["compiler_missing", "solver_missing"]
    assert len(plan["placements"]) == 4
    assert plan["bound"]["kind"] == "ideal"


def test_while_the_engine_is_being_compiled_greedy_answers_and_says_so(tmp_path: Path) -> None:
    before = (
        "import offenraum.planner.engine as engine;"
        "engine.is_warm = lambda: False; engine.WARM = [sys.executable, '-c', 'import time; time.sleep(3)']"
    )
    plan = plan_without(before, tmp_path, "--seconds", "0.5")
    assert (plan["engine"], plan["notes"]) == ("greedy-3", ["compiling"])


def test_the_engine_takes_over_as_soon_as_it_is_compiled(tmp_path: Path) -> None:
    before = (
        "import offenraum.planner.engine as engine;"
        "engine.is_warm = lambda: False; engine.WARM = [sys.executable, '-c', 'pass']"
    )
    plan = plan_without(before, tmp_path, "--seconds", "4")
    assert (plan["engine"], plan["notes"]) == ("anneal-4", [])


def test_pages_and_desk_never_load_the_compiler() -> None:
    source = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'offenraum.project.settings'; django.setup();"
        "import offenraum.project.asgi, offenraum.project.urls;"
        "from django.urls import get_resolver; get_resolver().reverse_dict;"
        "sys.exit(sorted({'numba', 'highspy', 'numpy'} & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", source], check=False, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr[-300:]
