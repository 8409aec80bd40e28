"""A market and a question desk with one of everything: the stands of the demonstration, and what a day leaves."""

from __future__ import annotations

import uuid
from datetime import timedelta

from offenraum.answers.actions import import_services, judge_answer, keep_pin, keep_synonym, note_unanswered
from offenraum.answers.models import Pin, Service
from offenraum.conference.models import Conference, Wall
from offenraum.market.actions.stands import send_key
from offenraum.market.actions.visiting import ask, book, give_contact, report, wish
from offenraum.market.actions.votes import give_dots, make_vote, set_vote_state
from offenraum.market.models import DemoSlot, DotVote, Stand
from offenraum.project.demo.sensors import create_sensors
from offenraum.project.demo.stands import create_market
from offenraum.seats.models import Seat
from offenraum.sensors.actions.decoding import decode_new
from offenraum.sensors.actions.receiving import Incoming, receive
from offenraum.sensors.models import Channel, Codec, Network
from offenraum.sensors.sandbox import Sandbox
from offenraum.sensors.uplinks import Uplink
from tests.answers.conftest import SERVICES
from tests.day import NOON

PEGEL = "70b3d57ed0000001"
PAYLOADS = ("0e100105", "0e100ee0", "0e")
"""A level, one that cannot be, and a message that is cut off."""


def fill(conference: Conference) -> dict[str, str]:
    """Returns what stands in the addresses of its pages."""
    create_market(conference)
    secrets = create_sensors(conference)
    measure(conference)
    stand = Stand.objects.get(conference=conference, number=4)
    stand.email = "lab@example.org"
    stand.save()
    visit(stand)
    closed = make_vote(conference=conference, question="Welches Dorf?", dots=2, names=["Insel", stand.title])
    set_vote_state(vote=closed, state="open")
    seat = Seat.objects.filter(conference=conference).order_by("number")[0]
    give_dots(vote=closed, seat=seat, wanted={closed.choices.all()[0].pk: 2})
    set_vote_state(vote=closed, state="closed")
    Wall.objects.create(conference=conference, number=2, content="market", metres=3)
    channel = Channel.objects.get(device__conference=conference, name="Wasserstand")
    return {
        "vote": str(DotVote.objects.get(conference=conference, state="open").pk), "closed": str(closed.pk),
        "channel": str(channel.pk), "codec": str(Codec.objects.get(conference=conference).pk),
        "question": str(stand.questions.all()[0].pk), "secret": secrets["ttn"],
        "key": send_key(stand=stand, language="de", now=NOON), **ask_around(conference),
    }


def ask_around(conference: Conference) -> dict[str, str]:
    """The question desk with services, an answer of the editors, a word and a question that has no answer."""
    import_services(conference=conference, source="Stadt Muster", items=SERVICES, now=NOON)
    pin = Pin(conference=conference, questions="Gibt es WLAN?\nWie komme ich ins Netz?", title="WLAN", text="Ja.")
    pin.made_at = NOON
    keep_pin(pin=pin, now=NOON)
    keep_synonym(conference=conference, word="Fiffi", means="Hund")
    for question in ("Wo ist die Garderobe?", "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen?"):
        note_unanswered(conference=conference, text=question, now=NOON)
    judge_answer(conference=conference, text="Hundesteuer", is_helpful=False, now=NOON)
    return {"pin": str(pin.pk), "service": str(Service.objects.filter(conference=conference)[0].pk)}


def measure(conference: Conference) -> None:
    """Messages of the river's sensor, the newest a minute ago, one of a stranger; all decoded."""
    network = Network.objects.get(conference=conference, kind="ttn")
    moments = [NOON - timedelta(minutes=n) for n in range(1, len(PAYLOADS) + 1)]
    told = [
        Uplink(PEGEL, f"{n}", at, payload=bytes.fromhex(text), f_port=2)
        for n, (at, text) in enumerate(zip(moments, PAYLOADS, strict=True))
    ]
    receive(Incoming(network, [*told, Uplink("fremd-1", "f", NOON, payload=b"\x01")], b"{}", NOON))
    sandbox = Sandbox()
    while decode_new(sandbox):
        pass
    sandbox.close()


def visit(stand: Stand) -> None:
    """Two visitors leave what can be left."""
    first, second = Seat.objects.filter(conference=stand.conference).order_by("number")[:2]
    wish(stand=stand, seat=first, is_wished=True, now=NOON)
    for seat in (first, second):
        give_contact(
            stand=stand, seat=seat, name=seat.name, reach="bernd.beispiel@donaudampfschifffahrtsgesellschaft.example",
            purpose="Sensor ausleihen", now=NOON,
        )
    demo = DemoSlot.objects.filter(stand=stand).select_related("stand__conference")[0]
    book(demo=demo, seat=first, is_booked=True, now=NOON)
    question = ask(stand=stand, seat=second, text="Wie lange hält die Batterie?", key=uuid.uuid4(), now=NOON)
    report(stand=stand, question=question, seat=first, reason="Werbung", now=NOON)
