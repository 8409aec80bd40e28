"""The results of a day as a page, a PDF and data: what really was, nothing secret, nobody's name who decided."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from offenraum.barcamp.models import Topic
from offenraum.conference.models import Conference, Decision
from offenraum.gathering.actions.pads import hide_pad, take_change
from offenraum.gathering.actions.writing import count_heads, give_feedback
from offenraum.gathering.shared_text import change_to
from offenraum.programme.actions.draft import remove_placement
from tests.builders import close, open_a_round, publish, text_of
from tests.day import NOON, make_conference, make_seats, make_topic, set_clock, vote

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
EVENING = NOON + timedelta(hours=6)
AFTER_FIRST_SLOT = NOON + timedelta(minutes=110)


@pytest.fixture
def conference() -> Conference:
    """Two sessions in turn; the second moves to another room before it begins, the third falls out."""
    conference = set_clock(make_conference(), NOON)
    titles = ("Offene Haushalte", "=Sensoren", "Abgesagt")
    budget, sensors, off = (make_topic(conference, title, host="Ayşe") for title in titles)
    vote(budget, make_seats(conference, 6))
    close(open_a_round(conference, pitches=1))
    publish(conference, {budget: (1, 1), sensors: (2, 1), off: (3, 3)})
    for moving in (off, sensors):
        remove_placement(topic=moving, seen=moving.placement.version)
    publish(conference, {sensors: (2, 2)}, now=AFTER_FIRST_SLOT)
    return set_clock(conference, EVENING)


@pytest.fixture
def anybody() -> Client:
    return Client(headers={"accept-language": "de"})


def fill(conference: Conference) -> None:
    budget, *seats = Topic.objects.get(number=1), *conference.seats.all()
    take_change(topic=budget, seat=seats[0], change=change_to([], "# Ergebnis\n**Alle** <b>offen</b>"), now=NOON)
    count_heads(topic=budget, count=31, counted_by="Ayşe", now=NOON)
    for seat in seats[:5]:
        give_feedback(topic=budget, seat=seat, value=3, now=NOON)


def test_page_shows_the_day_as_it_was(conference: Conference, anybody: Client) -> None:
    fill(conference)
    answer = anybody.get("/kogk18/ergebnisse")
    page = text_of(answer)
    assert page.index("Offene Haushalte") < page.index("=Sensoren")
    assert "14:00 –14:45 · Raum 2" in page
    assert "Gezählte Köpfe: 31" in page
    assert "Sie hat mir viel gebracht: 5" in page
    assert "<strong>Alle</strong> &lt;b&gt;offen&lt;/b&gt;" in answer.content.decode()
    assert "Endgültig" in page


def test_session_that_fell_out_was_not_held(conference: Conference, anybody: Client) -> None:
    sessions = anybody.get("/kogk18/daten/ergebnisse.json").json()["sessions"]
    assert [(one["number"], one["room"]) for one in sessions] == [(1, "Raum 1"), (2, "Raum 2")]


def test_data_hold_totals_and_withhold_small_ones(conference: Conference, anybody: Client) -> None:
    budget = Topic.objects.get(number=1)
    give_feedback(topic=budget, seat=conference.seats.all()[0], value=1, now=NOON)
    data = anybody.get("/kogk18/daten/ergebnisse.json").json()
    assert (data["edition"], data["is_final"]) == (2, True)
    assert data["sessions"][0]["feedback"] == {"answers": 1, "counts": {}}
    assert data["tallies"][0] == {"number": 1, "title": "Offene Haushalte", "total": 6, "is_estimate": False}
    rows = anybody.get("/kogk18/daten/stimmen.csv").content.decode("utf-8-sig").splitlines()
    assert rows[:3] == ["number,title,total,is_estimate", "1,Offene Haushalte,6,0", "2,'=Sensoren,0,0"]


def test_log_tells_role_and_reason_but_no_name(conference: Conference, anybody: Client) -> None:
    shared = {"conference": conference, "made_by": "Mia Muster", "role": "moderator", "made_at": NOON}
    Decision.objects.create(verb="day_withdraw", reason="Zug verpasst", **shared)
    Decision.objects.create(verb="count_hands", reason="geheim", **shared)
    for address in ("ergebnisse", "daten/ergebnisse.json"):
        page = anybody.get(f"/kogk18/{address}").content.decode()
        assert "Zug verpasst" in page
        assert "Mia Muster" not in page
        assert "geheim" not in page
    assert "Moderation" in text_of(anybody.get("/kogk18/ergebnisse"))


def test_pdf_is_accessible_and_holds_the_notes(conference: Conference, anybody: Client) -> None:
    fill(conference)
    answer = anybody.get("/kogk18/ergebnisse.pdf")
    reader = PdfReader(BytesIO(answer.content))
    text = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    for words in ("Ergebnisse: Konferenz kogk18", "Fassung 2", "Offene Haushalte", "Gezählte Köpfe: 31", "**Alle**"):
        assert words in text
    root = reader.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("de", True)
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_hidden_notes_and_open_votes_stay_away(conference: Conference, anybody: Client) -> None:
    fill(conference)
    hide_pad(topic=Topic.objects.get(number=1), now=NOON)
    second = set_clock(make_conference("offen"), NOON)
    vote(make_topic(second, "Noch offen"), make_seats(second, 3))
    open_a_round(second, pitches=1)
    assert "Alle" not in anybody.get("/kogk18/daten/ergebnisse.json").json()["sessions"][0]["notes"]
    assert anybody.get("/offen/daten/ergebnisse.json").json()["tallies"] == []
    assert "3" not in text_of(anybody.get("/offen/ergebnisse")).partition("Ergebnisse")[2].partition("Impressum")[0]


def test_before_the_day_there_is_a_page_that_says_so(conference: Conference, anybody: Client) -> None:
    make_conference("morgen")
    assert "Sobald die Sessions begonnen haben" in text_of(anybody.get("/morgen/ergebnisse"))
    assert anybody.get("/morgen/ergebnisse.pdf").content.startswith(b"%PDF")
