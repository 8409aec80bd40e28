"""Organisers edit everything on the product's own pages; what is wrong is named and what was typed stays."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from offenraum.conference.models import Conference, Day, Member, Room, Slot, Speaker, Talk
from offenraum.conference.queries import now_of
from offenraum.organise.kinds import KINDS
from offenraum.organise.parts import PARTS
from offenraum.organise.queries import tasks_of
from offenraum.website.models import News, Page, Partner, Picture, Portrait, Site
from tests.builders import publish, text_of
from tests.day import NOON, make_conference, make_member, make_topic, set_clock
from tests.people.sign_in import sign_in as sign_in_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference() -> Conference:
    return set_clock(make_conference(), NOON - timedelta(days=30))


@pytest.fixture
def organiser(conference: Conference) -> Client:
    client = Client(headers={"accept-language": "de"})
    return sign_in_account(make_member(conference, Member.Role.ORGANISER), second_factor=True, client=client)


def send(client: Client, path: str, **values: object) -> HttpResponse:
    return client.post(f"/kogk18/regie/{path}", values)


def png(name: str = "bild.png", *, colour: str = "red") -> SimpleUploadedFile:
    written = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(written, "PNG")
    return SimpleUploadedFile(name, written.getvalue())


def day_of(conference: Conference) -> str:
    return str(Day.objects.get(conference=conference).pk)


def test_every_kind_has_a_list_an_empty_form_and_each_part_a_form(organiser: Client) -> None:
    pages = [f"inhalte/{kind}{path}" for kind in KINDS for path in ("", "/neu")]
    pages += [f"angaben/{part}" for part in PARTS] + ["einrichten", "zuschriften"]
    assert {organiser.get(f"/kogk18/regie/{page}").status_code for page in pages} == {200}
    assert organiser.get("/kogk18/regie/inhalte/raketen").status_code == 404
    assert organiser.get("/kogk18/regie/angaben/raketen").status_code == 404


def test_page_is_previewed_kept_changed_and_deleted(organiser: Client, client: Client) -> None:
    typed = {"title": "Aufruf", "title_en": "Call", "slug": "aufruf", "position": 1}
    typed["text"] = "## Los\n\n**Kommen** Sie."
    shown = send(organiser, "inhalte/seiten/neu", preview="1", is_public="on", **typed).content.decode()
    assert "<strong>Kommen</strong>" in shown
    assert Page.objects.count() == 0
    assert send(organiser, "inhalte/seiten/neu", is_public="on", **typed).status_code == 302
    assert "Kommen Sie." in text_of(client.get("/kogk18/seiten/aufruf"))
    assert Conference.objects.get().menu == [["seiten/aufruf", "Aufruf", "Call"]]
    again = send(organiser, "inhalte/seiten/neu", **typed)
    assert (again.status_code, "So einen Eintrag gibt es schon" in text_of(again)) == (422, True)
    page = Page.objects.get()
    send(organiser, f"inhalte/seiten/{page.pk}", **(typed | {"text": "Vorbei"}))
    assert client.get("/kogk18/seiten/aufruf").status_code == 404
    assert send(organiser, f"inhalte/seiten/{page.pk}/entfernen").status_code == 302
    assert (Page.objects.count(), Conference.objects.get().menu) == (0, [])


def test_slots_and_talks_begin_in_the_time_of_the_conference(organiser: Client, conference: Conference) -> None:
    day = day_of(conference)
    assert send(organiser, "inhalte/zeitfenster/neu", day=day, begins="15:45", minutes=30).status_code == 302
    slot = Slot.objects.get(conference=conference, number=4)
    assert slot.starts_at == NOON + timedelta(hours=3, minutes=45)
    assert slot.follows == Slot.objects.get(conference=conference, number=3)
    double = send(organiser, "inhalte/zeitfenster/neu", day=day, begins="15:45", minutes=30)
    assert (double.status_code, "15:45" in double.content.decode()) == (422, True)
    wrong = send(organiser, "inhalte/zeitfenster/neu", day=day, begins="25:99", minutes=30)
    assert "Eine Uhrzeit sieht so aus" in text_of(wrong)
    speaker = Speaker.objects.create(conference=conference, name="Jana")
    typed = {"kind": "keynote", "title": "Offenheit", "day": day, "begins": "10:00", "minutes": 30}
    assert send(organiser, "inhalte/programmpunkte/neu", speakers=[speaker.pk], **typed).status_code == 302
    talk = Talk.objects.get(title="Offenheit")
    assert (talk.starts_at, [*talk.speakers.all()]) == (NOON - timedelta(hours=2), [speaker])


def test_room_of_the_plan_stays(organiser: Client, conference: Conference) -> None:
    typed = {"name": "Keller", "places": 12, "equipment": ["projector"], "position": 9}
    assert send(organiser, "inhalte/raeume/neu", **typed).status_code == 302
    keller = Room.objects.get(name="Keller")
    assert send(organiser, f"inhalte/raeume/{keller.pk}/entfernen").status_code == 302
    publish(conference, {make_topic(conference): (1, 1)})
    room = Room.objects.get(conference=conference, position=1)
    assert send(organiser, f"inhalte/raeume/{room.pk}/entfernen").status_code == 409
    assert Room.objects.filter(pk=room.pk).exists()


def test_photo_needs_consent_and_words_and_goes_with_the_consent(
    organiser: Client, conference: Conference, settings: object, tmp_path: object
) -> None:
    settings.DATA = tmp_path  # type: ignore[attr-defined]
    refused = send(organiser, "inhalte/personen/neu", name="Jana", upload=png())
    assert (refused.status_code, Speaker.objects.count()) == (422, 0)
    assert "Ein Foto zeigen wir nur" in text_of(refused)
    assert "Bitte beschreiben Sie" in text_of(refused)
    values = {"name": "Jana", "upload": png(), "alt": "Jana am Pult", "has_consent": "on"}
    assert send(organiser, "inhalte/personen/neu", **values).status_code == 302
    picture = Portrait.objects.get().picture
    files = sorted(path.name for path in tmp_path.rglob("*.webp"))  # type: ignore[attr-defined]
    assert files == [f"{picture.digest}-small.webp", f"{picture.digest}.webp"]
    speaker = Speaker.objects.get()
    assert "Jana am Pult" in organiser.get(f"/kogk18/personen/{speaker.pk}").content.decode()
    send(organiser, f"inhalte/personen/{speaker.pk}", name="Jana", alt="Jana am Pult")
    assert (Portrait.objects.count(), Picture.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("upload", "told"),
    [
        (SimpleUploadedFile("a.svg", b"<svg onload='alert(1)'/>"), "SVG-Dateien"),
        (SimpleUploadedFile("a.png", b"kein Bild"), "nicht als Bild lesen"),
    ],
)
def test_file_that_is_no_picture_is_refused_and_the_typed_text_stays(
    organiser: Client, upload: SimpleUploadedFile, told: str
) -> None:
    values = {"kind": "partner", "name": "Stadt Köln", "position": 1, "alt": "Wappen"}
    answer = send(organiser, "inhalte/partner/neu", upload=upload, **values)
    assert (answer.status_code, told in text_of(answer), Partner.objects.count()) == (422, True, 0)
    assert 'value="Stadt Köln"' in answer.content.decode()


def test_news_is_a_draft_until_its_time(organiser: Client, client: Client) -> None:
    send(organiser, "inhalte/neues/neu", title="Bald", text="Text")
    assert "Noch nichts Neues" in text_of(client.get("/kogk18/neues", headers={"accept-language": "de"}))
    news = News.objects.get()
    send(organiser, f"inhalte/neues/{news.pk}", title="Jetzt", text="Text", published_at="2018-08-01T10:00")
    assert "Jetzt" in text_of(client.get("/kogk18/neues"))


def test_colours_frames_and_domain_are_checked(organiser: Client, conference: Conference) -> None:
    assert send(organiser, "angaben/gestaltung", colour="#E2001A").status_code == 302
    assert Conference.objects.get().colour == "#E2001A"
    assert "Eine Farbe sieht so aus" in text_of(send(organiser, "angaben/gestaltung", colour="rot"))
    assert "zuerst eine Hauptfarbe" in text_of(send(organiser, "angaben/gestaltung", second_colour="#ffcc00"))
    assert send(organiser, "angaben/besuch", frame_hosts="www.koeln.de").status_code == 302
    assert Site.objects.get().frame_hosts == "https://www.koeln.de"
    assert "keine Adresse einer Website: *" in text_of(send(organiser, "angaben/besuch", frame_hosts="*"))
    provider = {"data_licence": "cc-by", "contributor": "stadtKoeln"}
    assert "So eine Adresse sieht so aus" in text_of(send(organiser, "angaben/daten", **provider))
    typed = {"title": "K", "short_title": "K", "domain": "fremd.example.org"}
    assert "nicht erlaubt" in text_of(send(organiser, "angaben/konferenz", **typed))


def test_conference_goes_from_nothing_to_a_published_page(organiser: Client, client: Client) -> None:
    made = organiser.post("/konto/neu", {"title": "Neu 2027", "slug": "neu27", "day": "2027-05-04"})
    assert made["Location"] == "/neu27/regie/einrichten"
    assert client.get("/neu27/").status_code == 404
    early = organiser.post("/neu27/regie/einrichten/zeigen", {"public": "1"}, follow=True)
    assert "Es fehlt noch etwas" in text_of(early)
    basics = {"title": "Neu 2027", "short_title": "Neu", "about": "Worum es geht", "city": "Köln"}
    organiser.post("/neu27/regie/angaben/konferenz", basics)
    organiser.post("/neu27/regie/angaben/rechtliches", {"imprint": "Stadt Köln"})
    organiser.post("/neu27/regie/einrichten/zeigen", {"public": "1"})
    assert "Dienstag, 4. Mai 2027" in text_of(client.get("/neu27/", headers={"accept-language": "de"}))
    organiser.post("/neu27/regie/einrichten/zeigen", {"public": "0"})
    assert client.get("/neu27/").status_code == 404


@pytest.mark.parametrize(("days", "is_done"), [(0, True), (366, True), (367, False), (None, False)])
def test_statement_of_accessibility_is_a_task_again_after_a_year(
    conference: Conference, days: int | None, is_done: bool
) -> None:
    today = now_of(conference).date()
    Site.objects.create(conference=conference, checked_on=None if days is None else today - timedelta(days=days))
    (task,) = [one for one in tasks_of(conference) if one.address.endswith("/angaben/barrierefreiheit")]
    assert task.is_done == is_done


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"slug": "konto"}, "Adresse von Offenraum"), ({"slug": "kogk18"}, "schon eine Konferenz"),
        ({"day": "1900-01-01"}, "Jahr zwischen"),
    ],
)
def test_new_conference_names_what_is_wrong(organiser: Client, values: dict[str, str], told: str) -> None:
    answer = organiser.post("/konto/neu", {"title": "Neu", "slug": "neu", "day": "2027-05-04"} | values)
    assert (answer.status_code, told in text_of(answer)) == (422, True)


def test_template_gives_places_times_and_texts_but_no_people(organiser: Client, conference: Conference) -> None:
    Conference.objects.update(about="Worum es geht", colour="#112233", domain="alt.example.de")
    speaker = Speaker.objects.create(conference=conference, name="Jana")
    Talk.objects.get(conference=conference).speakers.add(speaker)
    Site.objects.create(conference=conference, travel="Mit der Bahn")
    Page.objects.create(conference=conference, slug="markt", title="Markt", text="Text")
    News.objects.create(conference=conference, title="Alt", text="Alt")
    organiser.post("/konto/neu", {"title": "Nächstes", "slug": "kogk19", "day": "2019-03-05", "template": "kogk18"})
    made = Conference.objects.get(slug="kogk19")
    assert (made.title, made.about, made.colour) == ("Nächstes", "Worum es geht", "#112233")
    assert (made.domain, made.is_hidden) == ("", True)
    assert [day.date for day in made.days.all()] == [date(2019, 3, 5)]
    first = made.slots.order_by("starts_at")[0].starts_at.astimezone(made.zone)
    assert f"{first:%d.%m.%Y %H:%M}" == "05.03.2019 13:00"
    assert [room.name for room in made.rooms.all()] == ["Raum 1", "Raum 2", "Raum 3"]
    assert (made.speakers.count(), made.news.count(), made.talks.get().speakers.count()) == (0, 0, 0)
    assert (made.site.travel, made.pages.get().slug, made.members.count()) == ("Mit der Bahn", "markt", 1)
    assert Conference.objects.get(slug="kogk18").days.get().date == date(2018, 9, 4)
