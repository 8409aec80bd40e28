"""The question desk of the demonstration: services of a town that does not exist, and what an editor has added."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final

from offenraum.answers.actions import import_services, keep_pin, keep_synonym, note_unanswered
from offenraum.answers.models import Pin
from offenraum.answers.reading import Item
from offenraum.conference.models import Conference
from offenraum.project.demo import day

FILE: Final = Path(__file__).with_name("services.toml")
SOURCE: Final = "Stadt Rodderbach (erfunden)"
QUESTIONS: Final = "Gibt es WLAN?\nWie komme ich ins Internet?\nIs there wifi?"
WIFI: Final = (
    "Das Netz heißt „KOGK18“. Ein Passwort brauchen Sie nicht.\nThe network is “KOGK18”. You need no password."
)
UNANSWERED: Final = ("Wo kann ich mein Handy laden?", "Gibt es veganes Mittagessen?")


def create_question_desk(conference: Conference) -> None:
    """Services, a synonym, a pinned answer, and two questions that wait for an editor."""
    read = tomllib.loads(FILE.read_text(encoding="utf-8"))["service"]
    items = [Item(mark=one["name"], name=one["name"], text=one["text"], keywords=one["keywords"]) for one in read]
    import_services(conference=conference, source=SOURCE, items=items, now=day.at(8, 0))
    keep_synonym(conference=conference, word="rodder", means="Rodderbach Wasserstand Pegel")
    told = {"questions": QUESTIONS, "title": "WLAN", "text": WIFI}
    keep_pin(pin=Pin(conference=conference, made_at=day.at(8, 0), **told), now=day.at(8, 0))
    for text in UNANSWERED:
        note_unanswered(conference=conference, text=text, now=day.at(9, 15))
