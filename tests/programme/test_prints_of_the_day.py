"""The prints of the day, read back: sizes, text, edition and time, tags and the mark of PDF/UA."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from django.utils import translation
from pypdf import PdfReader

from offenraum.barcamp.models import Topic
from offenraum.conference.models import Conference, Room, Slot, Speaker, Talk
from offenraum.programme.actions.draft import remove_placement
from offenraum.programme.prints.booklet import booklet_pdf
from offenraum.programme.prints.plan import NothingPublished, list_pdf, plan_pdf, rooms_pdf
from offenraum.programme.prints.plenary import ballots_pdf, cards_pdf
from tests.builders import publish
from tests.day import NOON, make_conference, make_topic, set_clock
from tests.hostile import TAKEN

pytestmark = pytest.mark.django_db
MM = 72 / 25.4
STAMP = "Fassung 1, 04.09.2018 12:37"


@pytest.fixture(autouse=True)
def _german() -> object:
    with translation.override("de"):
        yield


@pytest.fixture
def conference() -> Conference:
    """Three topics, two of them in the programme, one of these over two slots."""
    conference = set_clock(make_conference(), NOON)
    Slot.objects.filter(number=2).update(follows=Slot.objects.get(number=1))
    long, short = make_topic(conference, "Langes Thema", host="Ayşe", length=2), make_topic(conference, "Kurzes Thema")
    make_topic(conference, "Übriges Thema")
    publish(conference, {long: (1, 1), short: (3, 2)})
    return conference


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def texts(reader: PdfReader) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def sizes(reader: PdfReader) -> set[tuple[int, int]]:
    """Width and height of the pages in millimetres."""
    return {(round(float(p.mediabox.width) / MM), round(float(p.mediabox.height) / MM)) for p in reader.pages}


PRINTS: dict[str, tuple[Callable[[Conference], bytes], tuple[int, int]]] = {
    "A1": (lambda c: plan_pdf(c, paper="a1"), (841, 594)),
    "A3": (lambda c: plan_pdf(c, paper="a3"), (420, 297)),
    "rooms": (rooms_pdf, (210, 297)),
    "list": (list_pdf, (210, 297)),
    "booklet": (booklet_pdf, (210, 297)),
    "cards": (cards_pdf, (210, 148)),
    "ballots": (lambda c: ballots_pdf(c, seats=[7, 8]), (148, 210)),
    "large ballots": (lambda c: ballots_pdf(c, seats=[7], is_large=True), (210, 297)),
}


@pytest.mark.parametrize("name", PRINTS)
def test_print_has_its_size_its_stamp_and_is_accessible(conference: Conference, name: str) -> None:
    make, size = PRINTS[name]
    reader = read(make(conference))
    root = reader.trailer["/Root"]
    assert sizes(reader) == {size}
    assert all(STAMP in text for text in texts(reader))
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"], root["/ViewerPreferences"]["/DisplayDocTitle"]) == (
        "de", True, True
    )
    assert root["/StructTreeRoot"]["/K"]
    assert reader.metadata is not None
    assert str(reader.metadata.title).endswith("Konferenz kogk18")
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_poster_shows_times_rooms_and_double_sessions(conference: Conference) -> None:
    (text,) = texts(read(plan_pdf(conference, paper="a3")))
    for words in ("Raum 1 (200 Plätze)", "13:00–13:45", "14:00–14:45", "Langes Thema", "Ayşe", "Fortsetzung",
                  "Kurzes Thema", "Sessionplanung"):
        assert words in text
    assert "Übriges Thema" not in text


def test_poster_with_many_rooms_has_two_sheets(conference: Conference) -> None:
    for position in range(4, 11):
        Room.objects.create(conference=conference, name=f"Raum {position}", position=position, places=10)
    assert len(read(plan_pdf(conference, paper="a1")).pages) == 1
    publish(conference, {Topic.objects.get(title="Übriges Thema"): (2, 3)})
    assert len(read(plan_pdf(conference, paper="a1")).pages) == 2


def test_poster_has_a_strip_with_what_changed(conference: Conference) -> None:
    assert "Geändert seit" not in texts(read(plan_pdf(conference, paper="a3")))[0]
    publish(conference, {Topic.objects.get(title="Übriges Thema"): (2, 3)})
    (text,) = texts(read(plan_pdf(conference, paper="a3")))
    assert "Geändert seit Fassung 1, Stand 12:37 • Neu: „Übriges Thema“, 14:00, Raum 3." in text


def test_only_rooms_that_changed_are_printed_again(conference: Conference) -> None:
    assert len(read(rooms_pdf(conference)).pages) == 3
    assert len(read(rooms_pdf(conference, since=0)).pages) == 2
    with pytest.raises(NothingPublished):
        rooms_pdf(conference, since=1)
    short = Topic.objects.get(title="Kurzes Thema")
    remove_placement(topic=short, seen=short.placement.version)
    publish(conference, {Topic.objects.get(title="Übriges Thema"): (2, 3)})
    changed = texts(read(rooms_pdf(conference, since=1)))
    assert [text[:6] for text in changed] == ["Raum 2", "Raum 3"]
    assert "Hier ist keine Session." in changed[0]
    assert "Übriges Thema" in changed[1]


def test_list_goes_by_time(conference: Conference) -> None:
    (text,) = texts(read(list_pdf(conference)))
    assert text.index("13:00–14:45") < text.index("Langes Thema") < text.index("15:00–15:45") < text.index("Kurzes")


def test_card_shows_the_code_that_ballots_ask_for(conference: Conference) -> None:
    cards = texts(read(cards_pdf(conference)))
    assert [(text[:2], "Thema" in text) for text in cards] == [("1 ", True), ("2 ", True), ("3 ", True)]


def test_ballot_carries_the_number_of_the_seat_and_every_topic(conference: Conference) -> None:
    first, second = texts(read(ballots_pdf(conference, seats=[7, 8])))
    assert "Platznummer: 7" in first
    assert "Platznummer: 8" in second
    for words in ("1 Langes Thema", "2 Kurzes Thema", "3 Übriges Thema"):
        assert words in first


def test_ballot_to_be_copied_has_a_line_for_the_number(conference: Conference) -> None:
    (text,) = texts(read(ballots_pdf(conference, seats=[])))
    assert "Platznummer: Kreuzen" in text


def test_without_an_edition_there_is_no_plan_but_there_are_cards() -> None:
    empty = set_clock(make_conference("leer"), NOON)
    for make in (rooms_pdf, list_pdf):
        with pytest.raises(NothingPublished):
            make(empty)
    assert "Noch keine Themen." in texts(read(cards_pdf(empty)))[0]
    assert "Vor der ersten Fassung" in texts(read(ballots_pdf(empty, seats=[1])))[0]


@pytest.mark.parametrize("title", [title for title in TAKEN.values() if len(title) <= 80][:6])
def test_no_title_stops_a_print(conference: Conference, title: str) -> None:
    topic = make_topic(conference, title, host=title)
    publish(conference, {topic: (2, 2)})
    for make, _size in PRINTS.values():
        assert make(conference).startswith(b"%PDF")


def test_booklet_holds_fixed_points_and_sessions_with_people_rooms_and_texts(conference: Conference) -> None:
    Topic.objects.filter(title="Kurzes Thema").update(about="Wer zahlt?")
    talk = Talk.objects.get(conference=conference)
    hall = Room.objects.filter(conference=conference)[0]
    Talk.objects.filter(pk=talk.pk).update(about="Wie das **geht**.", room=hall)
    talk.speakers.add(Speaker.objects.create(conference=conference, name="Dr. Jana Beispiel"))
    Conference.objects.update(about="Ein Tag für *alle*.", city="50667 Köln")
    text = " ".join(texts(read(booklet_pdf(Conference.objects.get()))))
    for words in (
        "Ein Tag für alle.", "50667 Köln", "Dienstag, 4. September 2018", "12:00–12:50 Sessionplanung",
        "Dr. Jana Beispiel · Raum 1 Wie das geht.", "13:00–14:45 Langes Thema Ayşe · Raum 1",
        "15:00–15:45 Kurzes Thema", "Wer zahlt?", "Räume", "Raum 2: 40 Plätze, stufenlos",
    ):
        assert words in text
    assert "Übriges Thema" not in text


def test_booklet_before_the_first_edition_holds_the_fixed_programme() -> None:
    conference = set_clock(make_conference(), NOON)
    text = " ".join(texts(read(booklet_pdf(conference))))
    assert "12:00–12:50 Sessionplanung" in text
    assert "Vor der ersten Fassung, 04.09.2018 12:00" in text
    Talk.objects.all().delete()
    with pytest.raises(NothingPublished):
        booklet_pdf(conference)
