"""The organiser's market: stands, floor plan, votes, prints, walls."""

from __future__ import annotations

import io
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from offenraum.conference.models import Conference
from offenraum.market.actions.stands import add_demos, keep_stand, make_stand
from offenraum.market.actions.votes import TooManyDots, give_dots, make_vote, set_vote_state
from offenraum.market.models import Dot, DotVote, Stand
from offenraum.sensors.actions.decoding import decode_new
from offenraum.sensors.actions.receiving import Incoming, receive
from offenraum.sensors.sandbox import Sandbox
from offenraum.sensors.uplinks import Uplink
from tests.builders import make_seat, text_of
from tests.day import NOON, set_clock
from tests.market.conftest import BEGUN
from tests.market.test_exhibitor import png
from tests.sensors.test_pages import device_in, level_of, made


@pytest.mark.django_db
def test_stand_is_prepared_placed_hidden_and_shown(conference: Conference, ayse: Client) -> None:
    desk, public = f"/{conference.slug}/regie/markt", Client(headers={"accept-language": "de"})
    assert ayse.post(f"{desk}/stand", {"title": "", "email": "keine"}).status_code == 422
    assert ayse.post(f"{desk}/stand", {"title": "Dorf", "email": "dorf@example.org"}).status_code == 302
    assert ayse.post(f"{desk}/plan", {"upload": png(), "alt": "Foyer"}).status_code == 302
    assert ayse.post(f"{desk}/1/platz", {"x": "500", "y": ""}).status_code == 422
    ayse.post(f"{desk}/1/platz", {"x": "500", "y": "250"})
    page = public.get(f"/{conference.slug}/markt").content.decode()
    assert 'cx="20" cy="7"' in page
    assert 'aria-label="Stand 1: Dorf"' in page
    ayse.post(f"{desk}/1/verbergen", {"hide": "1"})
    assert "Dorf" not in text_of(public.get(f"/{conference.slug}/markt"))
    assert public.get(f"/{conference.slug}/markt/1").status_code == 404
    ayse.post(f"{desk}/1/verbergen", {"hide": "0"})
    assert public.get(f"/{conference.slug}/markt/1").status_code == 200


@pytest.mark.django_db
@pytest.mark.postgres
def test_dots_are_given_within_bounds_and_counted_after_the_close(
    conference: Conference, bernd: Client, clara: Client, ayse: Client
) -> None:
    make_stand(conference=conference, title="Dorf", email="", now=NOON)
    desk = f"/{conference.slug}/regie/markt/abstimmung"
    assert ayse.post(desk, {"question": "Welches?", "dots": 3, "choices": "Dorf"}).status_code == 422
    ayse.post(desk, {"question": "Welches?", "dots": 3, "choices": "Dorf\nInsel\n"})
    vote = DotVote.objects.get()
    page = f"/{conference.slug}/markt/abstimmung/{vote.pk}"
    assert bernd.get(page).status_code == 404
    ayse.post(f"{desk}/{vote.pk}", {"state": "open"})
    village, island = (f"dots-{choice.pk}" for choice in vote.choices.all())
    assert bernd.post(page, {village: 2, island: 1}).status_code == 302
    assert clara.post(page, {village: 3, island: 1}).status_code == 422
    assert clara.post(page, {island: 3}).status_code == 302
    assert clara.post(page, {island: 2}).status_code == 302
    assert "Ergebnis" not in text_of(bernd.get(page)).replace("Das Ergebnis erscheint", "")
    ayse.post(f"{desk}/{vote.pk}", {"state": "closed"})
    shown = text_of(Client(headers={"accept-language": "de"}).get(page))
    assert "Insel 3 Dorf 2" in shown
    assert bernd.post(page, {village: 1}).status_code == 422
    assert Dot.objects.count() == 3


