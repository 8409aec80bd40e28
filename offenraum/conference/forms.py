"""Forms about the team of a conference."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from offenraum.conference.models import ApiToken, Conference, Member
from offenraum.kit.fields import LineField
from offenraum.people.models import Account


class InviteForm(forms.Form):
    """Who is invited, as what."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    role = forms.ChoiceField(
        label=_("Role"), choices=Member.Role.choices, initial=Member.Role.MODERATOR, widget=forms.RadioSelect
    )


class RoleForm(forms.Form):
    """Another role for a member."""

    role = forms.ChoiceField(choices=Member.Role.choices)


class NewAccountForm(forms.Form):
    """The account of somebody who accepts an invitation and has none yet."""

    name = LineField(label=_("Your name"), max_length=80)
    password = forms.CharField(
        label=_("Password"), max_length=128, strip=False, help_text=_("At least 12 characters"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The same password again"), max_length=128, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.email = email

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, Account(email=self.email, name=self.cleaned_data.get("name", "")))
        return password

    def clean(self) -> None:
        password, again = self.cleaned_data.get("password"), self.cleaned_data.get("again")
        if password and again and password != again:
            self.add_error("again", _("The two passwords are not the same."))


class HelperKeyForm(forms.Form):
    """A key for one helper on one day."""

    name = LineField(label=_("Name of the helper or the desk"), max_length=80)
    day = forms.ChoiceField(label=_("Valid on"))

    def __init__(self, *args: Any, conference: Conference, now: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["day"].choices = day_choices(conference=conference, now=now)  # type: ignore[attr-defined]


def day_choices(*, conference: Conference, now: datetime) -> list[tuple[str, str]]:
    """Today and the days of the conference that are still to come."""
    today = now.date()
    days: set[date] = {today, *(day.date for day in conference.days.all() if day.date > today)}
    return [(day.isoformat(), date_format(day, "l, j. F Y")) for day in sorted(days)]


class TokenForm(forms.Form):
    """A key for a program."""

    name = LineField(label=_("Name of the program"), max_length=80)
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"), choices=ApiToken.Scope.choices, widget=forms.CheckboxSelectMultiple
    )
