from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bench.generate import SIZES, generate
from offenraum.planner.canonical import digest
from offenraum.planner.command import main
from tests.planner.problems import Document, document, topics

RUN = [sys.executable, "-c", "import sys; from offenraum.planner.command import main; sys.exit(main(sys.argv[1:]))"]


def write(folder: Path, problem: Document) -> Path:
    path = folder / "problem.json"
    path.write_text(json.dumps(problem))
    return path


def test_plan_command_writes_the_whole_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    problem = document(topics=topics(tea={"features": ["stage"]}))
    out = tmp_path / "plan.json"
    assert main([str(write(tmp_path, problem)), "--out", str(out), "--iterations", "500", "--seed", "7"]) == 0
    plan = json.loads(out.read_text())
    assert plan["input_hash"] == digest(problem)
    assert (plan["seed"], plan["objective"]) == (7, "sqrt")
    assert plan["unplaced"] == {"tea": {"reason": "no_room_has_features", "features": ["stage"]}}
    assert set(plan["placements"]) == {"bees", "maps", "wifi"}
    assert set(plan["score"]) >= {"sum", "sqrt", "people_with_nothing", "people_below_half"}
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert lines[-1]["share"] == 1.0
    assert lines[-1]["value"] == pytest.approx(plan["value"], abs=1e-6)


def test_plan_file_is_recounted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    problem, made, again = write(tmp_path, document()), tmp_path / "plan.json", tmp_path / "again.json"
    main([str(problem), "--out", str(made), "--iterations", "100"])
    assert main([str(problem), "--explain", str(made), "--out", str(again)]) == 0
    assert json.loads(capsys.readouterr().err.splitlines()[-1]) == {"recounted": True, "differences": []}
    stated = json.loads(made.read_text())
    stated["score"]["sum"] += 1
    made.write_text(json.dumps(stated | {"input_hash": "0" * 64}))
    assert main([str(problem), "--explain", str(made), "--out", str(again)]) == 1
    told = json.loads(capsys.readouterr().err.splitlines()[-1])
    assert told == {"recounted": True, "differences": ["input_hash", "score"]}


def test_plan_command_names_field_and_reason_and_exits_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "plan.json"
    assert main([str(write(tmp_path, document(now="noon"))), "--out", str(out)]) == 2
    assert json.loads(capsys.readouterr().err) == {"error": "'noon' is not the id of any slot", "field": "now"}
    assert not out.exists()


def test_plan_command_names_pins_that_cannot_hold_together(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pin = {"pin": {"slot": "ten", "room": "hall"}}
    problem = document(topics=topics(bees={"pin": {"slot": "eleven"}}, maps=pin, tea=pin))
    assert main([str(write(tmp_path, problem)), "--out", str(tmp_path / "plan.json")]) == 2
    assert json.loads(capsys.readouterr().err) == {
        "field": "topics[1].pin",
        "error": "the pins cannot hold together ('maps', 'tea'): maps and tea are both in room hall in slot ten.",
        "conflict": {
            "topics": ["maps", "tea"],
            "rules": [
                {"code": "room_taken",
                 "parameters": {"topic": "maps", "other": "tea", "slot": "ten", "room": "hall"}},
            ],
        },
    }


def test_plan_command_names_a_pin_that_a_rule_forbids(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    problem = document(topics=topics(bees={"pin": {"slot": "ten", "room": "nook"}, "features": ["beamer"]}))
    assert main([str(write(tmp_path, problem)), "--out", str(tmp_path / "plan.json")]) == 2
    assert json.loads(capsys.readouterr().err) == {
        "field": "topics[0].pin",
        "error": "the pin cannot hold ('bees'): bees needs beamer, which room nook does not have.",
        "conflict": {
            "topics": ["bees"],
            "rules": [
                {"code": "room_lacks",
                 "parameters": {"topic": "bees", "slot": "ten", "room": "nook", "features": "beamer"}},
            ],
        },
    }


@pytest.mark.parametrize("path", ["missing.json", "."])
def test_plan_command_says_when_the_problem_cannot_be_read(
    path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / path), "--out", str(tmp_path / "plan.json")]) == 2
    assert "cannot be read" in json.loads(capsys.readouterr().err)["error"]


def test_plan_command_says_when_the_plan_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "no" / "plan.json"
    assert main([str(write(tmp_path, document())), "--out", str(out), "--iterations", "0"]) == 2
    assert json.loads(capsys.readouterr().err.splitlines()[-1])["field"] == "--out"


def test_two_processes_make_the_same_plan(tmp_path: Path) -> None:
    problem = write(tmp_path, generate(SIZES["small"], 5))
    texts = []
    for number in range(2):
        out = tmp_path / f"plan{number}.json"
        command = [*RUN, str(problem), "--out", str(out), "--iterations", "20000", "--seed", "3"]
        subprocess.run(command, check=True, capture_output=True, env={"PYTHONHASHSEED": str(number)})
        texts.append(out.read_text())
    assert texts[0] == texts[1]


def test_sigterm_ends_the_run_with_the_best_plan_so_far(tmp_path: Path) -> None:
    out = tmp_path / "plan.json"
    problem = write(tmp_path, generate(SIZES["small"], 5))
    with subprocess.Popen(
        [*RUN, str(problem), "--out", str(out), "--seconds", "60"], stderr=subprocess.PIPE
    ) as running:
        assert running.stderr is not None
        running.stderr.readline()
        running.send_signal(signal.SIGTERM)
        assert running.wait(timeout=50) == 0, "before its time is over"
    assert len(json.loads(out.read_text())["placements"]) >= 25
