"""What a conference has several of, and how each is called, listed and edited."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from offenraum.conference.models import Conference, Day, Room, Slot, Speaker, Talk
from offenraum.organise.forms.entries import EntryForm
from offenraum.organise.forms.kinds import (
    DayForm,
    FaqForm,
    NewsForm,
    PageForm,
    PartnerForm,
    RoomForm,
    SlotForm,
    SpeakerForm,
    TalkForm,
)
from offenraum.website.models import Faq, News, Page, Partner


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of entry: its words for the pages, its form, and a line about each entry."""

    slug: str
    model: Any
    form: type[EntryForm]
    title: str | Promise
    new: str | Promise
    empty: str | Promise
    about: Callable[[Any], str]
    public: str = ""

    def entries(self, conference: Conference) -> QuerySet[Any]:
        found: QuerySet[Any] = self.model._default_manager.filter(conference=conference)
        return found


def name_of(entry: Any) -> str:
    """What an entry is called in lists."""
    if isinstance(entry, Day):
        return date_format(entry.date, "l, j. F Y")
    return about_time(entry) if isinstance(entry, Slot) else str(entry)


def about_time(entry: Slot | Talk) -> str:
    return _("%(day)s, %(begins)s–%(ends)s") % {
        "day": date_format(localtime(entry.starts_at), "j. F"), "begins": f"{localtime(entry.starts_at):%H:%M}",
        "ends": f"{localtime(entry.ends_at):%H:%M}",
    }


def about_room(room: Room) -> str:
    free = _("step-free") if room.is_step_free else _("not step-free")
    return _("%(places)d places, %(free)s") % {"places": room.places, "free": free}


def about_news(news: News) -> str:
    if news.published_at is None:
        return _("Draft")
    return date_format(localtime(news.published_at), "j. F Y, H:i")


def about_page(page: Page) -> str:
    return f"/seiten/{page.slug}" if page.is_public else _("Draft")


def nothing(entry: Any) -> str:
    return ""


KINDS: Final = {
    kind.slug: kind
    for kind in (
        Kind(
            "tage", Day, DayForm, gettext_lazy("Days"), gettext_lazy("Add a day"),
            gettext_lazy("A conference needs at least one day."), nothing,
        ),
        Kind(
            "raeume", Room, RoomForm, gettext_lazy("Rooms"), gettext_lazy("Add a room"),
            gettext_lazy("Sessions take place in rooms. Each has places and equipment."), about_room, "anreise",
        ),
        Kind(
            "zeitfenster", Slot, SlotForm, gettext_lazy("Slots"), gettext_lazy("Add a slot"),
            gettext_lazy("In a slot all rooms hold a session at the same time."), nothing, "programm",
        ),
        Kind(
            "personen", Speaker, SpeakerForm, gettext_lazy("People"), gettext_lazy("Add a person"),
            gettext_lazy("Who speaks in the fixed programme. Hosts of topics enter themselves."),
            lambda speaker: str(speaker.position), "personen",
        ),
        Kind(
            "programmpunkte", Talk, TalkForm, gettext_lazy("Fixed programme"), gettext_lazy("Add an item"),
            gettext_lazy("Greeting, keynotes, breaks: what is known before the day."), about_time, "programm",
        ),
        Kind(
            "neues", News, NewsForm, gettext_lazy("News"), gettext_lazy("Write news"),
            gettext_lazy("Tell what has happened. The newest stands on the start page."), about_news, "neues",
        ),
        Kind(
            "seiten", Page, PageForm, gettext_lazy("Own pages"), gettext_lazy("Write a page"),
            gettext_lazy("Whatever has no place elsewhere: the market, a call, a documentation."), about_page,
        ),
        Kind(
            "partner", Partner, PartnerForm, gettext_lazy("Partners"), gettext_lazy("Add a partner"),
            gettext_lazy("Who invites and supports, with a logo if there is one."),
            lambda partner: str(partner.get_kind_display()), "partner",
        ),
        Kind(
            "faq", Faq, FaqForm, gettext_lazy("Questions and answers"), gettext_lazy("Add a question"),
            gettext_lazy("What people ask again and again."), nothing, "faq",
        ),
    )
}
