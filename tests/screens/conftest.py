"""Conferences at every moment of their day, on one server."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import Hall
from tests.journeys.stage import Stage
from tests.servers import Server

TITLES = [
    "Offene Haushalte, die jemand versteht", "LoRaWAN im Dorf", "Chatbots im Bürgerbüro",
    "Donaudampfschifffahrtsgesellschaftsdatenschutzbeauftragte", "Wer pflegt die Daten, wenn das Projekt vorbei ist?",
    "Beteiligung ohne die üblichen Verdächtigen", "Ratsinformation als offene Daten", "Pegel messen mit Schülern",
    "Einfache Sprache im Amt", "Was kostet Open Source wirklich – und wen fragt man danach in der Kämmerei?",
    "GovBot", "Karten für alle", "Datenkatalog", "Digitale Dörfer",
]
MOMENTS = ["collecting", "pitching", "last call", "closed", "draft", "published"]


@pytest.fixture(scope="session")
def halls(journey_server: Server, process_behind: Stage, chromium: Browser) -> Callable[[str], Hall]:
    """The hall at a moment, set up when it is first asked for."""
    known: dict[str, Hall] = {}

    def hall_at(moment: str) -> Hall:
        if moment not in known:
            known[moment] = Hall.new(journey_server, process_behind, chromium, topics=TITLES)
            known[moment].stage("reach", moment=moment)
        return known[moment]

    return hall_at


@pytest.fixture
def open_hall(halls: Callable[[str], Hall]) -> Iterator[Callable[[str], Hall]]:
    """The hall at a moment; the windows that a test opens in it are closed afterwards."""
    used: list[Hall] = []

    def hall_at(moment: str) -> Hall:
        used.append(halls(moment))
        return used[-1]

    yield hall_at
    for hall in used:
        for context in hall.contexts:
            context.close()
        hall.contexts.clear()
