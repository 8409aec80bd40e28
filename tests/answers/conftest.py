"""A conference with a published session, a sensor, a stand, pages and services, and an editor."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from offenraum.answers.actions import import_services
from offenraum.answers.reading import Item
from offenraum.barcamp.models import Topic
from offenraum.conference.actions.team import add_member
from offenraum.conference.models import Conference, Room
from offenraum.market.actions.stands import make_stand
from offenraum.people.actions import create_account
from offenraum.sensors.actions.devices import keep_device, make_network
from offenraum.sensors.models import Channel, Device
from offenraum.website.models import Faq, Page
from tests.builders import publish
from tests.day import NOON, make_conference, make_topic, set_clock
from tests.people.sign_in import sign_in as sign_in_account

BEGUN = NOON + timedelta(minutes=65)
"""13:05, when the first slot runs."""

SERVICES = (
    Item("1", "Personalausweis beantragen", "Den Ausweis beantragen Sie im Bürgerbüro. Er kostet 37 Euro.", "Perso"),
    Item("2", "Fahrzeug abmelden", "Bringen Sie den Fahrzeugschein und die Kennzeichen mit.", "Auto, Kfz"),
    Item("3", "Sperrmüll", "Sperrmüll holen wir zweimal im Jahr kostenlos ab.", "Möbel, Sofa"),
    Item("4", "Hundesteuer", "Melden Sie Ihren Hund innerhalb von zwei Wochen an.", "Hund"),
)


@pytest.fixture
def conference() -> Conference:
    return set_clock(make_conference(), BEGUN)


@pytest.fixture
def services(conference: Conference) -> None:
    import_services(conference=conference, source="Stadt Muster", items=SERVICES, now=NOON)


@pytest.fixture
def session(conference: Conference) -> Topic:
    topic = make_topic(conference, "LoRaWAN für Dörfer")
    Topic.objects.filter(pk=topic.pk).update(state=Topic.State.RELEASED, about="Ein Funknetz für Sensoren.")
    topic.refresh_from_db()
    publish(conference, {topic: (1, 2)})
    return topic


@pytest.fixture
def device(conference: Conference) -> Device:
    network, _secret = make_network(conference=conference, name="Netz", kind="json", now=NOON)
    device = Device(conference=conference, network=network, identity="d1", name="Pegel Rodderbach", owner="OK Lab")
    device.heard_at = BEGUN
    kept = keep_device(device=device)
    Channel.objects.create(
        device=kept, key="x", name="Wasserstand", unit="cm", decimals=0, value=93, warn=160, alarm=200,
        measured_at=BEGUN,
    )
    return kept


@pytest.fixture
def website(conference: Conference) -> None:
    Faq.objects.create(
        conference=conference, question="Was kostet die Teilnahme?", question_en="What does it cost?",
        answer="Die Teilnahme ist kostenlos.", answer_en="Taking part is free.",
    )
    Page.objects.create(conference=conference, slug="geheim", title="Kantine", text="Nudeln", is_public=False)
    Room.objects.filter(conference=conference, position=2).update(way="Erster Stock, links")
    make_stand(conference=conference, title="Digitale Parkbank", email="", now=NOON)


@pytest.fixture
def ayse(conference: Conference) -> Client:
    account = create_account(email="ayse@example.org", name="Ayşe", password=None)
    add_member(conference=conference, account=account, role="organiser")
    return sign_in_account(account, second_factor=True, client=Client(headers={"accept-language": "de"}))


@pytest.fixture
def clara() -> Client:
    return Client(headers={"accept-language": "de"})
