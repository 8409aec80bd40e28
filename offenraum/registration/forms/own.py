"""What somebody changes on the own page."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from offenraum.kit.fields import LineField
from offenraum.registration.actions.own import Details
from offenraum.registration.forms.fields import HashtagsField, photo_field, support_field
from offenraum.registration.models import Registration


class DetailsForm(forms.Form):
    """The answers one gave, to be corrected."""

    name = LineField(
        label=_("Your name on the badge"), max_length=80,
        error_messages={"required": _("Please type the name for your badge.")},
    )
    organisation = LineField(label=_("Organisation"), max_length=120, required=False)
    support = support_field()
    may_be_photographed = photo_field()
    hashtags = HashtagsField()

    @classmethod
    def of(cls, registration: Registration, data: object = None) -> DetailsForm:
        """The form with what is known."""
        initial = {
            "name": registration.name, "organisation": registration.organisation, "support": registration.support,
            "may_be_photographed": registration.may_be_photographed, "hashtags": " ".join(registration.hashtags),
        }
        return cls(data, initial=initial)  # type: ignore[arg-type]

    def details(self) -> Details:
        return Details(**self.cleaned_data)
