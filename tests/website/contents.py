"""A website with one of everything, German and English."""

from __future__ import annotations

from datetime import timedelta

from offenraum.conference.models import Conference, Room, Speaker, Talk
from offenraum.website.actions.contents import tell
from offenraum.website.models import Faq, News, Page, Partner, Site
from tests.day import NOON


def fill(conference: Conference) -> News:
    """Texts, a speaker with a talk, a question, a partner, a page and news; returns the news."""
    Site.objects.create(
        conference=conference, travel="Mit der **Bahn**", travel_en="By **train**", step_free="Aufzug",
        imprint="Stadt Musterhausen", easy_text="Das ist einfach.", sign_link="https://video.example.org/1",
    )
    speaker = Speaker.objects.create(conference=conference, name="Dr. Jana Beispiel", about="Über *Jana*")
    talk = Talk.objects.create(
        conference=conference, kind="keynote", title="Offenheit", title_en="Openness", about="Worum es geht",
        starts_at=NOON - timedelta(hours=2), minutes=30, room=Room.objects.filter(conference=conference).first(),
    )
    talk.speakers.add(speaker)
    Faq.objects.create(conference=conference, question="Was kostet es?", answer="Nichts.")
    Partner.objects.create(conference=conference, kind="supporter", name="Stadt Köln", link="https://www.example.org/")
    text = "<b>Hallo</b> [x](javascript:alert(1))"
    Page.objects.create(conference=conference, slug="markt", title="Markt", title_en="Market", text=text)
    news = News.objects.create(
        conference=conference, title="Ausgebucht", title_en="Sold out", text="Alle weg.", published_at=NOON
    )
    tell(conference)
    return news
