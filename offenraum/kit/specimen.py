"""The style pages: every component once, to look at and to measure. Routed in demo and debug only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from offenraum.kit.clock import Clock

PARTS = {"": "specimen", "regie": "specimen-desk", "leinwand": "specimen-wall", "tuer": "specimen-door"}
NOON = datetime(2018, 9, 4, 10, 4, tzinfo=UTC)
FAST = Clock(NOON, NOON, 60)


@dataclass(frozen=True)
class Sample:
    """What the layouts read of a conference."""

    slug: str = "stil"
    title: str = "Kommunale Open Government Konferenz NRW"
    short_title: str = "KOGK NRW 2018"
    time_zone: str = "Europe/Berlin"
    wall_metres: int = 3
    clock: Clock = FAST


class SampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label="Worum geht es?", max_length=80, help_text="Höchstens 80 Zeichen")
    host = forms.CharField(label="Ihr Name auf der Karte", max_length=80)
    about = forms.CharField(label="Beschreibung", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    level = forms.ChoiceField(label="Für wen", choices=[("all", "Alle"), ("beginner", "Einstieg")])
    length = forms.ChoiceField(
        label="Dauer", choices=[("1", "Ein Zeitfenster"), ("2", "Zwei Zeitfenster")], widget=forms.RadioSelect
    )
    code = forms.CharField(label="Code auf Ihrem Namensschild", max_length=9)
    photo = forms.BooleanField(
        label="Ich darf auf Fotos zu sehen sein.", required=False, help_text="Sie können das jederzeit ändern."
    )


def show(request: HttpRequest, part: str = "") -> HttpResponse:
    """One of the style pages; `?seite=` picks the wall's slide."""
    if part not in PARTS:
        raise Http404
    context = {
        "conference": Sample(),
        "page": {"": "topics", "regie": "board"}.get(part, ""),
        "form": SampleForm({"title": "", "host": "Ayşe Yıldız", "code": "K7", "level": "all"}),
        "slide": request.GET.get("seite", "slot"),
    }
    return render(request, f"kit/{PARTS[part]}.html", context)
