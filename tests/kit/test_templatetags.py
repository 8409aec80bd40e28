"""Form fields, error summary, built files and the clock's attributes as they reach the page."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import html5lib
import pytest
from django import forms
from django.template import Context, Template

from offenraum.kit.clock import Clock
from offenraum.kit.templatetags import kit

MOON = datetime(2018, 9, 4, 10, 0, tzinfo=UTC)


class Proposal(forms.Form):
    title = forms.CharField(label="Worum geht es?", help_text="Höchstens 80 Zeichen")
    about = forms.CharField(label="Beschreibung", required=False, widget=forms.Textarea)
    level = forms.ChoiceField(label="Für wen", choices=[("all", "Alle"), ("beginner", "Einstieg")])
    length = forms.ChoiceField(label="Dauer", choices=[("1", "Ein"), ("2", "Zwei")], widget=forms.RadioSelect)
    photo = forms.BooleanField(label="Fotos", required=False)


def rendered(source: str, **context: object) -> html5lib.treebuilders.base.Node:
    html = Template("{% load kit %}" + source).render(Context(context))
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parseFragment(html)


def test_a_faulty_field_is_tied_to_its_hint_and_its_error() -> None:
    tree = rendered("{% field form.title %}", form=Proposal({"title": ""}))
    control = tree.find(".//input")
    assert control.get("aria-invalid") == "true"
    assert control.get("aria-describedby") == "id_title-hint id_title-error"
    assert tree.find(".//label").get("for") == control.get("id") == "id_title"
    assert "".join(tree.find(".//*[@id='id_title-hint']").itertext()) == "Höchstens 80 Zeichen"
    assert "".join(tree.find(".//*[@id='id_title-error']").itertext()).startswith("Fehler: ")


def test_a_sound_field_mentions_no_error_and_keeps_what_was_typed() -> None:
    tree = rendered("{% field form.title %}", form=Proposal({"title": "<b>Haushalt</b>"}))
    control = tree.find(".//input")
    assert control.get("value") == "<b>Haushalt</b>"
    assert control.get("aria-invalid") is None
    assert control.get("aria-describedby") == "id_title-hint"
    assert tree.find(".//*[@id='id_title-error']") is None


def test_an_optional_field_says_so() -> None:
    tree = rendered("{% field form.about %}", form=Proposal())
    assert "".join(tree.find(".//label").itertext()) == "Beschreibung (freiwillig)"


def test_radio_buttons_are_a_named_group_with_its_error() -> None:
    tree = rendered("{% field form.length %}", form=Proposal({}))
    group = tree.find(".//fieldset")
    assert group.get("aria-describedby") == "id_length-error"
    assert "".join(group.find("legend").itertext()) == "Dauer"
    assert [option.get("id") for option in group.findall(".//input")] == ["id_length_0", "id_length_1"]
    assert [label.get("for") for label in group.findall(".//label")] == ["id_length_0", "id_length_1"]


def test_a_checkbox_stands_before_its_label() -> None:
    tree = rendered("{% field form.photo %}", form=Proposal())
    assert [child.tag for child in tree.find(".//*[@class='choice']")] == ["input", "label"]


def test_the_summary_links_to_every_faulty_field() -> None:
    form = Proposal({"title": "", "level": "all", "length": ""})
    tree = rendered("{% error_summary form %}", form=form)
    assert [link.get("href") for link in tree.findall(".//a")] == ["#id_title", "#id_length_0"]
    assert "".join(tree.find(".//a").itertext()).startswith("Worum geht es?: ")


def test_the_summary_of_a_sound_form_is_empty() -> None:
    form = Proposal({"title": "A", "level": "all", "length": "1"})
    assert list(rendered("{% error_summary form %}", form=form)) == []


def test_the_clock_gives_its_instants_and_the_servers_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kit, "time", lambda: 1_700_000_000.5)
    shifted = Clock(datetime(2023, 11, 14, tzinfo=UTC), MOON, 60.0)
    assert kit.clock_attributes(shifted) == (
        'data-started="1699920000000" data-shows="1536055200000" data-speed="60.0" data-now="1700000000500"'
    )
    assert 'data-speed="1" data-now="1700000000500"' in kit.clock_attributes(Clock())


def test_a_missing_build_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(kit, "BUILT", tmp_path)
    with pytest.raises(kit.FrontEndMissingError, match="make setup"):
        kit.asset("app.css")


def test_an_asset_is_named_by_its_content() -> None:
    assert kit.asset("app.css").startswith("/static/kit/app.")
    assert (kit.BUILT / kit.asset("app.css").rsplit("/", 1)[1]).is_file()
