"""Fields that several forms of registration share."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from offenraum.kit.fields import LineField, ProseField
from offenraum.kit.plain_text import Unfit, tidy_line
from offenraum.post.rules import is_deliverable
from offenraum.registration.models import ExtraQuestion
from offenraum.registration.rules import MOST_OF_ADDRESS

HASHTAGS: Final = 3
HASHTAG: Final = re.compile(r"[\w-]{2,30}")

# Django compiles its pattern when it is first needed: not in the second in which registration opens, in each thread.
validate_email("name@example.org")


class AddressField(forms.EmailField):
    """An e-mail address that a letter can reach; what is too long is told by its length, not echoed."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            max_length=MOST_OF_ADDRESS, **more,
            error_messages={
                "required": _("Please type your e-mail address. Ticket and news come to it."),
                "invalid": _("Please type an e-mail address like name@example.org."),
            },
        )

    def clean(self, value: Any) -> Any:
        address = super().clean(tidied(value))
        if address and not is_deliverable(address):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return address


def tidied(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return tidy_line(value, limit=MOST_OF_ADDRESS)
    except Unfit as error:
        raise ValidationError(error.message, code="unfit") from error


class HashtagsField(LineField):
    """Up to three words that say what somebody is about."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            label=_("Three hashtags about you"), max_length=100, required=False,
            help_text=_("Up to three words with spaces between them. They stand on your badge."), **more,
        )

    def clean(self, value: Any) -> Any:
        words = [word.lstrip("#") for word in re.split(r"[\s,;]+", super().clean(value) or "") if word.strip("#")]
        if len(words) > HASHTAGS:
            raise ValidationError(_("Please give at most three hashtags."))
        if not all(HASHTAG.fullmatch(word) for word in words):
            raise ValidationError(_("A hashtag has 2 to 30 letters or digits."))
        return tuple(words)


def support_field() -> ProseField:
    return ProseField(
        label=_("What do you need to take part well?"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example sign language, a place for a wheelchair, food. Only the organisers read this. "
                    "It is deleted 14 days after the conference."),
    )


def photo_field() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("I may be in photos of the conference"), required=False,
        help_text=_("Without this tick your badge says “no photo”."),
    )


def question_field(question: ExtraQuestion) -> forms.Field:
    """The field for a question of the organiser's own; below it stands what the answer is for."""
    hint = _("%(purpose)s Deleted %(days)d days after the conference.") % {
        "purpose": question.purpose, "days": question.keep_days,
    }
    common: dict[str, Any] = {"label": question.label, "help_text": hint, "required": question.is_required}
    if question.kind == ExtraQuestion.Kind.TEXT:
        return LineField(max_length=200, **common)
    choices: list[tuple[str, Any]] = [("ja", _("Yes")), ("nein", _("No"))]
    if question.kind == ExtraQuestion.Kind.CHOICE:
        choices = [(text, text) for text in question.offered]
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)
