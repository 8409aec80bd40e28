"""The right to a stream."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import override_settings

from offenraum.live.tokens import LIFE_SECONDS, Grant, TokenError, encoded, read_token, stream_address, token_for
from offenraum.live.wire import Key, Tag

DESK = Key("kogk18", "regie", "de")
BOARD = Key("kogk18", "themen", "de", 3)
NOW = 1_000_000.0


def test_token_names_its_regions_in_order() -> None:
    assert read_token(token_for([BOARD, str(DESK), BOARD], NOW), NOW) == Grant((DESK, BOARD), int(NOW) + LIFE_SECONDS)


def test_token_is_over_after_its_life() -> None:
    token = token_for([BOARD], NOW)
    read_token(token, NOW + LIFE_SECONDS)
    with pytest.raises(TokenError):
        read_token(token, NOW + LIFE_SECONDS + 1)


def test_token_with_another_region_is_refused() -> None:
    body, mark = token_for([BOARD], NOW).split(".")
    other = encoded(f"{int(NOW) + LIFE_SECONDS}\n{DESK}".encode())
    assert body != other
    with pytest.raises(TokenError):
        read_token(f"{other}.{mark}", NOW)


@pytest.mark.parametrize("token", ["", ".", "a.b", "a.b.c", "ä.ö", "####.####", "A" * 100_000])
def test_token_that_is_damaged_is_refused(token: str) -> None:
    with pytest.raises(TokenError):
        read_token(token, NOW)


def test_token_of_another_installation_is_refused() -> None:
    with override_settings(SECRET_KEY="another"):
        token = token_for([BOARD], NOW)
    with pytest.raises(TokenError):
        read_token(token, NOW)


def test_stream_address_says_what_the_page_already_shows() -> None:
    address = urlsplit(stream_address(keys=[BOARD], tags=[Tag(10, 11)], now=NOW))
    query = parse_qs(address.query)
    shown = (address.path, query["since"], read_token(query["token"][0], NOW).keys)
    assert shown == ("/live/stream", ["a-b"], (BOARD,))
