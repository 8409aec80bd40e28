"""Template tags of the design system: built files, form fields, error summary, the conference's clock."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from time import time
from typing import Any

from django import template
from django.conf import settings
from django.forms import (
    BaseForm,
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    RadioSelect,
    Select,
    SelectMultiple,
)
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from offenraum.kit.clock import Clock
from offenraum.kit.hyphens import softened
from offenraum.kit.language import localised
from offenraum.kit.markup import html_of

register = template.Library()
BUILT = Path(__file__).resolve().parent.parent / "static" / "kit"


class FrontEndMissingError(Exception):
    """The front end has not been built; `make setup` does it."""


@register.simple_tag
def asset(name: str) -> str:
    """The address of a built file, whose name carries a digest of its content."""
    manifest = BUILT / "manifest.json"
    if not manifest.is_file():
        raise FrontEndMissingError(_("The styles are not built yet. Please run: make setup"))
    return f"{settings.STATIC_URL}kit/{read_manifest(manifest, manifest.stat().st_mtime_ns)[name]}"


@lru_cache(maxsize=2)
def read_manifest(manifest: Path, _changed: int) -> dict[str, str]:
    names: dict[str, str] = json.loads(manifest.read_text())
    return names


@register.inclusion_tag("kit/field.html")
def field(bound: BoundField, *, kind: str = "", hint: str = "", autocomplete: str = "") -> dict[str, Any]:
    """A form field with label, hint, error and control, tied together for assistive technology.

    `kind` is a further class of the control (`field__input--short`), `hint` replaces the form's help text.
    """
    attributes = described(bound, hint=hint or str(bound.help_text)) | {"class": class_of(bound, kind)}
    attributes["placeholder"] = False  # a placeholder is no label, and forms of others bring some
    if autocomplete:
        attributes["autocomplete"] = autocomplete
    return {
        "field": bound,
        "shape": shape_of(bound),
        "hint": hint or bound.help_text,
        "control": bound.as_widget(attrs=attributes),
    }


def shape_of(bound: BoundField) -> str:
    """Which of the four layouts a field takes: checkbox, choices, select or input."""
    widget = bound.field.widget
    if isinstance(widget, CheckboxInput):
        return "checkbox"
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "choices"
    return "select" if isinstance(widget, Select) and not isinstance(widget, SelectMultiple) else "input"


def class_of(bound: BoundField, kind: str) -> str:
    return "choice__box" if shape_of(bound) in {"checkbox", "choices"} else f"field__input {kind}".strip()


def described(bound: BoundField, *, hint: str) -> dict[str, str | bool]:
    """The attributes that tie a control to its hint and its error; a group of choices carries them on its fieldset."""
    if shape_of(bound) == "choices":
        return {}
    parts = [f"{bound.auto_id}-hint"] if hint else []
    parts += [f"{bound.auto_id}-error"] if bound.errors else []
    attributes: dict[str, str | bool] = {"aria-describedby": " ".join(parts)} if parts else {}
    return attributes | ({"aria-invalid": "true"} if bound.errors else {})


@register.inclusion_tag("kit/errors.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """What is wrong with a form, at its top, each with a link to the field."""
    return {"form": form, "faulty": [bound for bound in form if bound.errors]}


@register.filter
def soft(text: str) -> str:
    """A title or name for a narrow column: its long words may break, with a hyphen, in every browser."""
    return softened(text, language=get_language() or "de")


@register.filter
def said(thing: object, field: str) -> str:
    """A field of something in the language of the page: `{{ talk|said:"title" }}`."""
    return localised(thing, field)


@register.filter
def lang(thing: object, field: str) -> SafeString:
    """The attribute for an element with such a text, where it stands on an English page in German only."""
    is_english = (get_language() or "").startswith("en")
    return SafeString(' lang="de"' if is_english and not getattr(thing, f"{field}_en", "") else "")


@register.filter
def markdown(text: str, top: int = 3) -> SafeString:
    """Markdown that people wrote, as clean HTML; `top` is the level of its highest heading."""
    return mark_safe(html_of(text, top=top))  # noqa: S308 - cleaned by nh3


@register.filter
def first_control(bound: BoundField) -> str:
    """The id that a link to this field jumps to: of the first choice where there are several."""
    return f"{bound.auto_id}_0" if shape_of(bound) == "choices" else bound.auto_id


@register.simple_tag
def clock_attributes(clock: Clock, moment: str = "") -> SafeString:
    """What the browser needs to show the conference's time: instants in milliseconds, speed, the server's time now."""
    now = moment or int(time() * 1000)
    if clock.started_at is None or clock.shows_at is None:
        return format_html('data-started="{0}" data-shows="{0}" data-speed="1" data-now="{0}"', now)
    return format_html(
        'data-started="{}" data-shows="{}" data-speed="{}" data-now="{}"',
        int(clock.started_at.timestamp() * 1000), int(clock.shows_at.timestamp() * 1000), clock.speed, now,
    )
