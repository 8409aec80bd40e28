"""What visitors type on the website."""

from __future__ import annotations

import time
import uuid
from typing import Any, Final

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from offenraum.kit.fields import LineField, ProseField
from offenraum.website.rules.comments import Fate, fate_of

SALT: Final = "website.form"


def stamp(*, age: float = 0) -> str:
    """When a form was handed out, so that nobody can claim another time."""
    return signing.dumps(time.time() - age, salt=SALT)


def seconds_since(stamped: str) -> float:
    """How long ago a form was handed out; less than nothing for a stamp that is not ours."""
    try:
        return float(time.time() - signing.loads(stamped, salt=SALT))
    except (signing.BadSignature, TypeError, ValueError):
        return -1.0


class VisitorForm(forms.Form):
    """A form for everybody, with what keeps programs away: a hidden trap and the time it was handed out."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    since = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)
    homepage = forms.CharField(max_length=200, required=False, label=_("Please leave this empty"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fate = Fate.DROPPED
        if not self.is_bound:
            self.initial.update(key=uuid.uuid4(), since=stamp())
        self.fields["homepage"].widget.attrs |= {"autocomplete": "off", "tabindex": "-1"}

    def clean(self) -> None:
        """A program is told what a person would be told, and can try again like a person."""
        self.fate = fate_of(
            text=self.cleaned_data.get("text", ""), trap=self.data.get("homepage", ""),
            seconds=seconds_since(self.data.get("since", "")),
        )
        if self.fate is Fate.DROPPED:
            self.add_error(None, _("This looks like a program wrote it. Please look over your text and send it again."))

    @property
    def new_stamp(self) -> str:
        return stamp()


class CommentForm(VisitorForm):
    """A comment under news."""

    name = LineField(label=_("Your name"), max_length=80)
    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, required=False, help_text=_("Only the organisers see it.")
    )
    text = ProseField(label=_("Your comment"), max_length=2000)


class ReportForm(forms.Form):
    """What is wrong with a comment."""

    reason = LineField(label=_("What is wrong with it?"), max_length=160)


class RemarkForm(VisitorForm):
    """A barrier that somebody met."""

    text = ProseField(label=_("What was the barrier?"), max_length=3000)
    place = LineField(label=_("On which page or where in the building?"), max_length=200, required=False)
    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, required=False, help_text=_("Only if you would like an answer.")
    )


class SubscribeForm(VisitorForm):
    """An address for a letter."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
