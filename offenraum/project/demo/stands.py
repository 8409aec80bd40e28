"""The market of the demonstration: eight stands as the announcement has them, a floor plan, demonstrations, a vote."""

from __future__ import annotations

import io
import tomllib
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from PIL import Image, ImageDraw

from offenraum.conference.models import Conference
from offenraum.market.actions.stands import add_demos, keep_plan, make_stand
from offenraum.market.actions.votes import make_vote, set_vote_state
from offenraum.market.models import Stand, StandQuestion, StandWish
from offenraum.project.demo import day
from offenraum.seats.models import Seat
from offenraum.website.pictures import make_picture

SOURCE: Final = Path(__file__).parent / "stands.toml"
FLOOR_ALT: Final = "Grundriss des Foyers: oben und unten je vier Tische, links der Eingang, rechts die Treppe zum Saal"
FLOOR_ALT_EN: Final = "Plan of the foyer: four tables above and below, the entrance left, the stairs to the hall right"
APART: Final = {"x", "y", "wishes", "device"}
QUESTION: Final = "Was passiert mit den Werten, wenn die Batterie leer ist?"
ANSWER: Final = "Die Seite zeigt dann „Keine Daten seit …“. Wir bekommen eine Nachricht und tauschen die Batterie."


def create_market(conference: Conference) -> None:
    """Stands with all that visitors have left at them until the day."""
    weeks_before = day.at(9, 0) - timedelta(days=14)
    seats = list(Seat.objects.filter(conference=conference).order_by("number"))
    for told in tomllib.loads(SOURCE.read_text())["stand"]:
        stand = make_stand(conference=conference, title=told["title"], email="", now=weeks_before)
        describe(stand, told)
        wishes = [StandWish(stand=stand, seat=seat, wished_at=weeks_before) for seat in seats[: told["wishes"]]]
        StandWish.objects.bulk_create(wishes)
    floor = make_picture(drawn_floor())
    keep_plan(conference=conference, made=floor, alt=FLOOR_ALT, alt_en=FLOOR_ALT_EN, now=weeks_before)
    for number, hour in ((1, 14), (4, 14), (5, 15)):
        stand = Stand.objects.get(conference=conference, number=number)
        add_demos(stand=stand, starts_at=day.at(hour, 20), minutes=10, count=4, places=6)
    asked = Stand.objects.get(conference=conference, number=4)
    StandQuestion.objects.create(
        stand=asked, key=uuid.uuid4(), text=QUESTION, answer=ANSWER, asked_at=weeks_before, answered_at=weeks_before,
    )
    create_vote(conference)


def describe(stand: Stand, told: dict[str, Any]) -> None:
    """Fill in what the exhibitor would, and the place on the floor."""
    for name in told.keys() - APART:
        setattr(stand, name, told[name])
    stand.x, stand.y = told["x"], told["y"]
    stand.save()


def create_vote(conference: Conference) -> None:
    names = list(Stand.objects.filter(conference=conference).values_list("title", flat=True))
    vote = make_vote(
        conference=conference, question="Welches Projekt soll als nächstes in Ihre Kommune kommen?", dots=3, names=names
    )
    set_vote_state(vote=vote, state="open")


def drawn_floor() -> bytes:
    """A simple floor plan: the foyer with eight tables, the entrance and the stairs."""
    floor = Image.new("RGB", (1200, 600), "white")
    pen = ImageDraw.Draw(floor)
    pen.rectangle((20, 20, 1180, 580), outline="#171a2b", width=8)
    for left in (64, 364, 664, 964):
        for top in (100, 400):
            pen.rectangle((left, top, left + 160, top + 100), fill="#e8ecf6", outline="#5c6378", width=3)
    pen.rectangle((14, 260, 32, 340), fill="white")
    for step in range(6):
        pen.line((1090 + step * 14, 250, 1090 + step * 14, 350), fill="#5c6378", width=4)
    written = io.BytesIO()
    floor.save(written, "PNG")
    return written.getvalue()
