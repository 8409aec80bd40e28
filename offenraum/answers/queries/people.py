"""Who speaks: found by name, by position and by what is told about them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from offenraum.answers.index import Passage
from offenraum.answers.queries.found import Asked, Found, Keys, Kind, in_both, plain
from offenraum.conference.models import Conference, Speaker
from offenraum.kit.language import localised
from offenraum.website.queries import speakers_of

PERSON_WORDS: Final = "Person Mensch Sprecher Sprecherin Referent Referentin person speaker"


def person_passages(conference: Conference) -> Iterable[Passage]:
    for speaker in speakers_of(conference):
        yield from in_both("person", speaker, title="name", texts=["position", "about"], keywords=PERSON_WORDS)


def shown_people(asked: Asked, keys: Keys) -> dict[int, Found]:
    rows: Iterable[Speaker] = speakers_of(asked.conference).filter(pk__in=keys)
    return {
        one.pk: Found(
            one.name, _("People"), reverse("speaker", args=[asked.conference.slug, one.pk]),
            plain(localised(one, "about")), lead_of_person(one),
        )
        for one in rows
    }


def lead_of_person(speaker: Speaker) -> str:
    """Who that is, and what they give."""
    talks = ", ".join(f"„{localised(talk, 'title')}“" for talk in speaker.talks.all())
    return ". ".join(part for part in (localised(speaker, "position"), talks) if part)


PEOPLE: Final = Kind("person", person_passages, shown_people)
