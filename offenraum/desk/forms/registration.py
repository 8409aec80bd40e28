"""What organisers fill in about registration."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from offenraum.conference.models import Conference
from offenraum.desk.forms import fault_in_words
from offenraum.desk.pasted import Fault, read_lines
from offenraum.kit.fields import LineField, ProseField
from offenraum.registration.actions.entering import Applicant
from offenraum.registration.actions.settings import Asked, Terms
from offenraum.registration.models import Contingent, ExtraQuestion, RegistrationSettings
from offenraum.registration.queries import active_emails
from offenraum.registration.rules import email_key
from offenraum.seats.actions.making import Person

LOCAL: Final = "%Y-%m-%dT%H:%M"
MOST_ROWS: Final = 2000
MOST_BYTES: Final = 1_000_000
FAULTS_SHOWN: Final = 50


class MomentField(forms.DateTimeField):
    """A day and a time in the conference's zone."""

    def __init__(self, **more: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=LOCAL)
        super().__init__(required=False, input_formats=[LOCAL, "%Y-%m-%dT%H:%M:%S"], widget=widget, **more)


def number(label: Any, most: int, *, least: int = 0, hint: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, help_text=hint,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class TermsForm(forms.Form):
    """Places, times and what else holds for the form."""

    places = number(_("Places"), 20_000, least=1)
    overbooking_percent = number(
        _("Overbooking in per cent"), 100, hint=_("At free conferences a quarter to a half of the people do not come.")
    )
    opens_at = MomentField(label=_("Registration begins"))
    closes_at = MomentField(label=_("Registration ends"))
    confirm_hours = number(
        _("Hours to confirm after moving up"), 720, hint=_("With 0 the place is given outright.")
    )
    reconfirm_days = number(
        _("Ask everybody again so many days before"), 60,
        hint=_("With 0 nobody is asked. Whoever does not answer loses the place to the waiting list."),
    )
    reconfirm_hours = number(_("Hours to answer that"), 720, least=1)
    most_colleagues = number(_("Colleagues on one form"), 9)
    asks_for_topic = forms.BooleanField(label=_("The form asks for a topic and hashtags"), required=False)
    needs_proof = forms.BooleanField(
        label=_("Each form shows some work against automatic registrations"), required=False,
        help_text=_("A phone needs about a second for it. While very many forms arrive it happens by itself."),
    )

    @classmethod
    def of(cls, book: RegistrationSettings | None, data: Any = None) -> TermsForm:
        known = book or RegistrationSettings(places=100)
        return cls(data, initial={name: getattr(known, name) for name in cls.base_fields})

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("opens_at") and data.get("closes_at") and data["closes_at"] <= data["opens_at"]:
            self.add_error("closes_at", _("The end must be after the beginning."))
        return data

    def terms(self) -> Terms:
        return Terms(**self.cleaned_data)


class ContingentForm(forms.Form):
    """Places for invited people."""

    name = LineField(label=_("Name, for example press"), max_length=60)
    count = number(_("Places"), 20_000, least=1)
    until = MomentField(label=_("Registration ends"))


class QuestionForm(forms.Form):
    """A question of the organiser's own."""

    label = LineField(label=_("Question"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind of answer"), choices=ExtraQuestion.Kind.choices)
    choices = ProseField(
        label=_("Answers to choose from"), max_length=1000, required=False,
        help_text=_("One a line, at most 20. Only for “one of several”."),
    )
    is_required = forms.BooleanField(label=_("Must be answered"), required=False)
    purpose = LineField(
        label=_("What is the answer for?"), max_length=200, help_text=_("This stands below the question on the form.")
    )
    keep_days = number(_("Days after the conference until the answers are deleted"), 365)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        lines = [line.strip() for line in data.get("choices", "").splitlines() if line.strip()]
        if data.get("kind") == ExtraQuestion.Kind.CHOICE and not 2 <= len(set(lines)) == len(lines) <= 20:
            self.add_error("choices", _("Please give 2 to 20 different answers, one a line."))
        return data

    def asked(self) -> Asked:
        return Asked(**self.cleaned_data)


class ImportForm(forms.Form):
    """A table of people, as a file or pasted; first it is only tried."""

    file = forms.FileField(label=_("CSV file"), required=False)
    lines = forms.CharField(
        label=_("Or one person a line"), max_length=MOST_BYTES, required=False, widget=forms.Textarea,
        help_text=_("Name; organisation; e-mail. Only the name is needed. You can paste from a table."),
    )
    contingent = forms.ModelChoiceField(
        Contingent.objects.none(), label=_("Contingent"), required=False, empty_label=_("Places for everybody")
    )
    writes_letters = forms.BooleanField(
        label=_("Send everybody a letter with ticket or place on the list"), required=False
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, conference: Conference, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid.uuid4()}
        super().__init__(*args, **kwargs)
        self.conference = conference
        self.text = ""
        self.faults: list[str] = []
        self.people: list[Applicant] = []
        self.fields["contingent"].queryset = conference.contingents.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.text = self.text_of(data)
        read = list(read_lines(self.text))
        self.people = [applicant_of(person) for _line, person in read if isinstance(person, Person)]
        known = active_emails(self.conference, [one.email_key for one in self.people if one.email_key])
        self.faults = [str(fault_in_words(fault)) for fault in faults_of(read, known)]
        if not self.faults and not 0 < len(self.people) <= MOST_ROWS:
            raise ValidationError(_("Please give between one and %(most)d people.") % {"most": MOST_ROWS})
        if self.faults:
            raise ValidationError(self.faults[:FAULTS_SHOWN])
        return data | {"key": data.get("key") or uuid.uuid4()}

    def text_of(self, data: dict[str, Any]) -> str:
        """What was pasted, else what the file holds: UTF-8, or what old spreadsheets write."""
        file = data.get("file")
        if data.get("lines") or file is None:
            return str(data.get("lines") or "")
        if file.size > MOST_BYTES:
            raise ValidationError(_("This file is too large. At most one megabyte is possible."))
        raw = file.read()
        try:
            return str(raw.decode("utf-8-sig"))
        except UnicodeDecodeError:
            return str(raw.decode("cp1252", errors="replace"))


def applicant_of(person: Person) -> Applicant:
    key = email_key(person.email) if person.email else ""
    return Applicant(name=person.name, organisation=person.organisation, email=person.email, email_key=key)


def faults_of(read: list[tuple[int, Person | str]], known: set[str]) -> Iterator[Fault]:
    """Lines that are no person, and those whose address is registered already or stands further up."""
    seen = set(known)
    for line, person in read:
        if isinstance(person, str):
            yield Fault(line=line, reason=person)
            continue
        key = applicant_of(person).email_key
        if key and key in seen:
            yield Fault(line=line, reason="double")
        seen.add(key)
