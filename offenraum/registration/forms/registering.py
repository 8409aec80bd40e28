"""The one page on which people register."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, TimestampSigner
from django.utils.translation import gettext_lazy as _

from offenraum.kit.fields import LineField
from offenraum.registration.actions.entering import Applicant
from offenraum.registration.forms.fields import (
    AddressField,
    HashtagsField,
    photo_field,
    question_field,
    support_field,
)
from offenraum.registration.models import ExtraQuestion, RegistrationSettings
from offenraum.registration.rules import SLOW_SECONDS, email_key, is_proven, sum_of

SIGNER: Final = TimestampSigner(salt="registration")
LASTS: Final = timedelta(hours=12)
QUESTION: Final = "frage-{}"


class RegistrationForm(forms.Form):
    """Five questions; colleagues, topic and hashtags behind "more"; the questions of the organiser's own."""

    name = LineField(
        label=_("Your name on the badge"), max_length=80,
        error_messages={"required": _("Please type the name for your badge.")},
    )
    email = AddressField(label=_("Your e-mail address"), help_text=_("Your ticket comes to this address."))
    organisation = LineField(label=_("Organisation"), max_length=120, required=False)
    support = support_field()
    may_be_photographed = photo_field()
    hashtags = HashtagsField()
    topic = LineField(
        label=_("A topic you bring along"), max_length=80, required=False,
        help_text=_("One line is enough. It goes onto the board of topics under your name."),
    )
    website = forms.CharField(label=_("Please leave this field empty"), required=False, max_length=1000)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    challenge = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    proof = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(
        self, *args: Any, book: RegistrationSettings, questions: list[ExtraQuestion], needs_proof: bool = False,
        **kwargs: Any,
    ) -> None:
        key = uuid.uuid4()
        fresh: dict[str, Any] = {"key": key, "challenge": SIGNER.sign(str(key))}
        kwargs["initial"] = fresh | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.needs_proof, self.questions, self.colleagues = needs_proof, questions, book.most_colleagues
        for question in questions:
            self.fields[QUESTION.format(question.pk)] = question_field(question)
        for number in range(1, self.colleagues + 1):
            self.fields[f"name-{number}"] = LineField(
                label=_("Person %(number)d: name on the badge") % {"number": number}, max_length=80, required=False
            )
            self.fields[f"email-{number}"] = AddressField(
                label=_("Person %(number)d: e-mail address") % {"number": number}, required=False
            )
        if not book.asks_for_topic:
            del self.fields["topic"], self.fields["hashtags"]
        if needs_proof:
            self.fields["answer"] = forms.IntegerField(
                label=self.sum_label(), required=False, min_value=0, max_value=99,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    def sum_label(self) -> str:
        first, second = sum_of(str(self["challenge"].value() or ""))
        return str(_("How much is %(first)d plus %(second)d?")) % {"first": first, "second": second}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.needs_proof and not self.is_worked_for(data):
            self.add_error("answer", _("Please do this sum. It keeps automatic registrations away."))
        for number in range(1, self.colleagues + 1):
            if data.get(f"email-{number}") and not data.get(f"name-{number}"):
                self.add_error(f"name-{number}", _("Please type the name of this person too."))
        self.refuse_same_address(data)
        return data

    def is_worked_for(self, data: dict[str, Any]) -> bool:
        """The script searched for a number, or the person did the sum and took the time a person needs."""
        challenge = data.get("challenge") or ""
        try:
            signed = SIGNER.unsign(challenge, max_age=LASTS)
            if signed != str(data.get("key")):
                return False
            if is_proven(challenge=challenge, proof=data.get("proof") or ""):
                return True
            return data.get("answer") == sum(sum_of(challenge)) and is_older(challenge, SLOW_SECONDS)
        except BadSignature:
            return False

    def refuse_same_address(self, data: dict[str, Any]) -> None:
        seen = {email_key(data["email"])} if data.get("email") else set()
        for number in range(1, self.colleagues + 1):
            typed = data.get(f"email-{number}")
            if typed and email_key(typed) in seen:
                self.add_error(f"email-{number}", _("This address stands on the form twice. Leave it empty here."))
            seen |= {email_key(typed)} if typed else set()

    @property
    def is_trapped(self) -> bool:
        """A field that no person sees was filled in."""
        return bool(self.cleaned_data.get("website"))

    def people(self) -> list[Applicant]:
        """Who is registered with this form, the one who fills it in first."""
        data = self.cleaned_data
        first = Applicant(
            name=data["name"], email=data["email"], email_key=email_key(data["email"]),
            organisation=data["organisation"], support=data["support"],
            may_be_photographed=data["may_be_photographed"], hashtags=data.get("hashtags", ()),
            topic=data.get("topic", ""),
            answers={one.pk: data[QUESTION.format(one.pk)] for one in self.questions},
        )
        return [first, *(self.colleague(number) for number in range(1, self.colleagues + 1) if data[f"name-{number}"])]

    def colleague(self, number: int) -> Applicant:
        """Somebody who comes along: a badge of their own; letters to their own address, else to the first person's."""
        data = self.cleaned_data
        typed = data[f"email-{number}"]
        return Applicant(
            name=data[f"name-{number}"], email=typed, email_key=email_key(typed) if typed else "",
            organisation=data["organisation"],
        )

    @property
    def question_fields(self) -> list[forms.BoundField]:
        return [self[QUESTION.format(one.pk)] for one in self.questions]

    @property
    def colleague_fields(self) -> list[forms.BoundField]:
        numbers = range(1, self.colleagues + 1)
        return [self[name] for number in numbers for name in (f"name-{number}", f"email-{number}")]

    @property
    def topic_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("topic", "hashtags") if name in self.fields]

    @property
    def has_error_in_colleagues(self) -> bool:
        return any(bound.errors for bound in self.colleague_fields)

    @property
    def has_error_in_topic(self) -> bool:
        return any(bound.errors for bound in self.topic_fields)


def is_older(challenge: str, seconds: int) -> bool:
    """Whether a page was made at least so many seconds ago."""
    try:
        SIGNER.unsign(challenge, max_age=seconds)
    except BadSignature:
        return True
    return False


def browser_key(form: RegistrationForm) -> uuid.UUID:
    """The key of the form; one that came without gets one."""
    key: uuid.UUID | None = form.cleaned_data.get("key")
    return key or uuid.uuid4()


def refuse(form: forms.Form, message: Any) -> None:
    """A reason that belongs to no field."""
    form.add_error(None, ValidationError(message))
