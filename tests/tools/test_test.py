"""`make test` names what failed, and runs a few failed tests once more alone."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path

import pytest

FILE = Path(__file__).resolve().parents[2] / "tools/test.py"
PASSES_THE_SECOND_TIME = """
from pathlib import Path
def test_crowd():
    seen = Path(__file__).with_suffix(".seen")
    if not seen.exists():
        seen.touch()
        raise AssertionError("too many beside me")
"""
NEVER_PASSES = "def test_broken():\n    raise AssertionError('broken for good')\n"


@pytest.fixture(scope="module")
def tool():
    specification = importlib.util.spec_from_file_location("run_of_tests", FILE)
    module = importlib.util.module_from_spec(specification)
    sys.modules[module.__name__] = module
    specification.loader.exec_module(module)
    module.WORKERS = "1"
    return module


@pytest.mark.parametrize(("text", "is_good", "named"), [
    (PASSES_THE_SECOND_TIME, True, "test_crowd: AssertionError: too many beside me"),
    (PASSES_THE_SECOND_TIME + NEVER_PASSES, False, "test_broken: AssertionError: broken for good"),
    ("".join(f"def test_{n}(): assert 0\n" for n in range(9)), False, "and 3 more above"),
    ("import nothing_of_this_name", False, "test_sample"),
])
def test_few_failed_tests_run_again_alone(
    tool, monkeypatch, tmp_path: Path, capfd, text: str, is_good: bool, named: str,
):
    monkeypatch.setattr(tool, "ROOT", tmp_path)
    (tmp_path / "test_sample.py").write_text(text)
    (tmp_path / "pytest.ini").touch()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "DJANGO"))}
    only_what_counts = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_PLUGINS": "xdist.plugin"}
    result = tool.tests("sample", "not no_such_mark", environment | only_what_counts)
    assert result.is_good is is_good
    capfd.readouterr()
    assert tool.summary([result]) == (0 if is_good else 1)
    assert named in capfd.readouterr().out
