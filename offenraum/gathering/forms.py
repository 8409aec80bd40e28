"""Forms of a session."""

from __future__ import annotations

import base64
import binascii
import uuid
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from offenraum.gathering.models import Contribution, Feedback
from offenraum.gathering.rules import MOST_BYTES, MOST_HEADS, MOST_LETTERS
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


HIGHEST = 2**31 - 1


class SinceForm(forms.Form):
    """The number of the newest change that a browser has."""

    nach = forms.IntegerField(min_value=0, max_value=HIGHEST, required=False)


class ChangeForm(forms.Form):
    """A change as the page's script sends it: base64, and the newest change that the browser has."""

    change = forms.CharField(max_length=MOST_BYTES * 4 // 3 + 4)
    after = forms.IntegerField(min_value=0, max_value=HIGHEST, required=False)

    def clean_change(self) -> bytes:
        try:
            return base64.b64decode(self.cleaned_data["change"], validate=True)
        except (binascii.Error, ValueError) as error:
            raise forms.ValidationError(_("This change could not be read.")) from error


class TextForm(forms.Form):
    """The notes as a whole, and the change that they began from."""

    text = ProseField(
        label=_("Notes"), max_length=MOST_LETTERS, required=False, widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("Plain text or Markdown: # heading, - list, **bold**"),
    )
    seen = forms.IntegerField(min_value=0, max_value=HIGHEST, required=False, widget=forms.HiddenInput)

    def see(self, *, number: int) -> None:
        """What was typed stays; sent again, it is meant for the notes as they are shown below it."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["seen"] = str(number)
        self.data = data
