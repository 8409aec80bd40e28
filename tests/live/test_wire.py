"""Keys, tags and events as they travel."""

from __future__ import annotations

import gzip
import json
from base64 import b64decode

import pytest

from offenraum.live.wire import (
    NOTHING,
    Key,
    Part,
    Tag,
    WireError,
    beat,
    part_of_html,
    read_key,
    read_tag,
    read_tags,
    region_event,
    tags_text,
)


@pytest.mark.parametrize(
    "text", ["kogk18/themen/de/0", "kogk18/tuer/de-x-leicht/15/7", "a/programm/en/999/raum-1_b"]
)
def test_key_is_read_as_it_was_written(text: str) -> None:
    assert str(read_key(text)) == text


@pytest.mark.parametrize(
    "text",
    ["", "kogk18/themen/de", "kogk18/themen/de/x", "KOGK/themen/de/0", "kogk18/themen/de/0/", "kogk18/themen/de/0/a/b",
     "kogk18/themen/de/0/ä", "kogk18/themen/de/0/a\n", "../themen/de/0", "kogk18/themen/de/0000", "kogk18/themen/de/٣"],
)
def test_key_that_is_malformed_is_refused(text: str) -> None:
    with pytest.raises(WireError):
        read_key(text)


def test_key_names_the_element_of_the_page() -> None:
    assert [Key("k", "tuer", "de", 0, "7").element, Key("k", "themen", "de", 3).element] == ["tuer-7", "themen"]


def test_tag_of_a_younger_epoch_is_newer_than_any_count() -> None:
    assert NOTHING < Tag(5, 900) < Tag(6, 1) < Tag(6, 2)


def test_tags_are_read_as_they_were_written() -> None:
    tags = (Tag(0x18C2F, 31), NOTHING, Tag(1, 1))
    assert read_tags(tags_text(tags), 3) == tags


@pytest.mark.parametrize("text", ["", "1-1", "1-1.2-2.3-3", "x.y"])
def test_tags_of_another_page_are_unknown(text: str) -> None:
    assert read_tags(text, 2) == (NOTHING, NOTHING)


@pytest.mark.parametrize("text", ["", "-", "1", "1-", "1-g", "1-1-1", "1-" + "f" * 40])
def test_tag_that_is_malformed_is_older_than_everything(text: str) -> None:
    assert read_tag(text) == NOTHING


def test_region_event_carries_html_on_one_line() -> None:
    part = Part(Tag(10, 11), html="<p>\r\nä\n\n</p>")
    event = region_event(key=Key("k", "themen", "de"), part=part, within=0, id="a-b")
    assert event == (
        'event: region\nid: a-b\ndata: {"id":"themen","key":"k/themen/de/0","version":"a-b",'
        '"html":"<p>\\r\\nä\\n\\n</p>"}\n\n'
    ).encode()


def test_large_region_says_where_to_fetch() -> None:
    event = region_event(key=Key("k", "tuer", "de", 0, "7"), part=Part(Tag(10, 11)), within=250, id="a-b")
    assert json.loads(event.decode().split("data: ")[1]) == {
        "id": "tuer-7", "key": "k/tuer/de/0/7", "version": "a-b", "fetch": "/frag/k/tuer/de/0/7?v=a-b", "within": 250,
    }


def test_beat_is_a_named_event_with_all_versions() -> None:
    assert beat([Tag(1, 2), NOTHING]) == b"event: beat\nid: 1-2.0-0\ndata: 1-2.0-0\n\n"


def test_middle_sized_region_travels_packed_and_can_be_fetched() -> None:
    html = ("<li>Thema</li>" * 2000).encode()
    part = part_of_html(Tag(10, 11), html, lambda: gzip.compress(html))
    event = region_event(key=Key("k", "themen", "de"), part=part, within=3, id="a-b")
    told = json.loads(event.decode().split("data: ")[1])
    assert gzip.decompress(b64decode(told.pop("packed"))) == html
    assert told == {
        "id": "themen", "key": "k/themen/de/0", "version": "a-b", "fetch": "/frag/k/themen/de/0?v=a-b", "within": 3,
    }


@pytest.mark.parametrize(
    ("size", "forms"), [(0, ["html"]), (4096, ["html"]), (4097, ["packed"]), (9216, ["packed"]), (9217, [])]
)
def test_form_of_a_region_goes_by_its_size(size: int, forms: list[str]) -> None:
    part = part_of_html(Tag(1, 1), b"x" * size, lambda: b"y" * size)
    assert [name for name in ("html", "packed") if getattr(part, name) not in (None, "")] == (forms if size else [])
    assert (part.html is None) == (forms != ["html"])
