"""The privacy notice and the record are made from the declarations, in German and English."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.translation import override

from offenraum.conference.models import Clearing, Conference
from offenraum.kit.datamap import Basis, declared
from offenraum.kit.record import activities
from offenraum.website.models import Site
from tests.day import NOON, make_conference, make_member, make_seats, set_clock
from tests.people.sign_in import sign_in


def test_record_has_every_personal_purpose_in_both_languages() -> None:
    personal = {entry.data for entry in declared() if entry.data.basis is not Basis.NOTHING_PERSONAL}
    for language in ("de", "en"):
        with override(language):
            assert {one.purpose for one in activities()} == {str(data.purpose) for data in personal}
    with override("de"):
        assert "Aus Ihrem Interesse ein Programm machen" in {one.purpose for one in activities()}


@pytest.fixture
def conference(db: None) -> Conference:
    return set_clock(make_conference(slots=2), NOON)


def test_notice_says_what_was_deleted_when(conference: Conference) -> None:
    make_seats(conference, 1)
    Clearing.objects.create(conference=conference, keep="votes", cleared_at=NOON + timedelta(days=7), row_count=12)
    page = Client(headers={"accept-language": "de"}).get("/kogk18/datenschutz").content.decode()
    assert "Gelöscht am 11. September 2018" in page
    assert "12 Einträge" in page
    assert "Art. 6 Abs. 1 lit. e DSGVO" in page
    assert "Rechtsgrundlage" in page


def test_notice_shows_what_the_organisers_say_about_privacy(conference: Conference) -> None:
    Site.objects.create(conference=conference, privacy="Wir **fotografieren** im Saal.", privacy_en="We take *photos*.")
    page = Client(headers={"accept-language": "de"}).get("/kogk18/datenschutz").content.decode()
    assert "<p>Wir <strong>fotografieren</strong> im Saal.</p>" in page
    assert 'href="/kogk18/datenschutz"' in page
    english = Client(headers={"accept-language": "en"}).get("/kogk18/datenschutz").content.decode()
    assert "<em>photos</em>" in english
    assert "fotografieren" not in english


def test_notice_of_the_installation_needs_no_conference(db: None) -> None:
    page = Client(headers={"accept-language": "en"}).get("/datenschutz").content.decode()
    assert "To make a programme out of what you want to attend" in page


def test_organiser_downloads_a_dated_record(conference: Conference) -> None:
    browser = sign_in(make_member(conference, "organiser"), second_factor=True)
    assert "Art. 30" in browser.get("/kogk18/regie/datenschutz").content.decode()
    answer = browser.get("/kogk18/regie/datenschutz/tabelle.csv")
    assert "2018-09-04" in answer["Content-Disposition"]
    assert len(answer.content.decode().splitlines()) > 20
