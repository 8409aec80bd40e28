"""Signing in to a seat with the code of a badge."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from offenraum.kit.fields import LineField

MOST_NUMBER: Final = 2**31 - 1
MOST_AGE: Final = 24 * 60 * 60


class CodeForm(forms.Form):
    """The typed code of a badge."""

    code = LineField(
        label=_("Code on your badge"), help_text=_("Eight letters and digits, for example K7QM-4RXA"), max_length=64
    )


class MomentForm(forms.Form):
    """A tap at the door: `key` makes a retry harmless, `age` tells how many seconds ago it was."""

    key = forms.UUIDField(required=False)
    age = forms.IntegerField(min_value=0, max_value=MOST_AGE, required=False)


class ArrivalForm(MomentForm):
    """A check-in: what the camera read or a helper typed; or the number of a seat, then no code is needed."""

    code = LineField(
        label=_("Code of the badge"), help_text=_("For example K7QM-4RXA"), max_length=300,
        error_messages={"required": _("Please scan a badge or type its code.")},
    )
    number = forms.IntegerField(min_value=1, max_value=MOST_NUMBER, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].required = "number" not in self.data


class SeatNumberForm(forms.Form):
    """The number of a seat."""

    number = forms.IntegerField(min_value=1, max_value=MOST_NUMBER)
