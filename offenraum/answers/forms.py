"""What people ask, and what organisers tell the question desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from offenraum.answers.models import MOST_ASKED, Pin
from offenraum.answers.reading import NotServices, read_map
from offenraum.answers.rules.words import words_of
from offenraum.kit.fields import LineField

MAP = "name=name, text=description"


class AskForm(forms.Form):
    """One question."""

    frage = LineField(
        label=_("Your question"), max_length=MOST_ASKED, widget=forms.TextInput(attrs={"type": "search"}),
        error_messages={"required": _("Please type a question.")},
    )

    def clean_frage(self) -> str:
        question: str = self.cleaned_data["frage"]
        if not words_of(question):
            raise ValidationError(_("Please ask in words."))
        return question


class JudgeForm(AskForm):
    """Whether an answer helped."""

    helpful = forms.ChoiceField(choices=[("1", ""), ("0", "")])


class SynonymForm(forms.Form):
    """A word of everyday life and the words of the texts."""

    word = LineField(label=_("People ask for"), max_length=40, help_text=_("One word, for example: Perso"))
    means = LineField(label=_("The texts say"), max_length=200, help_text=_("One or more words: Personalausweis"))

    def clean_word(self) -> str:
        words = words_of(self.cleaned_data["word"])
        if len(words) != 1:
            raise ValidationError(_("Please type exactly one word."))
        return words[0]

    def clean_means(self) -> str:
        means: str = self.cleaned_data["means"]
        if not words_of(means):
            raise ValidationError(_("Please type at least one word."))
        return means


class PinForm(forms.ModelForm):  # type: ignore[type-arg]
    """An answer of the editors' own."""

    class Meta:
        model = Pin
        fields = ("questions", "title", "text", "link")
        labels = {"title": _("Title of the answer"), "text": _("Answer"), "link": _("Source")}
        help_texts = {
            "questions": _("One a line, as people ask it. Similar questions find the answer too."),
            "link": _("Where people can read it: an address, or /… of this site"),
        }

    def clean_questions(self) -> str:
        questions: str = self.cleaned_data["questions"]
        if not words_of(questions):
            raise ValidationError(_("Please type at least one question."))
        return questions


class ImportForm(forms.Form):
    """A file with services."""

    source = LineField(
        label=_("Where they come from"), max_length=80, help_text=_("Stands under each answer: City of Rodderbach")
    )
    file = forms.FileField(
        label=_("File"), max_length=200, allow_empty_file=True, help_text=_("CSV or JSON, at most 8 MB."),
    )
    fields_map = LineField(
        label=_("What the fields are called in the file"), max_length=400, initial=MAP,
        help_text=_("name, text, keywords, link, mark, language. Dots lead into objects: keywords=meta.keywords"),
    )

    def clean_fields_map(self) -> dict[str, str]:
        try:
            return read_map(self.cleaned_data["fields_map"])
        except NotServices as error:
            raise ValidationError(str(error)) from error

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["fields_map"].widget.attrs |= {"spellcheck": "false", "autocomplete": "off"}
