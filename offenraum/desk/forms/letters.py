"""What a letter shall say."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from offenraum.kit.fields import LineField, ProseField
from offenraum.post.rules import missing_placeholders, unknown_placeholders


class LetterTextForm(forms.Form):
    """Subject and text of one kind of letter in one language."""

    subject = LineField(label=_("Subject"), max_length=150)
    text = ProseField(label=_("Text"), max_length=4000, widget=forms.Textarea(attrs={"rows": 16}))

    def __init__(self, *args: Any, kind: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.kind = kind

    def clean_subject(self) -> str:
        return self.known("subject")

    def clean_text(self) -> str:
        text = self.known("text")
        if missing := missing_placeholders(self.kind, text):
            raise ValidationError(_("This letter needs %(names)s.") % {"names": in_braces(missing)})
        return text

    def known(self, name: str) -> str:
        """A text in which every placeholder is one of this kind."""
        text = str(self.cleaned_data[name])
        if unknown := unknown_placeholders(self.kind, text):
            raise ValidationError(_("We do not know %(names)s here.") % {"names": in_braces(unknown[:5])})
        return text


def in_braces(names: tuple[str, ...]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)