@pytest.mark.django_db
def test_only_people_who_are_here_give_dots_and_none_to_other_votes(conference: Conference) -> None:
    vote = make_vote(conference=conference, question="Welches?", dots=2, names=["A", "B"])
    other = make_vote(conference=conference, question="Anderes?", dots=2, names=["C", "D"])
    set_vote_state(vote=vote, state="open")
    seat = make_seat(conference, "Emil").seat
    foreign = other.choices.all()[0].pk
    give_dots(vote=vote, seat=seat, wanted={foreign: 2})
    assert Dot.objects.count() == 0
    with pytest.raises(TooManyDots):
        give_dots(vote=vote, seat=seat, wanted={choice.pk: 2 for choice in vote.choices.all()})


@pytest.mark.django_db
def test_prints_are_tagged_and_name_every_stand(conference: Conference, ayse: Client) -> None:
    desk = f"/{conference.slug}/regie/markt"
    ayse.post(f"{desk}/plan", {"upload": png(), "alt": "Foyer"})
    for title in ("Dorf", "Pegel 🐸 am Bach"):
        make_stand(conference=conference, title=title, email="", now=NOON)
    ayse.post(f"{desk}/1/platz", {"x": "500", "y": "250"})
    for address, pages in ((f"{desk}/tischkarten.pdf", 2), (f"/{conference.slug}/markt/plan.pdf", 1)):
        answer = ayse.get(address)
        read = PdfReader(io.BytesIO(answer.content))
        assert (answer["Content-Type"], len(read.pages)) == ("application/pdf", pages)
        text = "".join(page.extract_text() for page in read.pages)
        assert "Dorf" in text
        assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
        assert "pdfuaid" in read.trailer["/Root"]["/Metadata"].get_data().decode()


@pytest.mark.django_db
def test_wall_and_phones_show_the_market(conference: Conference, stand: Stand, ayse: Client) -> None:
    ayse.post(f"/{conference.slug}/regie/leinwaende/2", {"content": "market", "metres": "3"})
    assert "Pegel am Bach" in text_of(Client().get(f"/{conference.slug}/leinwand/2"))
    add_demos(stand=stand, starts_at=BEGUN + timedelta(minutes=10), minutes=5, count=1, places=2)
    shown = text_of(Client(headers={"accept-language": "de"}).get(f"/{conference.slug}/leinwand/2"))
    assert "Nächste Vorführungen" in shown
    assert "Stand 1 · 2 Plätze frei" in shown


@pytest.mark.django_db
def test_list_and_wall_show_what_a_sensor_measures_until_it_is_silent(
    conference: Conference, stand: Stand, ayse: Client
) -> None:
    ayse.post(f"/{conference.slug}/regie/leinwaende/2", {"content": "market", "metres": "3"})
    channel = level_of(device_in(made(conference, "json")[0], identity="a"), formula="")
    stand.device = channel.device
    keep_stand(stand=stand)
    german = Client(headers={"accept-language": "de"})

    def shown() -> list[str]:
        return [text_of(german.get(f"/{conference.slug}/{page}")) for page in ("markt", "leinwand/2")]

    assert not any("Wasserstand" in page for page in shown())
    message(conference, value=212, at=BEGUN - timedelta(minutes=3))
    lists, wall = shown()
    assert "Wasserstand 212 cm Alarm 13:02 · CC BY 4.0" in lists
    assert "1 Wasserstand 212 cm · Alarm Pegel am Bach" in wall
    set_clock(conference, BEGUN + timedelta(hours=2))
    assert not any("Wasserstand" in page for page in shown())


def message(conference: Conference, *, value: float, at: datetime) -> None:
    """One value comes in and is decoded."""
    uplink = Uplink("a", f"{at}", at, decoded={"distance": value})
    receive(Incoming(conference.networks.get(), [uplink], b"", at))
    assert decode_new(Sandbox()) == 1


@pytest.mark.django_db
def test_list_asks_the_database_as_often_for_three_stands_as_for_one(conference: Conference, stand: Stand) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection, ) as seen:
            assert Client().get(f"/{conference.slug}/markt").status_code == 200
        return len(seen)

    before = count()
    for title in ("Zwei", "Drei"):
        make_stand(conference=conference, title=title, email="", now=NOON)
    assert count() == before
