"""Forms of the market."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.dateparse import parse_time
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from offenraum.conference.models import Conference, Day
from offenraum.kit.fields import LineField, ProseField, side_by_side
from offenraum.market.models import DotVote, Stand
from offenraum.market.rules import MOST_DOTS, PLAN, read_times
from offenraum.sensors.models import Device
from offenraum.website.pictures import Made, NotAPicture, make_picture

REASONS: Final = {
    "svg": _("SVG files can carry programs, so we do not take them. Please save the picture as PNG."),
    "large": _("This file is larger than 8 MB. Please save it smaller."),
    "pixels": _("This picture has too many pixels. Please save it with at most 6,000 × 4,000."),
    "unknown": _("We cannot read this as a picture. JPEG, PNG, WebP and GIF are possible."),
}
MOST_CHOICES: Final = 30


class StandForm(forms.ModelForm):  # type: ignore[type-arg]
    """What an exhibitor says about a project, in plain language; in English beside it."""

    class Meta:
        model = Stand
        fields = (
            "title", "title_en", "summary", "summary_en", "organisation", "problem", "problem_en", "solution",
            "solution_en", "audience", "audience_en", "status", "cost", "licence", "code_link", "demo_link", "contact",
            "present", "device",
        )
        help_texts = {
            "summary": _("Short words. Somebody who does not know the project should understand it."),
            "problem": _("What was difficult before?"),
            "solution": _("Plain text or Markdown: - list, **bold**"),
            "audience": _("Which people or municipalities can use it?"),
            "licence": _("For example: EUPL-1.2"),
            "contact": _("Everybody can read this. An office is better than a person."),
            "present": _("For example: 9-12, 13:30-15. Empty means: always."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["device"].queryset = Device.objects.filter(conference=self.instance.conference_id)  # type: ignore[attr-defined]

    @property
    def rows(self) -> list[list[BoundField]]:
        return side_by_side(self)

    def clean_present(self) -> str:
        typed: str = self.cleaned_data["present"]
        try:
            read_times(typed)
        except ValueError as error:
            words = gettext("“%(part)s” is no span of time. Example: 9-12, 13:30-15.") % {"part": error.args[0]}
            raise ValidationError(words) from error
        return typed


class NewStandForm(forms.Form):
    """A stand that an organiser prepares."""

    title = LineField(label=_("Name of the project"), max_length=80)
    email = forms.EmailField(
        label=_("E-mail address of the exhibitor"), max_length=254, required=False,
        help_text=_("The key to the stand goes there by letter."),
    )


class PictureForm(forms.Form):
    """A picture with its alternative text."""

    upload = forms.FileField(label=_("Picture"), help_text=_("JPEG, PNG, WebP or GIF, at most 8 MB"))
    alt = LineField(
        label=_("What the picture shows"), max_length=300, help_text=_("For people who do not see it."),
    )
    alt_en = LineField(label=_("What the picture shows, in English"), max_length=300, required=False)
    made: Made

    def clean_upload(self) -> object:
        try:
            self.made = make_picture(self.cleaned_data["upload"].read())
        except NotAPicture as refusal:
            raise ValidationError(str(REASONS[refusal.reason])) from refusal
        return self.cleaned_data["upload"]


class PlaceForm(forms.Form):
    """Where a stand is on the floor plan, in thousandths; both empty takes it off."""

    x = forms.IntegerField(label=_("From the left, in thousandths"), min_value=0, max_value=PLAN, required=False)
    y = forms.IntegerField(label=_("From the top, in thousandths"), min_value=0, max_value=PLAN, required=False)

    def clean(self) -> None:
        if (self.cleaned_data.get("x") is None) != (self.cleaned_data.get("y") is None) and not self.errors:
            self.add_error(None, _("A place needs both numbers, or none."))


class DemosForm(forms.Form):
    """A row of demonstrations."""

    day = forms.ChoiceField(label=_("Day"))
    begins = forms.CharField(
        label=_("First one at"), max_length=8, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    minutes = forms.IntegerField(label=_("Minutes for each"), min_value=1, max_value=120, initial=5)
    count = forms.IntegerField(label=_("How many, one after the other"), min_value=1, max_value=24, initial=6)
    places = forms.IntegerField(label=_("Places in each"), min_value=1, max_value=200, initial=5)

    def __init__(self, *args: Any, conference: Conference, **options: Any) -> None:
        super().__init__(*args, **options)
        days = Day.objects.filter(conference=conference)
        self.conference, self.days = conference, {str(day.pk): day.date for day in days}
        self.fields["day"].choices = [(key, f"{date:%d.%m.%Y}") for key, date in self.days.items()]  # type: ignore[attr-defined]

    def clean_begins(self) -> object:
        try:
            found = parse_time(self.cleaned_data["begins"])
        except ValueError:
            found = None
        if found is None:
            raise ValidationError(_("A time looks like this: 09:30."))
        return found.replace(second=0, microsecond=0, tzinfo=None)

    def starts_at(self) -> datetime:
        date, begins = self.days[self.cleaned_data["day"]], self.cleaned_data["begins"]
        return datetime.combine(date, begins, tzinfo=self.conference.zone)


class ContactForm(forms.Form):
    """A visitor's own act: to whom, for what, how to be reached."""

    name = LineField(label=_("Your name"), max_length=120)
    reach = LineField(label=_("E-mail address or telephone"), max_length=160)
    purpose = LineField(label=_("What is it about?"), max_length=300)
    agrees = forms.BooleanField(label=_("This stand may have my contact for this purpose."))


class AskForm(forms.Form):
    """A public question; the browser's key makes a retry harmless."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)
    text = ProseField(label=_("Your question"), max_length=500)

    def browser_key(self) -> uuid.UUID:
        return self.cleaned_data.get("key") or uuid.uuid4()


class AnswerForm(forms.Form):
    text = ProseField(label=_("Your answer"), max_length=2000, required=False)


class StandReportForm(forms.Form):
    reason = LineField(label=_("What is wrong with it?"), max_length=200)


class HostForm(forms.Form):
    """Who gives the session that a stand becomes."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)
    host_name = LineField(label=_("Your name on the card"), max_length=80)

    def browser_key(self) -> uuid.UUID:
        return self.cleaned_data.get("key") or uuid.uuid4()


class VoteForm(forms.Form):
    """A new vote with dots."""

    question = LineField(label=_("Question"), max_length=160)
    dots = forms.IntegerField(label=_("Dots for each person"), min_value=1, max_value=MOST_DOTS, initial=3)
    choices = ProseField(
        label=_("Choices, one a line"), max_length=4000, help_text=_("A line with the name of a stand leads to it.")
    )

    def clean_choices(self) -> list[str]:
        names = [line.strip() for line in self.cleaned_data["choices"].splitlines() if line.strip()]
        if len(set(names)) < 2 or len(names) > MOST_CHOICES:
            raise ValidationError(_("A vote needs 2 to 30 different choices."))
        if any(len(name) > 120 for name in names):
            raise ValidationError(_("A choice may have at most 120 characters."))
        return names


class DotsForm(forms.Form):
    """The dots of one person."""

    def __init__(self, *args: Any, vote: DotVote, own: dict[int, int], **options: Any) -> None:
        super().__init__(*args, **options)
        for choice in vote.choices.all():
            self.fields[f"dots-{choice.pk}"] = forms.IntegerField(
                label=choice.name, min_value=0, max_value=vote.dots, required=False, initial=own.get(choice.pk, 0)
            )

    def wanted(self) -> dict[int, int]:
        return {int(name.removeprefix("dots-")): count or 0 for name, count in self.cleaned_data.items()}
