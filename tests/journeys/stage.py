"""What happens behind the scenes of a journey: a process beside the server that acts on the same database."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
BEHIND = "import django; django.setup(); from tests.journeys.behind import main; main()"


class Stage:
    """The tests' end: `stage("open_round")` answers what the verb of `behind.py` returns."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", BEHIND], cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            env=environment | {"DJANGO_SETTINGS_MODULE": "offenraum.project.settings"},
        )

    def __call__(self, verb: str, /, **values: Any) -> Any:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps([verb, values]) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, f"the process behind the scenes ended at {verb}"
        found = json.loads(line)
        assert "failure" not in found, f"{verb} failed:\n{found['failure']}"
        return found["answer"]

    def end(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(20)
