"""What a seat says about itself, and what somebody looks for."""

from __future__ import annotations

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from offenraum.kit.fields import LineField
from offenraum.seats.actions.making import Person
from offenraum.seats.models import Seat

MOST_HASHTAGS = 3
HASHTAG = re.compile(r"[\w-]{2,30}")


class SearchForm(forms.Form):
    """A few words."""

    q = LineField(
        label=_("What are you looking for?"), max_length=200, widget=forms.TextInput(attrs={"type": "search"}),
        error_messages={"required": _("Please type a word.")},
    )


class OwnDataForm(forms.Form):
    """Name, organisation and hashtags of a seat, and whether it wants to be on the public list."""

    name = LineField(label=_("Your name on the badge"), max_length=80, required=False)
    organisation = LineField(label=_("Organisation"), max_length=120, required=False)
    hashtags = LineField(
        label=_("Three hashtags about you"), max_length=100, required=False,
        help_text=_("Up to three words with spaces between them."),
    )
    is_listed = forms.BooleanField(
        label=_("Show me on the public list of attendees"), required=False,
        help_text=_("With name, organisation and hashtags. You can take this back here at any time."),
    )

    @classmethod
    def of(cls, seat: Seat, data: object = None) -> OwnDataForm:
        initial = {
            "name": seat.name, "organisation": seat.organisation, "hashtags": " ".join(seat.hashtags),
            "is_listed": seat.is_listed,
        }
        return cls(data, initial=initial)  # type: ignore[arg-type]

    def clean_hashtags(self) -> list[str]:
        words = [word.lstrip("#") for word in re.split(r"[\s,;]+", self.cleaned_data["hashtags"]) if word.strip("#")]
        if len(words) > MOST_HASHTAGS or not all(HASHTAG.fullmatch(word) for word in words):
            raise ValidationError(_("Please type at most three words of letters and digits, each up to 30 letters."))
        return words

    def person(self) -> Person:
        given = self.cleaned_data
        return Person(name=given["name"], organisation=given["organisation"], hashtags=tuple(given["hashtags"]))
