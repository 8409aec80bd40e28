"""The door to foreign codecs: a process that may die at any time, and is started again."""

from __future__ import annotations

import json
import select
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from offenraum.kit.one_core import let_go
from offenraum.sensors.codecs import Decoded

PROGRAM: Final = Path(__file__).with_name("sandboxed.py")
WALL_SECONDS: Final = 2.0
"""A call that is over its processor time is ended much earlier; this is for what hangs without using any."""

MOST_SOURCE: Final = 256 << 10


@dataclass
class Sandbox:
    """One process, used by one caller at a time; a crash or a kill costs a codec its result, nobody else anything."""

    process: subprocess.Popen[bytes] | None = None
    turn: threading.Lock = field(default_factory=threading.Lock)

    def decode(
        self, *, source: str, payload: bytes, f_port: int | None, received_at: datetime, function: str = ""
    ) -> Decoded:
        """What a codec says about a payload; its failures are errors of the result."""
        if len(source) > MOST_SOURCE:
            return Decoded(data=None, errors=("the codec is larger than 256 KB",))
        asked = {
            "source": source, "bytes": list(payload), "fPort": f_port, "function": function,
            "time": received_at.isoformat(),
        }
        with self.turn:
            answer = self.ask(json.dumps(asked).encode() + b"\n")
        if answer is None:
            return Decoded(data=None, errors=("the codec took too long or too much memory",))
        return Decoded(answer["data"], tuple(answer["warnings"]), tuple(answer["errors"]))

    def ask(self, line: bytes) -> dict[str, Any] | None:
        """One line there and one back; None when the process did not live to answer."""
        process = self.started()
        assert process.stdin is not None  # noqa: S101 - it was started with pipes
        assert process.stdout is not None  # noqa: S101
        try:
            process.stdin.write(line)
            process.stdin.flush()
        except OSError:
            self.close()
            return None
        ready, _w, _x = select.select([process.stdout], [], [], WALL_SECONDS)
        said = process.stdout.readline() if ready else b""
        try:
            answer: dict[str, Any] = json.loads(said)
        except ValueError:
            self.close()
            return None
        return answer

    def started(self) -> subprocess.Popen[bytes]:
        if self.process is None or self.process.poll() is not None:
            self.close()
            self.process = subprocess.Popen(  # noqa: S603 - our own file and nothing of others
                [sys.executable, "-I", str(PROGRAM)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL, env={},
            )
            let_go(self.process.pid)
        return self.process

    def close(self) -> None:
        if self.process is None:
            return
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                pipe.close()
        self.process = None
