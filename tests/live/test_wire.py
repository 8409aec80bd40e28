"""Keys, tags and events as they travel."""

from __future__ import annotations

import json

import pytest

from offenraum.live.wire import (
    NOTHING,
    Key,
    Tag,
    WireError,
    beat,
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
    event = region_event(key=Key("k", "themen", "de"), tag=Tag(10, 11), html="<p>\r\nä\n\n</p>", within=0, id="a-b")
    assert event == (
        'event: region\nid: a-b\ndata: {"id":"themen","key":"k/themen/de/0","version":"a-b",'
        '"html":"<p>\\r\\nä\\n\\n</p>"}\n\n'
    ).encode()


def test_large_region_says_where_to_fetch() -> None:
    event = region_event(key=Key("k", "tuer", "de", 0, "7"), tag=Tag(10, 11), html=None, within=250, id="a-b")
    assert json.loads(event.decode().split("data: ")[1]) == {
        "id": "tuer-7", "key": "k/tuer/de/0/7", "version": "a-b", "fetch": "/frag/k/tuer/de/0/7?v=a-b", "within": 250,
    }


def test_beat_is_a_named_event_with_all_versions() -> None:
    assert beat([Tag(1, 2), NOTHING]) == b"event: beat\nid: 1-2.0-0\ndata: 1-2.0-0\n\n"
