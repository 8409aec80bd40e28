"""Services from files of others."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from django.utils import translation

from offenraum.answers.reading import Item, NotServices, read_map, read_services

MAP = {"name": "name", "text": "description"}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def reason(content: bytes, fields: dict[str, str] | None = None) -> str:
    with pytest.raises(NotServices) as refusal:
        read_services(content, fields or MAP)
    return str(refusal.value)


def test_json_is_read_wherever_its_list_is() -> None:
    entries = [{"name": " Pass ", "description": "<p>Im <b>Amt</b></p>", "meta": {"keywords": ["a", "b"]}, "id": 7}]
    for whole in (entries, {"meta": {"x": 1}, "data": entries}, {"data": {"services": entries}}):
        reading = read_services(json.dumps(whole).encode(), MAP | {"keywords": "meta.keywords", "mark": "id"})
        assert reading.items == (Item("7", "Pass", "Im Amt", "a, b"),)
        assert reading.faults == ()


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_csv_is_read_with_any_sign_and_encoding(sign: str, encoding: str) -> None:
    text = f"name{sign}description\r\nMüll{sign}\"Tonne{sign}\nSack\"\r\n"
    expected = Item("Müll", "Müll", f"Tonne{sign}".strip() + "\nSack")
    assert read_services(text.encode(encoding), MAP).items == (expected,)


@pytest.mark.parametrize(("content", "said"), [
    (b"", "no entries"), (b"[]", "no entries"), (b"{", "broken"), (b'[1, "x", null]', "no entries"),
    (b"\x81\x00\xff\xfe", "no text"), (b"name;text\nA;B\n", "description"), (b'[{"titel": "x"}]', "“name”"),
    (b"[" * 100_000, "broken"), (b"x" * 20_000_001, "larger"),
])
def test_file_without_services_is_refused_with_the_reason(content: bytes, said: str) -> None:
    assert said in reason(content)


def test_faults_name_entry_and_field() -> None:
    rows = [{"name": "", "description": "x"}, {"name": "A" * 201, "description": ""}, {"name": "B", "description": "y"},
            {"name": "B", "description": "z"}]
    faults = read_services(json.dumps(rows).encode(), MAP).faults
    told = [(fault.entry[:9], fault.field) for fault in faults]
    assert told == [("Entry 1", "mark"), ("Entry 1", "name"), ("AAAAAAAAA", "name"), ("B", "mark")]


@pytest.mark.parametrize(("text", "said"), [
    ("", "name="), ("text=x", "name="), ("name", "“name”"), ("titel=x", "“titel”"), ("name=a,text=", "“text”"),
])
def test_map_is_refused_with_the_reason(text: str, said: str) -> None:
    with pytest.raises(NotServices) as refusal:
        read_map(text)
    assert said in str(refusal.value)


def test_map_is_read() -> None:
    told = read_map("name=name, text=description.de\nlink=url")
    assert told == {"name": "name", "text": "description.de", "link": "url"}
