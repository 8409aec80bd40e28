"""An address that wants to be told."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from offenraum.conference.models import Webhook
from offenraum.kit.fields import LineField
from offenraum.kit.outbound import Refused, fit


class WebhookForm(forms.Form):
    """Where to, and about what."""

    address = LineField(
        label=_("Address"), max_length=300,
        help_text=_("It begins with https:// and leads to a public server. We do not follow redirects."),
    )
    events = forms.MultipleChoiceField(
        label=_("About what"), choices=Webhook.Event.choices, widget=forms.CheckboxSelectMultiple
    )

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        try:
            fit(address)
        except Refused as error:
            raise ValidationError(_("An address looks like this: https://www.example.de/meldungen")) from error
        return address
