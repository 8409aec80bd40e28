"""Whole numbers of the command line."""

from __future__ import annotations

import argparse

import pytest

from offenraum.project.bounds import PORT, whole
from offenraum.project.commands import demo, rehearse, serve

Numbers = dict[str, int]


@pytest.mark.parametrize("text", ["1", "65535", " 80 "])
def test_port_is_read(text: str) -> None:
    assert PORT(text) == int(text)


@pytest.mark.parametrize("text", ["0", "65536", "-1", "", "many", "8e3", "9" * 5000])
def test_what_is_no_port_is_refused_with_its_bounds(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="must be a whole number from 1 to 65535"):
        PORT(text)


def test_bounds_may_be_below_zero() -> None:
    assert [whole(-2, -1)(text) for text in ("-2", "-1")] == [-2, -1]


@pytest.mark.parametrize(
    ("module", "flag", "wrong"),
    [
        (serve, "--port", "70000"), (serve, "--processes", "0"), (demo, "--port", "x"), (demo, "--people", "2001"),
        (demo, "--people", "-1"), (rehearse, "--people", "0"), (rehearse, "--seconds", "4"),
        (rehearse, "--processes", "65"),
    ],
)
def test_command_refuses_a_number_out_of_bounds_and_names_the_flag(
    module: object, flag: str, wrong: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        module.parse([flag, wrong])  # type: ignore[attr-defined]
    assert (ended.value.code, f"argument {flag}: must be a whole number from" in capsys.readouterr().err) == (2, True)
