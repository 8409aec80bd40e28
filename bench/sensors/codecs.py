"""Foreign codecs: what a call costs beside node, and how hostile ones end."""

from __future__ import annotations

import json
import resource
import shutil
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from bench.sensors.told import told
from offenraum.sensors.sandbox import Sandbox
from tests.sensors.hostile import HOSTILE
from tests.sensors.published import OWN, decoded, vectors_in

CALLS = 300
NOON = datetime(2018, 9, 3, 10, 0, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
NODE = (
    "const s=process.argv[1];const t=process.hrtime.bigint();const vm=require('vm');"
    "for(let i=0;i<300;i++){const c=vm.createContext({});vm.runInContext(s,c);"
    "c.input={bytes:[14,16,1,5],fPort:2,recvTime:new Date()};vm.runInContext('JSON.stringify(decodeUplink(input))',c)}"
    "console.log(Number(process.hrtime.bigint()-t)/300/1e6)"
)


def cost() -> None:
    """One call of the demonstration's codec, with a fresh interpreter each, here and in node."""
    source = (ROOT / "offenraum/project/demo/pegel.js").read_text()
    asked = {"source": source, "bytes": [14, 16, 1, 5], "fPort": 2, "function": "", "time": "2018-09-04T10:00:00Z"}
    program = ROOT / "offenraum/sensors/sandboxed.py"
    with subprocess.Popen(
        [sys.executable, "-I", str(program)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        times = []
        for _ in range(CALLS):
            begun = time.perf_counter()
            process.stdin.write(json.dumps(asked).encode() + b"\n")
            process.stdin.flush()
            process.stdout.readline()
            times.append(time.perf_counter() - begun)
        process.stdin.close()
    line = f"a codec in the sandbox: {statistics.median(times) * 1000:.2f} ms a call"
    node = shutil.which("node")
    if node:
        other = subprocess.run([node, "-e", NODE, source], check=True, capture_output=True, text=True)
        line += f"; node with a fresh context (yardstick): {float(other.stdout):.2f} ms"
    print(line)


def hostile() -> int:
    """The longest that a hostile codec holds its caller, and the most memory that one takes; the targets missed."""
    sandbox = Sandbox()
    worst, name, escaped = 0.0, "", 0
    for what, source in HOSTILE.items():
        sandbox.decode(source="function Decoder() { return 1 }", payload=b"", f_port=1, received_at=NOON)
        begun = time.perf_counter()
        result = sandbox.decode(source=source, payload=b"\x01\xff", f_port=2, received_at=NOON)
        seconds = time.perf_counter() - begun
        escaped += not result.errors
        worst, name = max((worst, name), (seconds, what))
    right = [vector.is_met_by(decoded(vector, sandbox)) for vector in vectors_in(OWN)]
    sandbox.close()
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{sum(right)} of {len(right)} examples of codecs of several devices are decoded right")
    return (
        told(f"{len(HOSTILE)} hostile codecs, not stopped", escaped, "", 0)
        + told(f"the longest of them holds its caller ({name})", worst, "s", 0.25)
        + told("most memory of a codec's process", most, "MB", 64)
    )
