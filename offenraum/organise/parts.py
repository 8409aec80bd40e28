"""What a conference has once, part by part, each with its form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from offenraum.conference.models import Conference
from offenraum.organise.forms.entries import EntryForm
from offenraum.organise.forms.parts import (
    BasicsForm,
    LanguagesForm,
    LegalForm,
    LooksForm,
    OpenDataForm,
    RulesForm,
    StatementForm,
    TravelForm,
    VisitorsForm,
)
from offenraum.website.queries import site_of


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its title, its form, and the public page that shows it."""

    slug: str
    title: str | Promise
    form: type[EntryForm]
    public: str = ""

    def row(self, conference: Conference) -> models.Model:
        """What the form changes."""
        return conference if self.form._meta.model is Conference else site_of(conference)


PARTS: Final = {
    part.slug: part
    for part in (
        Part("konferenz", _("Title, place, hosts"), BasicsForm),
        Part("gestaltung", _("Colours and picture"), LooksForm),
        Part("anreise", _("Getting there"), TravelForm, "anreise"),
        Part("sprachen", _("Easy language and sign language"), LanguagesForm, "leichte-sprache"),
        Part("rechtliches", _("Legal notice and privacy"), LegalForm, "impressum"),
        Part("barrierefreiheit", _("Accessibility statement"), StatementForm, "barrierefreiheit"),
        Part("regeln", _("Rules of the barcamp"), RulesForm),
        Part("daten", _("Open data"), OpenDataForm, "daten"),
        Part("besuch", _("Comments, letters, frames"), VisitorsForm),
    )
}
