"""The exhibitor's key and own pages."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import URLPattern, reverse
from PIL import Image

from offenraum.answers.queries.event import shown_stands, stand_passages
from offenraum.answers.queries.found import Asked
from offenraum.barcamp.actions.topics import withdraw_topic
from offenraum.barcamp.models import Topic
from offenraum.conference.models import Conference
from offenraum.market.actions.stands import MOST_MEDIA, TooMany, make_stand, make_topic
from offenraum.market.models import DemoSlot, Medium, Stand
from offenraum.market.urls import urlpatterns
from offenraum.post.models import Letter
from tests.builders import make_seat, new_key, sign_in, text_of
from tests.day import NOON

TEXT = {
    "title": "Pegel am Bach", "summary": "Warnt früh.", "status": "pilot", "cost": "low", "present": "9-12",
    "solution": "Misst **Wasser** <script>alert(1)</script>", "code_link": "https://example.org/code",
}


def png(colour: str = "navy") -> io.BytesIO:
    written = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(written, "PNG")
    written.name = "bild.png"
    written.seek(0)
    return written


@pytest.mark.django_db
def test_letter_brings_a_key_that_opens_one_stand_until_it_ends(stand: Stand, key: str, ayse: Client) -> None:
    desk = f"/{stand.conference.slug}/regie/markt/{stand.number}"
    other = make_stand(conference=stand.conference, title="Anderer", email="", now=NOON)
    letter = Letter.objects.get(kind="exhibitor_key")
    assert (letter.recipient, f"/markt/schluessel/{key}" in letter.text) == ("lab@example.org", True)
    browser = Client()
    assert browser.get(f"/{stand.conference.slug}/markt/schluessel/{key}").status_code == 200
    assert browser.get(f"{stand.address}/mein").status_code == 404
    browser.post(f"/{stand.conference.slug}/markt/schluessel/{key}")
    assert browser.get(f"{stand.address}/mein").status_code == 200
    pages = ("/mein", "/aendern", "/kontakte.csv", "/tischkarte.pdf")
    assert [browser.get(f"{other.address}{page}").status_code for page in pages] == [404] * 4
    assert browser.post(f"{other.address}/aendern", TEXT).status_code == 404
    assert ayse.post(f"{desk}/sperren").status_code == 302
    assert browser.get(f"{stand.address}/mein").status_code == 404
    assert browser.post(f"/{stand.conference.slug}/markt/schluessel/{key}").status_code == 410
    ayse.post(f"{desk}/brief")
    assert Letter.objects.filter(kind="exhibitor_key").count() == 2


@pytest.mark.django_db
def test_stand_is_prepared_before_the_conference_is_published(stand: Stand, key: str, bernd: Client) -> None:
    Conference.objects.update(is_hidden=True)
    market = f"/{stand.conference.slug}/markt"
    browser = Client(headers={"accept-language": "de"})
    assert browser.get(f"{market}/schluessel/falsch").status_code == 404
    assert browser.get(f"{market}/schluessel/{key}").status_code == 200
    browser.post(f"{market}/schluessel/{key}")
    assert "noch nicht veröffentlicht" in text_of(browser.get(f"{stand.address}/mein"))
    assert browser.post(f"{stand.address}/aendern", TEXT).status_code == 302
    assert "Warnt früh." in text_of(browser.get(stand.address))
    other = make_stand(conference=stand.conference, title="Anderer", email="", now=NOON)
    shut = [browser.get(market), browser.get(other.address), browser.get(f"{other.address}/mein")]
    shut += [bernd.get(f"{stand.address}{page}") for page in ("", "/mein", "/aendern", "/tischkarte.pdf", "/kontakt")]
    assert {answer.status_code for answer in shut} == {404}


@pytest.mark.django_db
@pytest.mark.parametrize("pattern", urlpatterns, ids=lambda one: one.name)
def test_nothing_of_the_market_is_there_for_others_before_the_conference_is_published(
    stand: Stand, bernd: Client, pattern: URLPattern
) -> None:
    Conference.objects.update(is_hidden=True)
    told = {"number": stand.number, "key": "x"}
    names = pattern.pattern.regex.groupindex
    address = reverse(pattern.name, kwargs={"slug": stand.conference.slug, **{n: told.get(n, 1) for n in names}})
    asked = [call(address) for browser in (Client(), bernd) for call in (browser.get, browser.post)]
    assert {answer.status_code for answer in asked} <= {404, 405}
    assert 404 in {answer.status_code for answer in asked}


@pytest.mark.django_db
def test_stand_is_described_in_plain_language(stand: Stand, exhibitor: Client) -> None:
    assert exhibitor.post(f"{stand.address}/aendern", TEXT).status_code == 302
    page = Client().get(stand.address).content.decode()
    assert "<strong>Wasser</strong>" in page
    assert "<script>alert" not in page
    assert "In Erprobung" in page


@pytest.mark.django_db
def test_stand_is_told_in_english_where_there_are_words_for_it(stand: Stand, exhibitor: Client) -> None:
    english = {"title_en": "Gauge at the brook", "summary_en": "Warns early.", "solution_en": "Measures **water**"}
    form = exhibitor.get(f"{stand.address}/aendern").content.decode()
    assert form.count('<div class="both">') == 5
    assert exhibitor.post(f"{stand.address}/aendern", {**TEXT, **english, "problem": "Flut"}).status_code == 302
    exhibitor.post(f"{stand.address}/bild", {"upload": png(), "alt": "Bach", "alt_en": "Brook"})
    reader = Client(headers={"accept-language": "en"})
    shown = reader.get(stand.address).content.decode()
    for word in ("Gauge at the brook", "Warns early.", "<strong>water</strong>", "Flut", 'alt="Brook"'):
        assert word in shown
    assert "Gauge at the brook Warns early." in text_of(reader.get(f"/{stand.conference.slug}/markt"))
    assert "Pegel am Bach Warnt früh." in text_of(exhibitor.get(f"/{stand.conference.slug}/markt"))
    (found,) = shown_stands(Asked(stand.conference, NOON), {stand.pk}).values()
    assert found.title == "Pegel am Bach"
    assert {one.language for one in stand_passages(stand.conference)} == {"de", "en"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("present", "morgens", "morgens"), ("code_link", "javascript:alert(1)", "Eine Adresse sieht so aus"),
        ("title", "", "erforderlich"), ("summary", "x" * 161, "160"), ("status", "fertig", "fertig"),
    ],
)
def test_faulty_description_names_field_and_reason_and_keeps_what_was_typed(
    stand: Stand, exhibitor: Client, field: str, typed: str, said: str
) -> None:
    answer = exhibitor.post(f"{stand.address}/aendern", {**TEXT, "problem": "Bleibt stehen.", field: typed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Bleibt stehen." in page
    assert said in page
    stand.refresh_from_db()
    assert stand.summary == ""


@pytest.mark.django_db
def test_pictures_need_words_and_have_a_limit(stand: Stand, exhibitor: Client) -> None:
    address = f"{stand.address}/bild"
    assert exhibitor.post(address, {"upload": png(), "alt": ""}).status_code == 422
    assert exhibitor.post(address, {"upload": io.BytesIO(b"<svg/>"), "alt": "Bild"}).status_code == 422
    for n in range(MOST_MEDIA + 1):
        exhibitor.post(address, {"upload": png(f"#0000{n:02x}"), "alt": f"Bild {n}"})
    assert Medium.objects.count() == MOST_MEDIA
    assert 'alt="Bild 0"' in Client().get(stand.address).content.decode()
    exhibitor.post(f"{address}/{Medium.objects.all()[0].pk}/entfernen")
    assert Medium.objects.count() == MOST_MEDIA - 1


@pytest.mark.django_db
def test_demonstrations_are_offered_in_a_row_once(conference: Conference, stand: Stand, exhibitor: Client) -> None:
    day = conference.days.get()
    sent = {"day": day.pk, "begins": "15:30", "minutes": 5, "count": 3, "places": 4}
    for _ in range(2):
        exhibitor.post(f"{stand.address}/demos", sent)
    starts = [demo.starts_at.astimezone(conference.zone) for demo in DemoSlot.objects.all()]
    assert [f"{moment:%H:%M}" for moment in starts] == ["15:30", "15:35", "15:40"]
    assert starts[1] - starts[0] == timedelta(minutes=5)
    assert exhibitor.post(f"{stand.address}/demos", {**sent, "begins": "25:99"}).status_code == 422


@pytest.mark.django_db
@pytest.mark.postgres
def test_stand_becomes_a_topic_and_both_lead_to_each_other(stand: Stand, exhibitor: Client) -> None:
    without_seat = exhibitor.post(f"{stand.address}/thema", {"host_name": "Lab"})
    assert "/platz?next=" in without_seat.headers["Location"]
    sign_in(make_seat(stand.conference, "Lab"), exhibitor)
    for _ in range(2):
        exhibitor.post(f"{stand.address}/thema", {"host_name": "Lab", "key": new_key()})
    topic = Topic.objects.get(title="Pegel am Bach")
    assert (topic.kind, [host.name for host in topic.hosts.all()]) == ("project", ["Lab"])
    assert f"Auf dem Markt: Stand {stand.number}" in text_of(Client(headers={"accept-language": "de"}).get(
        f"/{stand.conference.slug}/themen/{topic.number}"
    ))
    assert f"/themen/{topic.number}" in Client().get(stand.address).content.decode()
    seat = make_seat(stand.conference, "Eva").seat
    withdraw_topic(topic=topic, now=NOON)
    again = make_topic(stand=stand, seat=seat, host_name="Eva", key=new_key(), now=NOON)
    assert again.pk != topic.pk


@pytest.mark.django_db
def test_market_takes_no_more_stands_than_it_can_show(conference: Conference) -> None:
    Stand.objects.create(conference=conference, number=200, title="Letzter", made_at=NOON)
    with pytest.raises(TooMany):
        make_stand(conference=conference, title="Noch einer", email="", now=NOON)
