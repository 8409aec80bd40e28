"""Codecs of several devices give what their makers say, here and in node."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from offenraum.sensors.sandbox import Sandbox
from tests.sensors.published import OWN, SETTING, Vector, decoded, decoded_by_node, vectors_in

VECTORS = list(vectors_in(OWN))


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    made = Sandbox()
    yield made
    made.close()


@pytest.mark.parametrize("vector", VECTORS, ids=str)
def test_codec_gives_what_its_maker_says(sandbox: Sandbox, vector: Vector) -> None:
    assert vector.is_met_by(decoded(vector, sandbox)), decoded(vector, sandbox)


def test_every_codec_has_its_examples_and_node_agrees() -> None:
    assert {vector.codec for vector in VECTORS} == set(OWN.glob("*.js"))
    judged = [(vector, decoded_by_node(vector)) for vector in VECTORS[::4]]
    assert [str(vector) for vector, told in judged if told and not vector.is_met_by(told)] == []


def test_wrong_result_meets_no_example(sandbox: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("function decodeUplink(i) { return { data: { level: i.bytes[0], no: true } } }")
    example = "  - {description: x, input: {fPort: 1, bytes: [7]}, output: {data: {level: %s, no: true}}}\n"
    lines = ["uplinkDecoder:\n", "  fileName: a.js\n", "  examples:\n", *(example % level for level in (7, 8, "no"))]
    (tmp_path / "a.yaml").write_text("".join(lines))
    (tmp_path / "broken.yaml").write_text("a: [")
    (tmp_path / "other.yaml").write_text("- 1\n")
    met = [vector.is_met_by(decoded(vector, sandbox)) for vector in vectors_in(tmp_path)]
    assert met == [True, False, False]


def test_public_codecs_decode_here_wherever_node_decodes_them(sandbox: Sandbox) -> None:
    folder = os.environ.get(SETTING, "")
    if not folder:
        pytest.skip(f"{SETTING} names no copy of TheThingsNetwork/lorawan-devices")
    vectors = list(vectors_in(Path(folder)))
    missed = [vector for vector in vectors if not vector.is_met_by(decoded(vector, sandbox))]
    ours = [vector for vector in missed if (told := decoded_by_node(vector)) and vector.is_met_by(told)]
    assert len(vectors) > 0
    assert [str(vector) for vector in ours] == []
    assert len(missed) <= len(vectors) // 50
