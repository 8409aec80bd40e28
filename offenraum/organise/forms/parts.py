"""Forms about what a conference has once: its data, its looks, its rules, its legal texts."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from offenraum.conference.models import Conference
from offenraum.conference.models.conferences import HEX_COLOUR
from offenraum.conference.rules import RESERVED_SLUGS
from offenraum.kit.fields import LineField
from offenraum.organise.forms.entries import EntryForm, PictureForm
from offenraum.website.models import Site
from offenraum.website.rules.frames import MOST_HOSTS, NoOrigin, origins_of

MARKDOWN: Final = _("Markdown: ## heading, **bold**, - list, [link](https://…)")


class BasicsForm(EntryForm):
    """What, where, who."""

    class Meta:
        model = Conference
        fields = (
            "title", "title_en", "short_title", "about", "about_en", "venue", "street", "city", "hosted_by", "domain",
        )
        labels = {
            "title": _("Title"), "title_en": _("Title in English"), "short_title": _("Short title, for the header"),
            "about": _("What it is about"), "about_en": _("What it is about, in English"), "venue": _("Venue"),
            "street": _("Street and number"), "city": _("Postcode and town"), "hosted_by": _("Invited by"),
            "domain": _("Own domain"),
        }
        help_texts = {
            "domain": _("For example konferenz.example.de. The operator has to allow it and point it to this server."),
        }

    def clean_domain(self) -> str:
        domain: str = self.cleaned_data["domain"].lower().strip(".")
        if domain and domain not in settings.ALLOWED_HOSTS:
            raise ValidationError(_("The operator has not allowed this domain yet (setting OFFENRAUM_HOSTS)."))
        if domain and Conference.objects.filter(domain=domain).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Another conference has this domain."))
        return domain


class LooksForm(PictureForm):
    """Colours and the picture of the start page."""

    colour = LineField(
        label=_("Main colour"), max_length=7, required=False,
        help_text=_("For example #2044aa. We make shades of it that can be read."),
    )
    second_colour = LineField(
        label=_("Second colour"), max_length=7, required=False, help_text=_("For the band at the top.")
    )
    picture_label = _("Picture of the start page")
    field_order = ("colour", "second_colour", "upload", "alt", "alt_en", "drop")

    class Meta:
        model = Site
        fields = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial.update(colour=self.conference.colour, second_colour=self.conference.second_colour)

    def clean(self) -> None:
        super().clean()
        for name in ("colour", "second_colour"):
            value = self.cleaned_data.get(name, "").strip()
            try:
                HEX_COLOUR(value or "#000000")
            except ValidationError as error:
                self.add_error(name, error)
            setattr(self.conference, name, value)
        if self.cleaned_data.get("second_colour") and not self.cleaned_data.get("colour"):
            self.add_error("colour", _("Please choose a main colour first."))


class RulesForm(EntryForm):
    """How the barcamp is held."""

    class Meta:
        model = Conference
        fields = ("seat_mode", "must_release_topics", "pitch_seconds", "vote_seconds", "wall_metres")
        labels = {
            "seat_mode": _("Who may take part"),
            "must_release_topics": _("The desk releases topics before they reach the wall"),
            "pitch_seconds": _("Seconds to present a topic"), "vote_seconds": _("Seconds to vote"),
            "wall_metres": _("Width of the picture on the wall, in metres"),
        }
        widgets = {"seat_mode": forms.RadioSelect}


class VisitorsForm(EntryForm):
    """What visitors may do on the website, and who may show it."""

    class Meta:
        model = Site
        fields = ("takes_comments", "takes_addresses", "frame_hosts")
        labels = {
            "takes_comments": _("Visitors may comment on news"),
            "takes_addresses": _("Visitors may ask for a letter when registration opens"),
            "frame_hosts": _("Sites that may show the programme in a frame"),
        }
        help_texts = {"frame_hosts": _("One a line: www.example.de. Nobody else can show our pages in a frame.")}

    def clean_frame_hosts(self) -> str:
        try:
            origins = origins_of(self.cleaned_data["frame_hosts"])
        except NoOrigin as error:
            told = _("This is not the address of a site: %(line)s") % {"line": str(error)[:80]}
            raise ValidationError(told) from error
        if len(origins) > MOST_HOSTS:
            raise ValidationError(_("At most %(most)d sites are possible.") % {"most": MOST_HOSTS})
        return "\n".join(origins)


class OpenDataForm(EntryForm):
    """Under which terms others may use the data of the conference."""

    class Meta:
        model = Site
        fields = ("data_licence", "contributor")
        labels = {
            "data_licence": _("Licence of the open data"), "contributor": _("Your address as a data provider"),
        }
        help_texts = {
            "data_licence": _("It holds for all tables on the open data page. We name who invites."),
            "contributor": _("Data portals such as GovData ask for it. GovData gives it to whoever delivers data."),
        }


class TravelForm(EntryForm):
    """The way there."""

    class Meta:
        model = Site
        fields = ("travel", "travel_en", "step_free", "step_free_en", "map_link")
        labels = {
            "travel": _("How to get there"), "travel_en": _("How to get there, in English"),
            "step_free": _("Step-free access"), "step_free_en": _("Step-free access, in English"),
            "map_link": _("Link to a map"),
        }
        help_texts = {"travel": MARKDOWN}


class LegalForm(EntryForm):
    """Legal notice and privacy."""

    class Meta:
        model = Site
        fields = ("imprint", "imprint_en", "privacy", "privacy_en")
        labels = {
            "imprint": _("Legal notice"), "imprint_en": _("Legal notice in English"),
            "privacy": _("Your own words about privacy"), "privacy_en": _("Your own words about privacy, in English"),
        }
        help_texts = {"imprint": _("Name and address of who is responsible, a person to ask, e-mail address.")}


class StatementForm(EntryForm):
    """What the accessibility statement says."""

    class Meta:
        model = Site
        fields = ("checked_on", "check_by", "result", "gaps", "gaps_en", "contact", "enforcement")
        labels = {
            "checked_on": _("Last checked on"), "check_by": _("How it was checked"), "result": _("The website"),
            "gaps": _("What is not accessible yet, and why"), "gaps_en": _("What is not accessible yet, in English"),
            "contact": _("Contact for questions about accessibility"),
            "enforcement": _("Office that helps when we do not answer"),
        }
        widgets = {"checked_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})}


class LanguagesForm(EntryForm):
    """Easy language and sign language."""

    class Meta:
        model = Site
        fields = ("easy_text", "sign_link", "sign_text")
        labels = {
            "easy_text": _("The conference in easy language"),
            "sign_link": _("Link to the video in sign language"),
            "sign_text": _("What the video says"),
        }
        help_texts = {
            "easy_text": _("Please have it checked by people who need easy language."),
            "sign_text": _("For everybody who cannot see the video."),
        }


class NewConferenceForm(forms.Form):
    """A new conference: what it is called, where it lies, when it begins, and which one it may copy."""

    title = LineField(label=_("Title"), max_length=120)
    slug = forms.RegexField(
        r"^[a-z0-9][a-z0-9-]{0,39}\Z", label=_("Short name in the address"), max_length=40,
        help_text=_("Small letters, digits and dashes: for example “opengov27”"),
    )
    day = forms.DateField(
        label=_("First day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    template = forms.ChoiceField(
        label=_("Take over from"), required=False,
        help_text=_("Rooms, times, fixed programme and texts are copied, people are not."),
    )

    def __init__(self, *args: Any, known: list[Conference], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", _("Nothing, begin anew")), *((one.slug, one.title) for one in known)]
        self.fields["template"].choices = choices  # type: ignore[attr-defined]

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if slug in RESERVED_SLUGS:
            raise ValidationError(_("This is an address of Offenraum itself."))
        if Conference.objects.filter(slug=slug).exists():
            raise ValidationError(_("There is a conference at this address already."))
        return slug

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if not 2000 <= day.year <= 2200:
            raise ValidationError(_("Please enter a year between 2000 and 2200."))
        return day
