"""Forms of a session."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from offenraum.gathering.models import Contribution, Feedback
from offenraum.gathering.rules import MOST_HEADS
from offenraum.kit.fields import LineField, ProseField

IS_ADDRESS = URLValidator(schemes=["http", "https"], message=_("This is no address of a page. Example: https://example.org"))


class AddressField(LineField):
    """The address of a page; `example.org` means https."""

    default_validators = [IS_ADDRESS]

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value)
        return f"https://{typed}" if typed and "://" not in typed else typed


class KeyedForm(forms.Form):
    """A form with the browser's key, which makes a retry harmless."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)

    def browser_key(self) -> uuid.UUID:
        return self.cleaned_data.get("key") or uuid.uuid4()


class QuestionForm(KeyedForm):
    text = ProseField(label=_("Your question"), max_length=500)


class LinkForm(KeyedForm):
    address = AddressField(label=_("Address of the page"), max_length=500)
    text = LineField(label=_("What is there?"), max_length=120)


class CommentForm(KeyedForm):
    text = ProseField(label=_("Your comment"), max_length=500)


WRITING: dict[str, tuple[str, type[KeyedForm]]] = {
    "frage": (Contribution.Kind.QUESTION, QuestionForm),
    "link": (Contribution.Kind.LINK, LinkForm),
    "kommentar": (Contribution.Kind.COMMENT, CommentForm),
}
"""The word in the address, the kind of the contribution, its form."""


class FeedbackForm(forms.Form):
    value = forms.TypedChoiceField(choices=Feedback.Value.choices, coerce=int)


class HeadsForm(forms.Form):
    count = forms.IntegerField(label=_("Exact number"), min_value=0, max_value=MOST_HEADS)


class ReportForm(forms.Form):
    reason = LineField(label=_("What is wrong with it?"), max_length=200)
