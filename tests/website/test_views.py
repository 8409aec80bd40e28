"""The public pages of a conference: empty, filled, hidden, in English; comments and messages about barriers."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

from offenraum.conference.models import Conference, Speaker, Talk
from offenraum.post.models import Letter
from offenraum.project.clearing import Done, clear_conference
from offenraum.registration.models import RegistrationSettings
from offenraum.website.actions.contents import publish_conference, tell
from offenraum.website.actions.letters import tell_readers
from offenraum.website.forms import stamp
from offenraum.website.models import Comment, News, Page, Picture, Portrait, Remark, Site, Subscriber
from offenraum.website.queries import key_of
from tests.builders import text_of
from tests.day import NOON, make_conference, make_member, set_clock
from tests.people.sign_in import sign_in as sign_in_account
from tests.website.contents import fill

pytestmark = pytest.mark.django_db
PAGES = ["/personen", "/partner", "/anreise", "/faq", "/neues", "/leichte-sprache", "/gebaerdensprache", "/impressum",
         "/barrierefreiheit", "/einbetten/programm", "/"]


@pytest.fixture
def conference() -> Conference:
    return set_clock(make_conference(), NOON)


def test_empty_pages_say_what_will_stand_there(conference: Conference, client: Client) -> None:
    for page in PAGES:
        answer = client.get(f"/{conference.slug}{page}", headers={"accept-language": "de"})
        assert (page, answer.status_code) == (page, 200)
    assert "Noch nichts Neues" in text_of(client.get(f"/{conference.slug}/neues"))
    assert Conference.objects.get().menu == []


def test_filled_pages_show_it_in_both_languages(conference: Conference, client: Client) -> None:
    news = fill(conference)
    speaker, talk = Speaker.objects.get(), Talk.objects.get(title="Offenheit")
    seen = {page: client.get(f"/{conference.slug}{page}") for page in PAGES}
    assert "<strong>Bahn</strong>" in seen["/anreise"].content.decode()
    start = text_of(seen["/"])
    for words in ("Dr. Jana Beispiel", "Offenheit", "Ausgebucht", "Stadt Köln", "Anreise", "Markt"):
        assert words in start
    english = {"cookie": "sprache=en"}
    assert "By train" in text_of(client.get(f"/{conference.slug}/anreise", headers=english))
    assert "Openness" in text_of(client.get(f"/{conference.slug}/programmpunkt/{talk.pk}", headers=english))
    assert "Sold out" in text_of(client.get(f"/{conference.slug}/neues/{news.pk}", headers=english))
    assert "JB" in text_of(client.get(f"/{conference.slug}/personen/{speaker.pk}"))
    page = client.get(f"/{conference.slug}/seiten/markt").content.decode()
    assert "&lt;b&gt;Hallo" in page
    assert 'href="javascript' not in page


def test_text_that_is_german_only_says_so_on_english_pages(conference: Conference, client: Client) -> None:
    fill(conference)
    page = f"/{conference.slug}/seiten/markt"
    english = client.get(page, headers={"cookie": "sprache=en"}).content.decode()
    assert '<h1>Market</h1><div class="prose" lang="de">' in english
    assert ' lang="de">' not in client.get(page).content.decode().partition("</main>")[0].partition("<main")[2]
    travel = client.get(f"/{conference.slug}/anreise", headers={"cookie": "sprache=en"}).content.decode()
    assert '<div class="prose"><p>By <strong>train' in travel
    assert '<div class="prose" lang="de"><p>Aufzug' in travel


def test_draft_and_future_news_are_not_there(conference: Conference, client: Client) -> None:
    draft = News.objects.create(conference=conference, title="Entwurf 7", text="x")
    tomorrow = NOON + timedelta(days=1)
    later = News.objects.create(conference=conference, title="Morgen 7", text="x", published_at=tomorrow)
    Page.objects.create(conference=conference, slug="intern", title="Intern 7", text="x", is_public=False)
    paths = (f"/neues/{draft.pk}", f"/neues/{later.pk}", "/seiten/intern")
    assert [client.get(f"/{conference.slug}{path}").status_code for path in paths] == [404, 404, 404]
    tell(conference)
    pages = "".join(text_of(client.get(f"/{conference.slug}{path}")) for path in ("/", "/neues"))
    assert [title for title in ("Entwurf 7", "Morgen 7", "Intern 7") if title in pages] == []


def send(client: Client, news: News, **more: object) -> HttpResponse:
    values = {"name": "Dirk", "email": "dirk@example.org", "text": "Schade.", "key": uuid.uuid4()}
    address = f"/{news.conference.slug}/neues/{news.pk}/kommentar"
    return client.post(address, values | {"since": stamp(age=30)} | more)


def test_comments_are_off_until_an_organiser_opens_them(conference: Conference, client: Client) -> None:
    news = fill(conference)
    assert send(client, news).status_code == 404
    Site.objects.update(takes_comments=True)
    assert send(client, news).status_code == 302
    News.objects.update(takes_comments=False)
    assert send(client, news).status_code == 404


def test_comment_is_shown_reported_and_hidden_but_its_address_never(conference: Conference, client: Client) -> None:
    news = fill(conference)
    Site.objects.update(takes_comments=True)
    key = uuid.uuid4()
    send(client, news, key=key)
    send(client, news, key=key)
    send(client, news, text="Mehr unter https://example.org")
    refused = send(client, news, homepage="http://spam", text="Mein langer Text")
    assert (refused.status_code, "Mein langer Text" in refused.content.decode()) == (422, True)
    page = client.get(f"/{conference.slug}/neues/{news.pk}").content.decode()
    assert (page.count("Schade."), "Mehr unter" in page, "dirk@" in page) == (1, False, False)
    shown, held = Comment.objects.order_by("pk")
    assert held.state == "held"
    client.post(f"/{conference.slug}/neues/kommentar/{shown.pk}/melden", {"reason": "Grob"})
    organiser = sign_in_account(make_member(conference, "organiser"), second_factor=True)
    inbox = text_of(organiser.get(f"/{conference.slug}/regie/zuschriften"))
    assert "Grob" in inbox
    assert "dirk@example.org" in inbox
    organiser.post(f"/{conference.slug}/regie/zuschriften/kommentar/{shown.pk}/verbergen")
    organiser.post(f"/{conference.slug}/regie/zuschriften/kommentar/{held.pk}/zeigen")
    page = client.get(f"/{conference.slug}/neues/{news.pk}").content.decode()
    assert ("Schade." in page, "Mehr unter" in page) == (False, True)


def test_barrier_reaches_the_organisers_and_is_settled(conference: Conference, client: Client) -> None:
    values = {"text": "Kein Alternativtext", "key": uuid.uuid4(), "since": stamp(age=30), "place": "Start"}
    assert client.post(f"/{conference.slug}/barrierefreiheit/melden", values).status_code == 302
    organiser = sign_in_account(make_member(conference, "organiser"), second_factor=True)
    assert "Kein Alternativtext" in text_of(organiser.get(f"/{conference.slug}/regie/zuschriften"))
    organiser.post(f"/{conference.slug}/regie/zuschriften/barriere/{Remark.objects.get().pk}")
    assert Remark.objects.get().done_at is not None


def test_statement_tells_the_last_check_and_what_the_content_lacks(conference: Conference, client: Client) -> None:
    page, german = f"/{conference.slug}/barrierefreiheit", {"accept-language": "de"}
    Talk.objects.update(title_en="Planning")
    empty = text_of(client.get(page, headers=german))
    for words in ("noch nicht eingetragen", "keinen Text über die Konferenz in", "kein Video in Gebärdensprache"):
        assert words in empty
    assert "nur auf Deutsch" not in empty
    fill(conference)
    Site.objects.update(checked_on=date(2018, 8, 1), result="partial", gaps="Der **Lageplan** ist ein Bild.")
    Picture.objects.create(conference=conference, digest="0" * 32, width=1, height=1, alt="Jana", uploaded_at=NOON)
    filled = text_of(client.get(page, headers=german))
    for words in (
        "1. August 2018", "teilweise", "Der Lageplan ist ein Bild.", "Stand 4. September 2018",
        "4 Texte gibt es nur auf Deutsch.", "1 Bild ist nur auf Deutsch beschrieben.",
    ):
        assert words in filled
    assert "Gebärdensprache." not in filled


def test_hidden_conference_is_there_only_for_those_who_run_it(conference: Conference, client: Client) -> None:
    publish_conference(conference=conference, is_public=False)
    pages = ["/", "/programm", "/themen", "/personen", "/einbetten/programm", "/daten/ergebnisse.json"]
    assert {client.get(f"/{conference.slug}{page}").status_code for page in pages} == {404}
    assert conference.title not in text_of(client.get("/"))
    member = sign_in_account(make_member(conference, "moderator"))
    assert member.get(f"/{conference.slug}/").status_code == 200


def test_own_domain_begins_with_its_conference(conference: Conference, client: Client, settings: object) -> None:
    settings.ALLOWED_HOSTS = ["*"]  # type: ignore[attr-defined]
    Conference.objects.update(domain="konferenz.example.de")
    own = {"host": "konferenz.example.de"}
    assert conference.title in text_of(client.get("/", headers=own))
    assert client.get("/programm?lang=en", headers=own)["Location"] == f"/{conference.slug}/programm?lang=en"
    assert client.get(f"/{conference.slug}/programm", headers=own).status_code == 200
    assert client.get("/programm/").status_code == 404


def test_only_the_embedded_programme_may_be_framed_by_named_sites(conference: Conference, client: Client) -> None:
    address = f"/{conference.slug}/einbetten/programm"
    closed = client.get(address)
    assert ("frame-ancestors 'none'" in closed["Content-Security-Policy"], closed["X-Frame-Options"]) == (True, "DENY")
    Site.objects.create(conference=conference, frame_hosts="https://www.koeln.de")
    opened, other = client.get(address), client.get(f"/{conference.slug}/programm")
    assert "frame-ancestors https://www.koeln.de;" in opened["Content-Security-Policy"] + ";"
    assert ("X-Frame-Options" in opened, "<script" in opened.content.decode()) == (False, False)
    assert "frame-ancestors 'none'" in other["Content-Security-Policy"]
    assert "iframe" in client.get(f"{address}.js").content.decode()


def test_conferences_are_listed_with_their_archive(client: Client) -> None:
    for slug in ("kogk18", "kogk19"):
        make_conference(slug)
    page = text_of(client.get("/", headers={"accept-language": "de"}))
    assert "Archiv" in page
    assert "Konferenz kogk19" in page


def test_colours_are_a_style_sheet_of_their_own(conference: Conference, client: Client) -> None:
    Conference.objects.update(colour="#E2001A", second_colour="#ffcc00")
    assert "/farben/e2001a-ffcc00.css" in client.get(f"/{conference.slug}/").content.decode()
    sheet = client.get("/farben/e2001a-ffcc00.css")
    assert (sheet["Content-Type"], "immutable" in sheet["Cache-Control"]) == ("text/css; charset=utf-8", True)
    assert client.get("/farben/red.css").status_code == 404


def test_letter_goes_only_to_whoever_confirms_the_address(conference: Conference, client: Client) -> None:
    address = f"/{conference.slug}/brief"
    values = {"email": "Leo@Example.org", "key": uuid.uuid4(), "since": stamp(age=30)}
    for _twice in range(2):
        assert client.post(address, values).status_code == 302
    asked = Letter.objects.get(scope=conference.slug)
    assert (asked.kind, asked.recipient) == ("subscribe", "leo@example.org")
    link = f"{address}/{key_of(Subscriber.objects.get())}"
    assert link in asked.text
    assert client.get(link).status_code == 200
    assert tell_readers(conference=conference, now=NOON) == 0
    client.post(link, {"verb": "confirm"})
    for _twice in range(2):
        assert tell_readers(conference=conference, now=NOON) == 1
    assert Letter.objects.filter(kind="opened").count() == 1
    assert Client(enforce_csrf_checks=True).post(link, {"List-Unsubscribe": "One-Click"}).status_code == 204
    assert (Subscriber.objects.count(), client.get(link).status_code) == (0, 404)
    assert client.get(f"{address}/{link[-20:]}").status_code == 404


def test_start_page_follows_the_phase(conference: Conference, client: Client) -> None:
    german = {"accept-language": "de"}
    book = RegistrationSettings.objects.create(
        conference=conference, places=1, opens_at=NOON - timedelta(days=20), closes_at=NOON - timedelta(days=1)
    )
    seen = {}
    for days in (30, 10, 0, -1):
        set_clock(conference, NOON - timedelta(days=days))
        seen[days] = text_of(client.get(f"/{conference.slug}/", headers=german))
    told = {30: "Termin vormerken", 10: "Anmelden", 0: "Was jetzt läuft", -1: "Ergebnisse des Tages"}
    assert {days: words for days, words in told.items() if words not in seen[days]} == {}
    RegistrationSettings.objects.filter(pk=book.pk).update(places=0)
    set_clock(conference, NOON - timedelta(days=10))
    assert "Auf die Warteliste" in text_of(client.get(f"/{conference.slug}/", headers=german))


def test_clock_deletes_addresses_messages_and_photos(conference: Conference) -> None:
    news = fill(conference)
    picture = Picture.objects.create(
        conference=conference, digest="0" * 32, width=1, height=1, alt="Jana", uploaded_at=NOON
    )
    Portrait.objects.create(speaker=Speaker.objects.get(), picture=picture, consented_at=NOON)
    Comment.objects.create(news=news, key=uuid.uuid4(), name="Dirk", email="d@example.org", text="Aha", written_at=NOON)
    Remark.objects.create(conference=conference, key=uuid.uuid4(), text="Stufe", email="d@example.org", sent_at=NOON)
    Subscriber.objects.create(conference=conference, email="d@example.org", asked_at=NOON)
    done: Done = {}
    clear_conference(conference, now=NOON + timedelta(days=10), done=done)
    assert (Remark.objects.count(), Subscriber.objects.count()) == (1, 1)
    clear_conference(conference, now=NOON + timedelta(days=200), done=done)
    left = [model.objects.count() for model in (Remark, Subscriber, Portrait, Picture)]
    assert (left, Comment.objects.get().email, Speaker.objects.count()) == ([0, 0, 0, 0], "", 1)


def test_hidden_conference_is_in_no_list_of_programs(conference: Conference, client: Client) -> None:
    def listed() -> list[str]:
        return [one["address"] for one in client.get("/api/v1/conferences").json()["items"]]

    assert listed() == ["kogk18"]
    publish_conference(conference=conference, is_public=False)
    assert listed() == []
    assert client.get("/kogk18/export/programme.ics").status_code == 404
