"""What an operator may set: a wrong or unknown value stops the start and says which, and never tells a secret."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from offenraum.project.options import Options, OptionsError, read_options
from offenraum.project.settings import postgres


def read(folder: Path, **given: str) -> Options:
    return read_options({"OFFENRAUM_DATA": str(folder)} | {f"OFFENRAUM_{name.upper()}": v for name, v in given.items()})


def refusal(folder: Path, **given: str) -> str:
    with pytest.raises(OptionsError) as refused:
        read(folder, **given)
    return str(refused.value)


def test_nothing_given_leaves_every_default(tmp_path: Path) -> None:
    assert read(tmp_path) == Options(data=tmp_path)
    assert read_options({"PATH": "/bin", "offenraum_threads": "3"}) == Options()


def test_environment_goes_before_the_file_and_the_file_before_the_default(tmp_path: Path) -> None:
    given = 'threads = 3\nhosts = ["a.example", "b.example"]\noperator = "Köln"\n'
    (tmp_path / "offenraum.toml").write_text(given, encoding="utf-8")
    assert read(tmp_path, threads="5") == Options(
        data=tmp_path, threads=5, hosts=["a.example", "b.example"], operator="Köln"
    )


@pytest.mark.parametrize(
    ("written", "hosts"), [("a,b", ["a", "b"]), (" a , ,b,", ["a", "b"]), ("", []), ("[::1]", ["[::1]"])]
)
def test_list_is_written_with_commas(tmp_path: Path, written: str, hosts: list[str]) -> None:
    assert read(tmp_path, hosts=written).hosts == hosts


@pytest.mark.parametrize(
    ("name", "wrong", "right"),
    [
        ("threads", ["0", "65", "many", "1.5", ""], ["1", "64"]),
        ("connections", ["9", "100001"], ["10", "100000"]),
        ("body_megabytes", ["0", "201"], ["1", "200"]),
        ("bus", ["nats", "LOCAL", ""], ["auto", "local", "postgres", "redis"]),
        ("https", ["maybe", ""], ["true", "0"]),
        ("address", ["example.org", "ftp://example.org", "https://example.org/", "https://a b", "x https://a"],
         ["https://example.org", "http://127.0.0.1:8000"]),
        ("secret", ["x" * 201], ["x" * 200]),
        ("operator", ["x" * 1001], ["x" * 1000]),
        ("database", ["sqlite:///x", "mysql://h/x", "postgres://", "postgres://host", "postgres://host/", "host/name",
                      "postgres://h:many/n", "postgres://h:70000/n", "postgres://h:0/n", "postgres://h/n?sslmode=require",
                      "postgres://[h/n"],
         ["", "postgres://u:p%40ss@h:5433/n", "postgresql://h/n", "postgres:///n"]),
        ("mail", ["mail.example.org", "smtp://", "smtp://:25", "http://h", "smtp://h:many", "smtps://h:70000"],
         ["", "smtp://h", "smtp+tls://u:p%40ss@h:587", "smtps://[::1]"]),
    ],
)
def test_wrong_value_is_refused_by_name_and_a_right_one_is_taken(
    tmp_path: Path, name: str, wrong: list[str], right: list[str]
) -> None:
    for value in wrong:
        assert refusal(tmp_path, **{name: value}).startswith(f"Settings: OFFENRAUM_{name.upper()}: "), value
    for value in right:
        read(tmp_path, **{name: value})


def test_every_wrong_setting_is_named_at_once(tmp_path: Path) -> None:
    said = refusal(tmp_path, threads="0", bus="x", colour="red")
    assert [part.split(": ")[-2].strip() for part in said.split("; ")] == [
        "OFFENRAUM_BUS", "OFFENRAUM_THREADS", "OFFENRAUM_COLOUR",
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("database", "postgres://me:geheim/4711@host/name"), ("mail", "smtp://me:geheim/4711@host"),
        ("secret", "geheim" * 50),
    ],
)
def test_refusal_never_tells_a_secret(tmp_path: Path, name: str, value: str) -> None:
    assert "geheim" not in refusal(tmp_path, **{name: value})


@pytest.mark.parametrize("content", [b"\xff", b"threads =", b"threads = 1\nthreads = 2"])
def test_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "offenraum.toml").write_bytes(content)
    assert refusal(tmp_path).startswith(f"{tmp_path}/offenraum.toml: ")


@pytest.mark.parametrize("content", ["Threads = 3", "threads = [3]", "hosts = 'a'", "[live]\nbus = 'x'"])
def test_file_with_an_unknown_name_or_a_wrong_kind_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "offenraum.toml").write_text(content)
    assert refusal(tmp_path).startswith("Settings: OFFENRAUM_")


def test_options_cannot_be_changed_while_the_program_runs() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Options().threads = 3  # type: ignore[misc]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgres://me:p%40ss%2F@db.example:5433/b%20c", ("b c", "me", "p@ss/", "db.example", "5433")),
        ("postgresql://[::1]/name", ("name", "", "", "::1", "")),
        ("postgres:///name", ("name", "", "", "", "")),
    ],
)
def test_address_of_a_database_is_taken_apart(url: str, expected: tuple[str, ...]) -> None:
    read_parts: dict[str, Any] = postgres(url)
    assert tuple(read_parts[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")) == expected
