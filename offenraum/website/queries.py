"""Reads about a conference's website."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.core import signing
from django.db.models import Count, Q, QuerySet

from offenraum.conference.models import Conference, Speaker, Talk
from offenraum.website.models import Comment, Faq, News, Page, Partner, Picture, Remark, Site, Subscriber

KEY_SALT: Final = "website.letters"


def site_of(conference: Conference) -> Site:
    """The website's texts and switches; of a conference where nobody has set any, the defaults."""
    found = Site.objects.select_related("picture").filter(conference=conference).first()
    return found or Site(conference=conference)


def days_of(conference: Conference) -> list[date]:
    """The days of a conference in order."""
    return list(conference.days.order_by("date").values_list("date", flat=True))


def speakers_of(conference: Conference) -> QuerySet[Speaker]:
    """Who speaks, with portraits and what they give."""
    found = Speaker.objects.filter(conference=conference).select_related("portrait__picture")
    return found.prefetch_related("talks").order_by("name")


def talk_numbered(conference: Conference, talk: int) -> Talk | None:
    """One item of the fixed programme with its room and its speakers."""
    found = Talk.objects.select_related("room").prefetch_related("speakers__portrait__picture")
    return found.filter(conference=conference, pk=talk).first()


def public_news(conference: Conference, *, now: datetime) -> QuerySet[News]:
    """What is published by now, the newest first, with the number of comments that are shown."""
    shown = Count("comments", filter=Q(comments__state=Comment.State.SHOWN))
    found = News.objects.filter(conference=conference, published_at__lte=now).select_related("picture")
    return found.annotate(comment_count=shown).order_by("-published_at", "-pk")


def comments_of(news: News) -> QuerySet[Comment]:
    return Comment.objects.filter(news=news, state=Comment.State.SHOWN)


def comments_to_judge(conference: Conference) -> QuerySet[Comment]:
    """What waits and what was reported, the oldest first."""
    waiting = Q(state=Comment.State.HELD) | Q(state=Comment.State.SHOWN, reported_at__isnull=False)
    return Comment.objects.filter(waiting, news__conference=conference).select_related("news")


def public_pages(conference: Conference) -> QuerySet[Page]:
    return Page.objects.filter(conference=conference, is_public=True)


def faqs_of(conference: Conference) -> QuerySet[Faq]:
    return Faq.objects.filter(conference=conference)


@dataclass(frozen=True, slots=True)
class Company:
    """Partners of one kind, under one heading."""

    kind: Partner.Kind
    partners: tuple[Partner, ...]


def companies_of(conference: Conference) -> list[Company]:
    """Hosts, partners and supporters, each kind in its order."""
    every = list(Partner.objects.filter(conference=conference).select_related("logo"))
    kinds = ((kind, tuple(one for one in every if one.kind == kind)) for kind in Partner.Kind)
    return [Company(kind, partners) for kind, partners in kinds if partners]


@dataclass(frozen=True, slots=True)
class Limits:
    """What the content of a website lacks by itself: counted, so that the statement says it without anybody's help."""

    german_only: int
    undescribed_in_english: int
    has_easy_text: bool
    has_sign_video: bool


def limits_of(conference: Conference, *, now: datetime) -> Limits:
    """The limits of what is public by now."""
    site = site_of(conference)
    entries = (
        (public_news(conference, now=now), "title_en", "text_en", "text"),
        (public_pages(conference), "title_en", "text_en", "text"),
        (faqs_of(conference), "question_en", "answer_en", "answer"),
        (Talk.objects.filter(conference=conference), "title_en", "about_en", "about"),
    )
    return Limits(
        german_only=sum(rows.filter(lacking(*names)).count() for rows, *names in entries),
        undescribed_in_english=Picture.objects.filter(conference=conference, alt_en="").count(),
        has_easy_text=bool(site.easy_text), has_sign_video=bool(site.sign_link),
    )


def lacking(title_en: str, text_en: str, text: str) -> Q:
    """An entry without an English title, or with a text that has no English version."""
    return Q(**{title_en: ""}) | (Q(**{text_en: ""}) & ~Q(**{text: ""}))


def open_remarks(conference: Conference) -> QuerySet[Remark]:
    return Remark.objects.filter(conference=conference, done_at__isnull=True)


def key_of(subscriber: Subscriber) -> str:
    """The key in the links of somebody's letters; it can be made again, so nothing of it is stored."""
    return signing.Signer(salt=KEY_SALT).sign(str(subscriber.pk))


def subscriber_of(conference: Conference, key: str) -> Subscriber | None:
    """Whose letter carried this key."""
    try:
        number = int(signing.Signer(salt=KEY_SALT).unsign(key))
    except (signing.BadSignature, ValueError):
        return None
    return Subscriber.objects.filter(conference=conference, pk=number).first()


def readers_of(conference: Conference) -> QuerySet[Subscriber]:
    """Who wants a letter and has confirmed it."""
    return Subscriber.objects.filter(conference=conference, confirmed_at__isnull=False)


def menu_of(conference: Conference) -> list[list[str]]:
    """The pages that have something to show: address below the conference, title, English title."""
    site = site_of(conference)
    sections = {
        "personen": conference.speakers.exists(),
        "neues": conference.news.filter(published_at__isnull=False).exists(),
        "anreise": bool(site.travel or site.step_free or conference.street),
        "partner": conference.partners.exists(),
        "faq": conference.faqs.exists(),
        "leichte-sprache": bool(site.easy_text),
        "gebaerdensprache": bool(site.sign_link),
    }
    pages = [[f"seiten/{page.slug}", page.title, page.title_en] for page in public_pages(conference)]
    return [[section, "", ""] for section, has_content in sections.items() if has_content] + pages
