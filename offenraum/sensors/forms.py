"""Forms about networks, devices, channels and codecs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from offenraum.conference.models import Conference
from offenraum.kit.fields import LineField
from offenraum.sensors.models import Channel, Codec, Device, Network, Station
from offenraum.sensors.rules import BadFormula, check_formula, plain_id


class NetworkForm(forms.Form):
    """Where messages shall come from."""

    name = LineField(label=_("Name"), max_length=80)
    kind = forms.ChoiceField(label=_("Kind"), choices=Network.Kind.choices)


class DeviceForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a device is and how it is decoded."""

    class Meta:
        model = Device
        fields = (
            "network", "identity", "name", "place", "owner", "meaning", "licence", "latitude", "longitude", "decoder",
            "codec", "silent_minutes",
        )
        labels = {"network": _("Network"), "codec": _("Codec"), "place": _("Where it stands")}
        help_texts = {
            "identity": _("DevEUI, or what the network calls it"),
            "meaning": _("What does a high or low value mean for people here?"),
            "licence": _("For example: CC BY 4.0"),
        }

    def __init__(self, *args: Any, conference: Conference, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["network"].queryset = Network.objects.filter(conference=conference)  # type: ignore[attr-defined]
        self.fields["codec"].queryset = Codec.objects.filter(conference=conference)  # type: ignore[attr-defined]

    def clean_identity(self) -> str:
        identity = plain_id(self.cleaned_data["identity"])
        if not identity:
            raise ValidationError(_("An identity consists of letters and digits."))
        return identity

    def clean(self) -> None:
        network, identity = self.cleaned_data.get("network"), self.cleaned_data.get("identity")
        others = Device.objects.filter(network=network, identity=identity).exclude(pk=self.instance.pk)
        if network and identity and others.exists():
            self.add_error("identity", _("There is a device with this identity already."))
        if self.cleaned_data.get("decoder") == Device.Decoder.CODEC and not self.cleaned_data.get("codec"):
            self.add_error("codec", _("Please choose the codec."))


class StationForm(forms.ModelForm):  # type: ignore[type-arg]
    """The public station that feeds a device."""

    class Meta:
        model = Station
        fields = ("source", "mark", "every_minutes")
        help_texts = {"mark": _("UUID or number of the gauge, number of the sensor")}


class ChannelForm(forms.ModelForm):  # type: ignore[type-arg]
    """One value of a device."""

    class Meta:
        model = Channel
        fields = ("key", "name", "unit", "formula", "decimals", "low", "high", "warn", "alarm")
        help_texts = {
            "key": _("As it stands in the raw messages, for example distance or soil.moisture"),
            "formula": _("x is the raw value. Example: 350 - x. Empty: as it is."),
            "low": _("What is lower goes into quarantine."), "high": _("What is higher goes into quarantine."),
            "alarm": _("Lower than the threshold of attention: low values are bad."),
        }

    def clean_formula(self) -> str:
        formula: str = self.cleaned_data["formula"]
        if formula:
            try:
                check_formula(formula)
            except BadFormula as error:
                words = gettext("“%(part)s” cannot be calculated. Possible: x, numbers, + - * /, min, max, abs, round.")
                raise ValidationError(words % {"part": str(error)[:40]}) from error
        return formula

    def clean(self) -> None:
        low, high = self.cleaned_data.get("low"), self.cleaned_data.get("high")
        if low is not None and high is not None and low >= high:
            self.add_error("high", _("The highest value must be above the lowest."))
        same = Channel.objects.filter(
            device=self.instance.device_id, key=self.cleaned_data.get("key"), name=self.cleaned_data.get("name")
        )
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("name", _("There is a value with this name already."))


class CodecForm(forms.ModelForm):  # type: ignore[type-arg]
    """A foreign decoder."""

    class Meta:
        model = Codec
        fields = ("name", "source")
        help_texts = {
            "source": _("JavaScript with decodeUplink(input), Decoder(bytes, port) or Decode(fPort, bytes)"),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["source"].widget.attrs |= {"rows": 18, "spellcheck": "false"}

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        same = Codec.objects.filter(conference=self.instance.conference_id, name=name).exclude(pk=self.instance.pk)
        if same.exists():
            raise ValidationError(_("There is a codec with this name already."))
        return name
