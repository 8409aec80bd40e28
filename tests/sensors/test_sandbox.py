"""Foreign codecs: right ones decode, hostile ones are stopped, and nobody else notices."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from offenraum.project.commands import decode as command
from offenraum.sensors.codecs import Decoded
from offenraum.sensors.sandbox import Sandbox
from tests.sensors.hostile import GOOD, HOSTILE

NOON = datetime(2018, 9, 4, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    made = Sandbox()
    yield made
    made.close()


def run(sandbox: Sandbox, source: str, payload: bytes = b"\x01\xff", function: str = "") -> Decoded:
    return sandbox.decode(source=source, payload=payload, f_port=2, received_at=NOON, function=function)


@pytest.mark.parametrize(
    ("source", "data"),
    [
        (GOOD, {"level": 255}),
        ("function decodeUplink(i) { return { data: { p: i.fPort, t: i.recvTime.getTime() } } }",
         {"p": 2, "t": 1536055200000}),
        ("function Decoder(bytes, port) { return { n: bytes.length, port } }", {"n": 2, "port": 2}),
        ("function Decode(fPort, bytes, variables) { return { n: bytes[0], p: fPort } }", {"n": 1, "p": 2}),
        ("const decodeUplink = i => ({ data: { b: Buffer.from(i.bytes).readUInt16BE(0) } })", {"b": 511}),
        ("module.exports.decodeUplink = i => ({ data: Buffer.from('ff01', 'hex').readInt16LE(0) })", 511),
        ("const { Buffer } = require('buffer'), console = 1; const decodeUplink = () => ({ data: Buffer.of(7)[0] })",
         7),
        ("function decodeUplink(i) { console.log(i); return { data: Buffer.from(i.bytes).toString('hex') } }", "01ff"),
    ],
)
def test_codecs_of_every_dialect_decode(sandbox: Sandbox, source: str, data: object) -> None:
    assert run(sandbox, source) == Decoded(data)


def test_warnings_and_errors_are_told(sandbox: Sandbox) -> None:
    told = run(sandbox, "function decodeUplink() { return { data: 1, warnings: ['low'], errors: ['bad'] } }")
    assert told == Decoded(1, ("low",), ("bad",))


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE)
def test_hostile_codec_is_stopped_and_the_next_one_decodes(sandbox: Sandbox, source: str) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert run(sandbox, source).errors
    assert run(sandbox, GOOD) == Decoded({"level": 255})
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss - before < 64 * 1024


def test_calls_know_nothing_of_each_other(sandbox: Sandbox) -> None:
    run(sandbox, "globalThis.secret = 7; Array.prototype.push = null;" + GOOD)
    assert run(sandbox, "const decodeUplink = () => ({ data: [typeof secret, typeof [].push] })").data == [
        "undefined", "function",
    ]


def test_killed_process_is_started_again(sandbox: Sandbox) -> None:
    assert run(sandbox, GOOD).data == {"level": 255}
    assert sandbox.process is not None
    sandbox.process.kill()
    sandbox.process.wait()
    assert run(sandbox, GOOD).data == {"level": 255}
    assert run(sandbox, "x" * 300_000).errors == ("the codec is larger than 256 KB",)


def test_command_prints_json_and_tells_errors_by_its_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    codec = tmp_path / "codec.js"
    codec.write_text(GOOD)
    asked = [str(codec), "--hex", "01ff", "--fport", "2", "--function", "decodeUplink", "--time", "2018-09-04T10:00Z"]
    assert command.main(asked) == 0
    assert capsys.readouterr().out == '{"data": {"level": 255}, "warnings": [], "errors": []}\n'
    codec.write_text("while (1) {}")
    assert command.main([str(codec), "--hex", ""]) == 1
    assert "interrupted" in capsys.readouterr().out
    assert command.main([str(tmp_path / "none.js"), "--hex", "00"]) == 2
    for wrong in (["--hex", "0"], ["--hex", "00", "--fport", "256"], ["--hex", "00", "--time", "gestern"]):
        with pytest.raises(SystemExit):
            command.main([str(codec), *wrong])
