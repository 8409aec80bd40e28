"""Examples that makers publish beside their codecs, in the format of The Things Network's device repository."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from offenraum.sensors.codecs import Decoded
from offenraum.sensors.sandbox import Sandbox

OWN = Path(__file__).with_name("vectors")
SETTING = "TESTS_CODEC_VECTORS"
NOW = datetime(2018, 9, 4, 10, 0, tzinfo=UTC)
NODE = """
const vm = require('vm'), fs = require('fs'), a = JSON.parse(process.argv[1]), m = { exports: {} }
const c = vm.createContext({ module: m, exports: m.exports, require, console, Buffer })
let out
try {
  vm.runInContext(fs.readFileSync(a.codec, 'utf8'), c)
  const named = n => m.exports[n] || vm.runInContext(`typeof ${n} === 'function' ? ${n} : null`, c)
  const decode = named('decodeUplink')
  out = decode ? decode({ bytes: a.bytes, fPort: a.fPort, recvTime: new Date(a.time) })
    : named('Decoder') ? { data: named('Decoder')(a.bytes, a.fPort) } : { data: named('Decode')(a.fPort, a.bytes) }
} catch (error) { out = { errors: [String(error)] } }
console.log(JSON.stringify(out ?? {}))
"""


class PlainLoader(yaml.CSafeLoader):
    """YAML as scripts read it (version 1.2): times stay texts, and `no`, `on` and `off` are words."""


PlainLoader.yaml_implicit_resolvers = {
    sign: [(tag, form) for tag, form in known if tag not in {"tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool"}]
    for sign, known in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
for word in ("true", "false"):
    PlainLoader.yaml_implicit_resolvers.setdefault(word[0], []).append(
        ("tag:yaml.org,2002:bool", yaml.resolver.re.compile("^(?:true|false)$"))  # type: ignore[attr-defined]
    )


@dataclass(frozen=True)
class Vector:
    """What one codec shall make of one message."""

    codec: Path
    description: str
    payload: bytes
    f_port: int
    received_at: datetime
    data: Any
    has_errors: bool

    def __str__(self) -> str:
        return f"{self.codec.name}: {self.description}"

    def is_met_by(self, result: Decoded) -> bool:
        """Where an error is expected its words do not matter, and nothing else does."""
        if self.has_errors:
            return bool(result.errors)
        return not result.errors and plain(result.data) == plain(self.data)


def plain(data: Any) -> Any:
    """As it travels in JSON, where a whole number has no other form."""
    return json.loads(json.dumps(data, default=str))


def vectors_in(folder: Path) -> Iterator[Vector]:
    """All examples below a folder; a file that is no description of a codec has none."""
    for file in sorted(folder.rglob("*.y*ml")):
        try:
            told = yaml.load(file.read_text(encoding="utf-8"), PlainLoader)  # noqa: S506 - a safe loader
        except (yaml.YAMLError, UnicodeDecodeError, RecursionError):
            continue
        decoder = told.get("uplinkDecoder") if isinstance(told, dict) else None
        codec = file.with_name(str(decoder.get("fileName"))) if isinstance(decoder, dict) else None
        if codec and codec.is_file():
            yield from (vector_of(codec, example) for example in decoder.get("examples") or () if is_whole(example))


def is_whole(example: Any) -> bool:
    return isinstance(example, dict) and isinstance(example.get("input"), dict) and "bytes" in example["input"]


def vector_of(codec: Path, example: dict[str, Any]) -> Vector:
    asked, output = example["input"], example.get("output") or {}
    at = asked.get("recvTime")
    return Vector(
        codec=codec, description=str(example.get("description", "")), payload=bytes(asked["bytes"]),
        f_port=int(asked.get("fPort", 1)), received_at=datetime.fromisoformat(at) if at else NOW,
        data=output.get("data"), has_errors=bool(output.get("errors")),
    )


def decoded(vector: Vector, sandbox: Sandbox) -> Decoded:
    return sandbox.decode(
        source=vector.codec.read_text(encoding="utf-8"), payload=vector.payload, f_port=vector.f_port,
        received_at=vector.received_at,
    )


def decoded_by_node(vector: Vector) -> Decoded | None:
    """The yardstick; None where there is no node."""
    node = shutil.which("node")
    if node is None:
        return None
    asked = {
        "codec": str(vector.codec), "bytes": list(vector.payload), "fPort": vector.f_port,
        "time": vector.received_at.isoformat(),
    }
    told = subprocess.run(
        [node, "-e", NODE, json.dumps(asked)], check=False, capture_output=True, text=True, timeout=20,
        env={"TZ": "UTC"},
    )
    result = json.loads(told.stdout.splitlines()[-1]) if told.stdout.strip() else {"errors": ["node failed"]}
    return Decoded(result.get("data"), (), tuple(map(str, result.get("errors") or ())))
