"""Signing in to a seat with the code of a badge."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from offenraum.kit.fields import LineField


class CodeForm(forms.Form):
    """The typed code of a badge."""

    code = LineField(
        label=_("Code on your badge"), help_text=_("Eight letters and digits, for example K7QM-4RXA"), max_length=64
    )
