"""Translations are extracted, kept, compiled and checked without GNU gettext."""

from __future__ import annotations

import gettext
import importlib.util
import shutil
from pathlib import Path
from types import ModuleType

import pytest

TOOL = Path(__file__).resolve().parents[2] / "tools/messages.py"
PYTHON = '''
from django.utils.translation import gettext as _, ngettext
def told(count: int) -> str:
    return _("Saved") + ngettext("%(count)s topic", "%(count)s topics", count)
'''
TEMPLATE = """{% load i18n %}<p title="{% trans 'Close' %}">{% blocktrans trimmed with name=person %}
    Thank you, {{ name }}
{% endblocktrans %}</p>"""


@pytest.fixture
def messages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The tool, working on a product of one slice."""
    spec = importlib.util.spec_from_file_location("messages", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    folder = tmp_path / "offenraum/stall"
    (folder / "templates/stall").mkdir(parents=True)
    (folder / "__init__.py").write_text("")
    (folder / "views.py").write_text(PYTHON)
    (folder / "templates/stall/page.html").write_text(TEMPLATE)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "PRODUCT", tmp_path / "offenraum")
    return module


def catalogue(tmp_path: Path, language: str = "de") -> Path:
    return tmp_path / f"offenraum/stall/locale/{language}/LC_MESSAGES/django.po"


def translate(file: Path, english: str, german: str) -> None:
    text = file.read_text()
    entry = f'msgid "{english}"\nmsgstr ""'
    assert entry in text
    file.write_text(text.replace(entry, f'msgid "{english}"\nmsgstr "{german}"'))


def fill(file: Path) -> None:
    translate(file, "Saved", "Gespeichert")
    translate(file, "Close", "Schließen")
    translate(file, "Thank you, %(name)s", "Danke, %(name)s")
    text = file.read_text().replace('msgstr[0] ""', 'msgstr[0] "%(count)s Thema"')
    file.write_text(text.replace('msgstr[1] ""', 'msgstr[1] "%(count)s Themen"'))


def test_strings_of_modules_and_templates_are_found(messages: ModuleType, tmp_path: Path) -> None:
    messages.extract_slices([])
    text = catalogue(tmp_path).read_text()
    assert [line for line in text.splitlines() if line.startswith("msgid ")] == [
        'msgid ""', 'msgid "%(count)s topic"', 'msgid "Close"', 'msgid "Saved"', 'msgid "Thank you, %(name)s"',
    ]
    assert catalogue(tmp_path, "de_X-leicht").is_file()


def test_a_second_extraction_changes_nothing(messages: ModuleType, tmp_path: Path) -> None:
    messages.extract_slices([])
    fill(catalogue(tmp_path))
    before = catalogue(tmp_path).read_bytes()
    messages.extract_slices(["stall"])
    assert catalogue(tmp_path).read_bytes() == before


def test_a_string_that_is_gone_leaves_and_a_new_one_waits(messages: ModuleType, tmp_path: Path) -> None:
    messages.extract_slices([])
    fill(catalogue(tmp_path))
    views = tmp_path / "offenraum/stall/views.py"
    views.write_text(views.read_text().replace('"Saved"', '"Kept"'))
    messages.extract_slices([])
    text = catalogue(tmp_path).read_text()
    assert "Gespeichert" not in text
    assert 'msgid "Kept"\nmsgstr ""' in text
    assert "Schließen" in text


def test_compiled_catalogues_speak_german(messages: ModuleType, tmp_path: Path) -> None:
    messages.extract_slices([])
    fill(catalogue(tmp_path))
    messages.compile_all()
    with catalogue(tmp_path).with_suffix(".mo").open("rb") as stream:
        german = gettext.GNUTranslations(stream)
    assert german.gettext("Close") == "Schließen"
    assert german.ngettext("%(count)s topic", "%(count)s topics", 2) == "%(count)s Themen"


def test_an_untranslated_easy_text_falls_back(messages: ModuleType, tmp_path: Path) -> None:
    messages.extract_slices([])
    messages.compile_all()
    with catalogue(tmp_path, "de_X-leicht").with_suffix(".mo").open("rb") as stream:
        easy = gettext.GNUTranslations(stream)
    easy.add_fallback(type("German", (gettext.NullTranslations,), {"gettext": lambda _self, text: f"de:{text}"})())
    assert easy.gettext("Close") == "de:Close"


def test_check_lists_what_lacks_german(
    messages: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    messages.extract_slices([])
    fill(catalogue(tmp_path))
    messages.check_all()
    text = catalogue(tmp_path).read_text()
    catalogue(tmp_path).write_text(text.replace('"%(count)s Themen"', '""').replace("Gespeichert", ""))
    with pytest.raises(SystemExit, match="2 strings lack German, 0 are"):
        messages.check_all()
    assert "stall: 'Saved' (offenraum/stall/views.py)" in capsys.readouterr().out


def test_check_does_not_trust_a_fuzzy_entry(messages: ModuleType, tmp_path: Path) -> None:
    messages.extract_slices([])
    fill(catalogue(tmp_path))
    file = catalogue(tmp_path)
    file.write_text(file.read_text().replace('msgid "Close"', '#, fuzzy\nmsgid "Close"'))
    with pytest.raises(SystemExit, match="1 strings lack German, 0 are"):
        messages.check_all()


def test_check_names_what_two_slices_translate_differently(
    messages: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(tmp_path / "offenraum/stall", tmp_path / "offenraum/zelt")
    messages.extract_slices([])
    fill(catalogue(tmp_path))
    fill(other := tmp_path / "offenraum/zelt/locale/de/LC_MESSAGES/django.po")
    messages.check_all()
    other.write_text(other.read_text().replace("Schließen", "Zumachen"))
    with pytest.raises(SystemExit, match="0 strings lack German, 1 are translated in two ways"):
        messages.check_all()
    assert "de: 'Close' is 'Schließen' in stall and 'Zumachen' in zelt" in capsys.readouterr().out
