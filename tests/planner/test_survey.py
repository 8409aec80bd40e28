from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offenraum.planner.command import main
from offenraum.planner.problem import BrokenInput
from offenraum.planner.survey import Survey, read_survey
from offenraum.planner.venue import read_rooms, read_slots, read_weights

WISHES = Path(__file__).parents[3] / "shared" / "data" / "wishes"


def test_scores_become_wishes_by_the_three_highest_of_the_scale() -> None:
    table = b"Id,Name,Bees,Maps\n39438139,Ayse,10,7\n39438140,Bernd,,8\n39438141,Clara,9,1\n"
    assert read_survey(table) == Survey(
        topics=("Bees", "Maps"),
        people=(("row 2", {"Bees": 3}), ("row 3", {"Maps": 1}), ("row 4", {"Bees": 2})),
        left_out=("Id", "Name"),
    )


def test_scores_up_to_three_are_the_weights_themselves() -> None:
    assert read_survey(b"Bees;Maps\n3;1\n0;2\n").people == (
        ("row 2", {"Bees": 3, "Maps": 1}),
        ("row 3", {"Maps": 2}),
    )


def test_ranked_choices_become_wishes_in_the_order_of_the_choices() -> None:
    table = "\ufeffChoice 1\tChoice 2\tChoice 3\tChoice 4\nBees\tMaps\tTea\tWifi\n\tBees\t\t\n".encode()
    assert read_survey(table) == Survey(
        topics=("Bees", "Maps", "Tea", "Wifi"),
        people=(("row 2", {"Bees": 3, "Maps": 2, "Tea": 1}), ("row 3", {"Bees": 2})),
        left_out=(),
    )


def test_weights_of_the_command_line_replace_the_usual_ones() -> None:
    assert read_survey(b"Wahl 1,Wahl 2\nBees,Maps\n", {1: 1, 2: 1}).people == (("row 2", {"Bees": 1, "Maps": 1}),)


@pytest.mark.parametrize(
    ("table", "field", "reason"),
    [
        (b"", "wishes", "is empty"),
        (b"\xff\xfe", "wishes", "is not UTF-8 text (byte 0)"),
        (b"Name\nAyse\n", "wishes", "neither columns of scores"),
        (b"Bees\n8\n\n9\nten\n", "wishes row 5, 'Bees'", "'ten' is not a whole number from 0 to 100"),
        (b"Bees\n8\n9\n8,7\n", "wishes row 4", "has 2 cells, but there are 1 columns"),
        (b'Bees\n"8', "wishes", "is not a CSV table"),
    ],
)
def test_broken_table_is_named_by_row_and_column(table: bytes, field: str, reason: str) -> None:
    with pytest.raises(BrokenInput) as broken:
        read_survey(table)
    assert broken.value.field == field
    assert reason in broken.value.reason


@given(st.binary(max_size=200))
def test_any_bytes_are_a_survey_or_broken_input(source: bytes) -> None:
    try:
        survey = read_survey(source)
    except BrokenInput:
        return
    assert all(1 <= weight <= 3 for _, wishes in survey.people for weight in wishes.values())


def test_rooms_slots_and_weights_are_read_from_the_command_line() -> None:
    assert read_rooms("Saal=110, Nische=20") == [("Saal", 110), ("Nische", 20)]
    assert read_rooms("2x30,12") == [("room 1", 30), ("room 2", 30), ("room 3", 12)]
    assert read_slots("2") == ["slot 1", "slot 2"]
    assert read_slots("10:00, 10:45") == ["10:00", "10:45"]
    assert read_weights("8=1,10=3") == {8: 1, 10: 3}


@pytest.mark.parametrize(
    ("changed", "field", "reason"),
    [
        ({"--rooms": "many"}, "--rooms", "'many' is not a whole number from 0 to 1000000"),
        ({"--rooms": "Saal=2x10"}, "--rooms", "names one room and counts several"),
        ({"--rooms": "501x3"}, "--rooms", "'501' is not a whole number from 1 to 500"),
        ({"--slots": "0"}, "--slots", "'0' is not a whole number from 1 to 200"),
        ({"--slots": "a,a"}, "slots[1].id", "'a' is also the id of slots[0]"),
        ({"--weights": "8=4"}, "--weights", "'4' is not a whole number from 1 to 3"),
        ({"--rooms": None}, "--rooms", "is needed: a .csv of wishes has none"),
    ],
)
def test_plan_command_names_what_is_wrong_with_rooms_and_slots(
    changed: dict[str, str | None], field: str, reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "wishes.csv"
    table.write_text("Bees,Maps\n3,1\n")
    options = {"--rooms": "10", "--slots": "2", "--out": str(tmp_path / "plan.json")} | changed
    assert main([str(table), *(part for pair in options.items() if pair[1] for part in pair if part)]) == 2
    said = json.loads(capsys.readouterr().err)
    assert (said["field"], reason in said["error"]) == (field, True)


def test_plan_command_refuses_rooms_beside_a_problem_that_has_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    problem = tmp_path / "problem.json"
    problem.write_text("{}")
    assert main([str(problem), "--out", str(tmp_path / "plan.json"), "--rooms", "3"]) == 2
    assert json.loads(capsys.readouterr().err)["field"] == "--rooms"


def test_plan_command_plans_a_survey(tmp_path: Path) -> None:
    table, out = tmp_path / "wishes.csv", tmp_path / "plan.json"
    table.write_text("Name,Bees,Maps,Tea\nAyse,10,9,1\nBernd,10,1,9\n")
    options = ["--rooms", "Saal=2,Nische=1", "--slots", "früh,spät", "--iterations", "2000", "--objective", "sum"]
    assert main([str(table), "--out", str(out), *options]) == 0
    plan = json.loads(out.read_text())
    assert plan["score"]["sum"] == 10
    assert plan["placements"]["Bees"]["slot"] != plan["placements"]["Maps"]["slot"] == plan["placements"]["Tea"]["slot"]


@pytest.mark.skipif(not WISHES.is_dir(), reason="the real wishes lie outside the project, in ../shared")
@pytest.mark.parametrize(
    ("name", "topics", "people"), [("lambdaconf2015-survey.csv", 60, 110), ("slalom2018-selections.csv", 7, 405)]
)
def test_real_surveys_are_read(name: str, topics: int, people: int) -> None:
    survey = read_survey((WISHES / name).read_bytes())
    assert (len(survey.topics), len(survey.people)) == (topics, people)
