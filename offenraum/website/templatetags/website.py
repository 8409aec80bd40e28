"""Template tags of the website: the menu of a conference, initials."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from offenraum.conference.models import Conference

register = template.Library()
SECTIONS = {
    "personen": _("People"),
    "neues": _("News"),
    "anreise": _("Getting there"),
    "partner": _("Partners"),
    "faq": _("Questions and answers"),
    "leichte-sprache": _("Easy language"),
    "gebaerdensprache": _("Sign language"),
}


@register.simple_tag
def site_menu(conference: Conference) -> list[tuple[str, str]]:
    """Address below the conference and title of each page that has something to show, without a query."""
    is_english = (get_language() or "").startswith("en")
    return [
        (address, str(SECTIONS.get(address, (is_english and title_en) or title)))
        for address, title, title_en in conference.menu
    ]


@register.filter
def initials(name: str) -> str:
    """First letters of first and last name, without a title: “Dr. Anke Knopp” is AK."""
    words = [word for word in name.split() if not word.endswith(".")] or name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:]))
