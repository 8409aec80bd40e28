"""Forms about what a conference has several of."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from offenraum.conference.models import Conference, Day, Room, Slot, Speaker, Talk
from offenraum.organise.forms.entries import EntryForm, PictureForm, TimeOfDayForm
from offenraum.website.models import Faq, News, Page, Partner, Picture, Portrait

EQUIPMENT: Final = [
    ("projector", _("Projector")), ("microphone", _("Microphone")), ("flipchart", _("Flipchart")),
    ("power", _("Sockets at the places")),
]
TALL: Final = forms.Textarea(attrs={"rows": 12})


class DayForm(EntryForm):
    """A day."""

    class Meta:
        model = Day
        fields = ("date",)
        labels = {"date": _("Date")}
        widgets = {"date": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})}


class RoomForm(EntryForm):
    """A room of the barcamp."""

    equipment = forms.MultipleChoiceField(
        label=_("Equipment"), choices=EQUIPMENT, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Room
        fields = ("name", "places", "is_step_free", "equipment", "way", "position")
        labels = {
            "name": _("Name"), "places": _("Places"), "is_step_free": _("The room can be reached without steps"),
            "way": _("How to get there"), "position": _("Position in the plan"),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["position"].initial = following(Room, self.conference, "position")


class SlotForm(TimeOfDayForm):
    """A time in which every room holds a session."""

    class Meta:
        model = Slot
        fields = ("minutes",)
        labels = {"minutes": _("Minutes")}

    field_order = ("day", "begins", "minutes")

    def clean(self) -> None:
        super().clean()
        if day := self.days.get(self.cleaned_data.get("day", "")):
            self.instance.day = day
        if self.instance.pk is None:
            self.instance.number = following(Slot, self.conference, "number")


class TalkForm(TimeOfDayForm):
    """An item of the fixed programme."""

    class Meta:
        model = Talk
        fields = ("kind", "title", "title_en", "minutes", "room", "speakers", "about", "about_en")
        labels = {
            "kind": _("Kind"), "title": _("Title"), "title_en": _("Title in English"), "minutes": _("Minutes"),
            "room": _("Room"), "speakers": _("People"), "about": _("About it"), "about_en": _("About it, in English"),
        }
        widgets = {"speakers": forms.CheckboxSelectMultiple}

    field_order = ("kind", "title", "title_en", "day", "begins", "minutes", "room", "speakers", "about", "about_en")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["room"].queryset = Room.objects.filter(conference=self.conference)  # type: ignore[attr-defined]
        self.fields["speakers"].queryset = Speaker.objects.filter(conference=self.conference)  # type: ignore[attr-defined]


class SpeakerForm(PictureForm):
    """A person of the fixed programme, with a photo only if the person agrees."""

    picture_label = _("Photo")
    has_consent = forms.BooleanField(
        label=_("This person agrees that the photo is shown here"), required=False
    )

    class Meta:
        model = Speaker
        fields = ("name", "position", "position_en", "about", "about_en")
        labels = {
            "name": _("Name"), "position": _("Position"), "position_en": _("Position in English"),
            "about": _("About this person"), "about_en": _("About this person, in English"),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["has_consent"] = self.held is not None

    def held_picture(self) -> Picture | None:
        portrait = Portrait.objects.select_related("picture").filter(speaker=self.instance.pk).first()
        return portrait.picture if portrait else None

    def clean(self) -> None:
        super().clean()
        if self.made and not self.cleaned_data.get("has_consent"):
            self.add_error("has_consent", _("We show a photo only if the person agrees."))


class PageForm(EntryForm):
    """A page of the organisers' own."""

    class Meta:
        model = Page
        fields = ("title", "title_en", "slug", "text", "text_en", "position", "is_public")
        labels = {
            "title": _("Title"), "title_en": _("Title in English"), "slug": _("Address"), "text": _("Text"),
            "text_en": _("Text in English"), "position": _("Position in the menu"), "is_public": _("Public"),
        }
        help_texts = {
            "slug": _("Small letters, digits and dashes: for example “market”"),
            "text": _("Markdown: ## heading, **bold**, - list, [link](https://…)"),
        }
        widgets = {"text": TALL, "text_en": TALL}


class NewsForm(PictureForm):
    """News."""

    class Meta:
        model = News
        fields = ("title", "title_en", "text", "text_en", "published_at", "takes_comments")
        labels = {
            "title": _("Title"), "title_en": _("Title in English"), "text": _("Text"),
            "text_en": _("Text in English"), "published_at": _("Published at"),
            "takes_comments": _("May be commented on"),
        }
        help_texts = {
            "text": _("Markdown: ## heading, **bold**, - list, [link](https://…)"),
            "published_at": _("Empty: a draft. A later time: it appears then."),
        }
        widgets = {
            "text": TALL, "text_en": TALL,
            "published_at": forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        }

    def clean_published_at(self) -> datetime | None:
        moment: datetime | None = self.cleaned_data["published_at"]
        if moment is not None and not 2000 <= moment.year <= 2200:
            raise ValidationError(_("Please enter a year between 2000 and 2200."))
        return moment


class FaqForm(EntryForm):
    """A question and its answer."""

    class Meta:
        model = Faq
        fields = ("question", "question_en", "answer", "answer_en", "position")
        labels = {
            "question": _("Question"), "question_en": _("Question in English"), "answer": _("Answer"),
            "answer_en": _("Answer in English"), "position": _("Position"),
        }


class PartnerForm(PictureForm):
    """A partner with a logo."""

    picture_label = _("Logo")
    picture_field = "logo"

    class Meta:
        model = Partner
        fields = ("kind", "name", "link", "position")
        labels = {"kind": _("Kind"), "name": _("Name"), "link": _("Website"), "position": _("Position")}


def following(model: type[Room | Slot], conference: Conference, field: str) -> int:
    """The next free number."""
    highest = model._default_manager.filter(conference=conference).aggregate(most=Max(field))["most"]
    return int(highest or 0) + 1
