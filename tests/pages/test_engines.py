"""What search engines find: every public page, nothing that is hidden."""

from __future__ import annotations

import pytest
from django.test import Client
from lxml import etree

from offenraum.conference.models import Conference
from offenraum.website.models import News, Page
from tests.builders import publish
from tests.day import NOON, make_conference, make_topic, set_clock
from tests.website.contents import fill

pytestmark = pytest.mark.django_db


def listed(client: Client) -> list[str]:
    root = etree.fromstring(client.get("/sitemap.xml").content)
    return [one.text.partition("8000")[2] for one in root.iter("{*}loc")]


def test_every_address_that_is_listed_is_there_for_everybody(client: Client) -> None:
    conference = set_clock(make_conference(), NOON)
    fill(conference)
    publish(conference, {make_topic(conference): (1, 1)})
    News.objects.create(conference=conference, title="Entwurf", text="x")
    Page.objects.create(conference=conference, slug="intern", title="Intern", text="x", is_public=False)
    found = listed(client)
    assert len(found) == len(set(found))
    assert {"/kogk18/", "/kogk18/session/1", "/kogk18/seiten/markt", "/kogk18/faq"} <= set(found)
    assert {path: client.get(path).status_code for path in found} == dict.fromkeys(found, 200)
    assert "/kogk18/seiten/intern" not in found


def test_hidden_conference_is_not_listed(client: Client) -> None:
    make_conference("offen")
    make_conference("geheim")
    Conference.objects.filter(slug="geheim").update(is_hidden=True)
    assert {path.split("/")[1] for path in listed(client)} == {"offen"}


def test_robots_are_led_to_the_list_and_not_to_the_desk(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in text
    assert "Disallow: /*/regie/" in text
