"""Texts that somebody wrote: services, answers of the editors, pages, questions and answers, news, the way there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from offenraum.answers.index import Passage
from offenraum.answers.models import Pin, Service
from offenraum.answers.queries.found import Asked, Found, Keys, Kind, in_both, key_of, plain
from offenraum.conference.models import Conference
from offenraum.kit.language import localised
from offenraum.website.models import Faq, News, Page, Site
from offenraum.website.queries import days_of, faqs_of, public_news, public_pages, site_of

TRAVEL_WORDS: Final = (
    "Anreise Anfahrt Weg Adresse Bus Bahn Auto Parkplatz parken barrierefrei Rollstuhl hinkommen hin travel way"
)
EVENT_WORDS: Final = (
    "Konferenz Veranstaltung Tagung Ort Adresse Datum Termin Tag stattfinden findet statt conference event place date"
)


def service_passages(conference: Conference) -> Iterable[Passage]:
    rows = Service.objects.filter(conference=conference).iterator(chunk_size=500)
    for one in rows:
        yield Passage(key_of("service", one.pk), "service", one.language, one.name, one.text, one.keywords)


def shown_services(asked: Asked, keys: Keys) -> dict[int, Found]:
    rows = Service.objects.filter(conference=asked.conference, pk__in=keys)
    return {
        one.pk: Found(one.name, one.source, reverse("service", args=[asked.conference.slug, one.pk]), one.text)
        for one in rows
    }


def pin_passages(conference: Conference) -> Iterable[Passage]:
    rows = Pin.objects.filter(conference=conference)
    return (Passage(key_of("pin", one.pk), "pin", "de", one.title, one.text, one.questions) for one in rows)


def shown_pins(asked: Asked, keys: Keys) -> dict[int, Found]:
    """What an editor wrote is quoted whole."""
    rows = Pin.objects.filter(conference=asked.conference, pk__in=keys)
    return {one.pk: Found(one.title, _("Answer of the team"), one.link, lead=one.text) for one in rows}


def page_passages(conference: Conference) -> Iterable[Passage]:
    return (one for page in public_pages(conference) for one in in_both("page", page, title="title", texts=["text"]))


def shown_pages(asked: Asked, keys: Keys) -> dict[int, Found]:
    rows: Iterable[Page] = public_pages(asked.conference).filter(pk__in=keys)
    return {
        one.pk: website(localised(one, "title"), "own_page", asked, one.slug, text=localised(one, "text"))
        for one in rows
    }


def website(title: str, route: str, asked: Asked, *args: object, text: str, lead: str = "") -> Found:
    address = reverse(route, args=[asked.conference.slug, *args])
    return Found(title, _("Website of the conference"), address, plain(text), lead)


def faq_passages(conference: Conference) -> Iterable[Passage]:
    return (one for faq in faqs_of(conference) for one in in_both("faq", faq, title="question", texts=["answer"]))


def shown_faqs(asked: Asked, keys: Keys) -> dict[int, Found]:
    rows: Iterable[Faq] = faqs_of(asked.conference).filter(pk__in=keys)
    found = {
        one.pk: website(localised(one, "question"), "faq", asked, text=localised(one, "answer")) for one in rows
    }
    return {pk: Found(one.title, one.source, f"{one.url}#f{pk}", one.text) for pk, one in found.items()}


def news_passages(conference: Conference) -> Iterable[Passage]:
    rows = News.objects.filter(conference=conference, published_at__isnull=False)
    return (one for news in rows for one in in_both("news", news, title="title", texts=["text"]))


def shown_news(asked: Asked, keys: Keys) -> dict[int, Found]:
    rows: Iterable[News] = public_news(asked.conference, now=asked.now).filter(pk__in=keys)
    return {
        one.pk: website(localised(one, "title"), "news_item", asked, one.pk, text=localised(one, "text"))
        for one in rows
    }


def travel_passages(conference: Conference) -> Iterable[Passage]:
    site = Site.objects.filter(conference=conference).first()
    return in_both("travel", site, title="", texts=["travel", "step_free"], keywords=TRAVEL_WORDS) if site else ()


def shown_travel(asked: Asked, keys: Keys) -> dict[int, Found]:
    site = site_of(asked.conference)
    if site.pk not in keys:
        return {}
    text = f"{localised(site, 'travel')}\n\n{localised(site, 'step_free')}"
    return {site.pk: website(_("Getting there"), "travel", asked, text=text)}


def event_passages(conference: Conference) -> Iterable[Passage]:
    return in_both("event", conference, title="title", texts=["about"], keywords=f"{EVENT_WORDS} {conference.venue}")


def shown_event(asked: Asked, keys: Keys) -> dict[int, Found]:
    conference = asked.conference
    days = ", ".join(date_format(day, "j. F Y") for day in days_of(conference))
    where = ", ".join(part for part in (conference.venue, conference.street, conference.city) if part)
    lead = ". ".join(part for part in (days, where) if part)
    title, text = localised(conference, "title"), localised(conference, "about")
    return {conference.pk: website(title, "start", asked, text=text, lead=f"{lead}." if lead else "")}


TEXTS: Final = (
    Kind("pin", pin_passages, shown_pins),
    Kind("page", page_passages, shown_pages),
    Kind("faq", faq_passages, shown_faqs),
    Kind("news", news_passages, shown_news),
    Kind("travel", travel_passages, shown_travel),
    Kind("event", event_passages, shown_event),
)
SERVICES: Final = Kind("service", service_passages, shown_services)
