"""The day of 4 September 2018: its real fixed programme, and rooms and slots invented for the demonstration."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

SLUG = "kogk18"
DATE = date(2018, 9, 4)
ZONE = ZoneInfo("Europe/Berlin")

TITLE = "Kommunale Open Government Konferenz NRW"
TITLE_EN = "Municipal Open Government Conference NRW"
SHORT_TITLE = "KOGK 2018"
VENUE = "Rautenstrauch-Joest-Museum"
STREET = "Cäcilienstraße 29–33"
CITY = "50667 Köln"
HOSTED_BY = (
    "Offene Kommunen.NRW, unterstützt von Open.NRW, den Städten Köln, Bonn und Düsseldorf und den Rechenzentren KDVZ, "
    "civitec und regio iT"
)
GRID_NOTE = "Räume und Zeiten nach 11:30 Uhr sowie alle Themen sind für diese Vorführung erfunden."
ABOUT = (
    "Das Programm des Nachmittags machen die Teilnehmenden selbst: Wer ein Thema, ein Projekt oder eine Frage "
    "mitbringt, stellt sie am Mittag vor. Finden sich genug Menschen, die mitreden wollen, kommt sie in den Plan. "
    "So entsteht vor aller Augen ein Programm, das zu dem passt, worüber heute gesprochen werden soll."
)
ABOUT_EN = (
    "The attendees make the programme of the afternoon themselves: whoever brings a topic, a project or a question "
    "presents it at noon. If enough people want to talk about it, it enters the plan. So a programme arises before "
    "the eyes of all that fits what people want to discuss today."
)


def at(hour: int, minute: int) -> datetime:
    """A time of the conference's day."""
    return datetime.combine(DATE, time(hour, minute), tzinfo=ZONE)


@dataclass(frozen=True, slots=True)
class FixedItem:
    """An item of the fixed programme; its speakers are real people, named in the announcement."""

    kind: str
    starts_at: datetime
    minutes: int
    title: str
    title_en: str
    speakers: tuple[str, ...] = ()
    is_in_the_hall: bool = True


FIXED = (
    FixedItem("doors", at(9, 0), 30, "Einlass", "Doors open", is_in_the_hall=False),
    FixedItem("greeting", at(9, 30), 15, "Begrüßung", "Greeting", ("Dr. Stephan Keller",)),
    FixedItem(
        "impulse", at(9, 45), 15, "Offenheit verpflichtet!", "Openness obliges!", ("Dr. Anke Knopp", "Dieter Hofmann")
    ),
    FixedItem(
        "keynote", at(10, 0), 30, "Bürgerfreundlich, offen, digital. Verwaltungskultur im Wandel",
        "Close to citizens, open, digital. A changing culture of administration", ("Christoph Dammermann",),
    ),
    FixedItem(
        "keynote", at(10, 30), 30, "It’s Openness, stupid!", "It’s Openness, stupid!", ("Franz-Reinhard Habbel",)
    ),
    FixedItem("impulse", at(11, 0), 30, "Anleitung zum Barcamp(ing)", "How to barcamp", ("Damian Paderta",)),
    FixedItem("pitch", at(11, 30), 45, "Sessionplanung", "Session planning"),
    FixedItem("break", at(13, 0), 40, "Mittagspause", "Lunch", is_in_the_hall=False),
    FixedItem("break", at(14, 40), 10, "Kaffeepause", "Coffee", is_in_the_hall=False),
    FixedItem("closing", at(16, 0), 30, "Abschluss", "Closing"),
)

POSITIONS = {"Dr. Stephan Keller": "Stadtdirektor der Stadt Köln", "Christoph Dammermann": "Staatssekretär"}


@dataclass(frozen=True, slots=True)
class InventedSlot:
    """A time for sessions; `follows` names the slot directly before it."""

    number: int
    starts_at: datetime
    minutes: int
    follows: int | None = None


SLOTS = (
    InventedSlot(1, at(12, 30), 30),
    InventedSlot(2, at(13, 40), 30),
    InventedSlot(3, at(14, 10), 30, follows=2),
    InventedSlot(4, at(14, 50), 30),
    InventedSlot(5, at(15, 30), 30),
)


@dataclass(frozen=True, slots=True)
class InventedRoom:
    """A room of the demonstration."""

    name: str
    places: int
    equipment: tuple[str, ...]
    way: str
    is_step_free: bool = True
    closed_in: tuple[int, ...] = ()


ROOMS = (
    InventedRoom("Großer Saal", 120, ("projector", "microphone", "power"), "Erdgeschoss, geradeaus"),
    InventedRoom("Galerie", 45, ("projector", "microphone"), "Erdgeschoss, links"),
    InventedRoom("Werkstatt", 36, ("projector", "flipchart", "power"), "Erdgeschoss, rechts", closed_in=(5,)),
    InventedRoom("Bibliothek", 30, ("projector", "flipchart"), "1. Stock, Aufzug"),
    InventedRoom("Atelier", 24, ("flipchart", "power"), "1. Stock, nur Treppe", is_step_free=False),
    InventedRoom("Dachzimmer", 18, ("flipchart",), "3. Stock, nur Treppe", is_step_free=False),
)
HALL = ROOMS[0].name
