"""`offenraum ask` and `offenraum services import`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from offenraum.answers.models import Service
from offenraum.project.commands import ask, services
from tests.day import make_conference

pytestmark = pytest.mark.django_db


def test_services_are_imported_and_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_conference()
    file = tmp_path / "dienste.json"
    file.write_text(json.dumps({"data": [{"name": "Sperrmüll", "description": "<p>Zweimal im Jahr.</p>"}]}))
    assert services.main(["import", str(file), "--map", "name=name,text=description"]) == 0
    assert services.main(["import", str(file), "--map", "name=name,text=description"]) == 0
    assert capsys.readouterr().out == "services of dienste: 1, no longer there: 0\n" * 2
    assert ask.main(["Wann kommt der Sperrmüll?", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {"known": True, "answers": [{
        "title": "Sperrmüll", "quote": "Zweimal im Jahr.", "source": "dienste", "score": told["answers"][0]["score"],
        "url": told["answers"][0]["url"],
    }]}
    assert told["answers"][0]["url"].endswith(f"/kogk18/fragen/leistung/{Service.objects.get().pk}")
    assert ask.main(["Wie wird das Wetter?", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"answers": [], "known": False}
    assert ask.main(["Sperrmüll"]) == 0
    assert "Zweimal im Jahr." in capsys.readouterr().out


def test_what_cannot_be_meant_is_refused_with_the_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_conference()
    assert ask.main(["x" * 10_000, "--json"]) == 1
    assert ask.main(["?", "--conference", "fremd"]) == 1
    make_conference("zwei")
    assert ask.main(["Sperrmüll"]) == 1
    file = tmp_path / "a.csv"
    file.write_text("name,text\n,leer\n")
    missing = str(tmp_path / "fehlt")
    for arguments in ([str(file), "--map", "x=y"], [missing, "--map", "name=name"], [str(file), "--map", "name=name"]):
        assert services.main(["import", *arguments, "--conference", "zwei"]) == 1
    said = capsys.readouterr().err.splitlines()
    assert all(line.startswith(("offenraum ask: ", "offenraum services: ")) for line in said)
    assert len(said) >= 6
    assert Service.objects.count() == 0
