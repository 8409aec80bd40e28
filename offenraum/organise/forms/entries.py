"""What all forms about a part of a conference have in common."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, Final

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import BoundField
from django.utils.dateparse import parse_time
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from offenraum.conference.models import Conference, Day
from offenraum.kit.fields import LineField, side_by_side
from offenraum.website.models import Picture
from offenraum.website.pictures import Made, NotAPicture, make_picture

REASONS: Final[dict[str, str | Promise]] = {
    "svg": _("SVG files can carry programs, so we do not take them. Please save the picture as PNG."),
    "large": _("This file is larger than 8 MB. Please save it smaller."),
    "pixels": _("This picture has too many pixels. Please save it with at most 6,000 × 4,000."),
    "unknown": _("We cannot read this as a picture. JPEG, PNG, WebP and GIF are possible."),
}

FILLED_IN: Final = ("conference", "starts_at", "number")


class EntryForm(forms.ModelForm):  # type: ignore[type-arg]
    """Something of a conference; German and English of the same text stand side by side."""

    def __init__(self, *args: Any, conference: Conference, now: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.conference, self.now = conference, now
        self._meta.error_messages = {NON_FIELD_ERRORS: {"unique_together": str(_("There is one like this already."))}}
        if hasattr(self.instance, "conference_id") and self.instance.pk is None:
            self.instance.conference = conference

    def _get_validation_exclusions(self) -> set[str]:
        """Constraints over what we fill in ourselves are checked here too, not only by the database."""
        ours = {name for name in FILLED_IN if getattr(self.instance, name, None) is not None}
        return set(super()._get_validation_exclusions()) - ours  # type: ignore[misc]

    @property
    def rows(self) -> list[list[BoundField]]:
        return side_by_side(self)


class TimeOfDayForm(EntryForm):
    """Something that begins on a day of the conference at a time."""

    day = forms.ChoiceField(label=_("Day"))
    begins = forms.CharField(
        label=_("Begins at"), max_length=8, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        days = Day.objects.filter(conference=self.conference).order_by("date")
        self.fields["day"].choices = [(str(day.pk), f"{day.date:%d.%m.%Y}") for day in days]  # type: ignore[attr-defined]
        self.days = {str(day.pk): day for day in days}
        if self.instance.pk:
            local = self.instance.starts_at.astimezone(self.conference.zone)
            self.initial["begins"] = f"{local:%H:%M}"
            self.initial["day"] = next((key for key, day in self.days.items() if day.date == local.date()), None)

    def clean_begins(self) -> time:
        try:
            found = parse_time(self.cleaned_data["begins"])
        except ValueError:
            found = None
        if found is None:
            raise ValidationError(_("A time looks like this: 09:30."))
        return found.replace(second=0, microsecond=0, tzinfo=None)

    def clean(self) -> None:
        super().clean()
        day, begins = self.days.get(self.cleaned_data.get("day", "")), self.cleaned_data.get("begins")
        if day and begins:
            self.instance.starts_at = at(day.date, begins, self.conference)


def at(day: date, begins: time, conference: Conference) -> datetime:
    return datetime.combine(day, begins, tzinfo=conference.zone)


class PictureForm(EntryForm):
    """Something with a picture, whose alternative text is asked for."""

    picture_label = _("Picture")
    picture_field = "picture"

    upload = forms.FileField(label=_("Picture"), required=False, help_text=_("JPEG, PNG, WebP or GIF, at most 8 MB"))
    alt = LineField(
        label=_("What the picture shows"), max_length=300, required=False,
        help_text=_("For people who do not see it. For a logo: the name."),
    )
    alt_en = LineField(label=_("What the picture shows, in English"), max_length=300, required=False)
    drop = forms.BooleanField(label=_("Take the picture away"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["upload"].label = self.picture_label
        self.fields["upload"].widget.attrs |= {"accept": "image/jpeg,image/png,image/webp,image/gif"}
        self.made: Made | None = None
        self.held = self.held_picture()
        if self.held is None:
            del self.fields["drop"]
        else:
            self.initial.update(alt=self.held.alt, alt_en=self.held.alt_en)

    def held_picture(self) -> Picture | None:
        """The picture that is shown now."""
        found: Picture | None = getattr(self.instance, self.picture_field)
        return found

    def clean_upload(self) -> object:
        upload = self.cleaned_data["upload"]
        if upload is not None:
            try:
                self.made = make_picture(upload.read())
            except NotAPicture as refusal:
                raise ValidationError(str(REASONS[refusal.reason])) from refusal
        return upload

    def clean(self) -> None:
        super().clean()
        stays = self.held is not None and not self.cleaned_data.get("drop")
        if (self.made or stays) and not self.cleaned_data.get("alt") and "alt" not in self.errors:
            self.add_error("alt", _("Please say what the picture shows."))
