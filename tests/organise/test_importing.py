"""The page that takes over a programme: looks first, names each fault, takes exactly what was looked at."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from offenraum.conference.models import Conference, Talk
from offenraum.project.commands.importing import main
from tests.builders import text_of
from tests.day import make_conference
from tests.organise.test_editing import conference, organiser, send
from tests.programme.test_importing import file_of

__all__ = ["conference", "organiser"]
pytestmark = pytest.mark.django_db


def look(organiser: Client, data: bytes, **more: str) -> HttpResponse:
    return send(organiser, "einrichten/import", file=SimpleUploadedFile("schedule.json", data), **more)


def checked(answer: HttpResponse) -> str:
    found = re.search(r'name="checked" value="([^"]+)"', answer.content.decode())
    assert found is not None
    return found.group(1)


def test_organiser_looks_and_then_takes(organiser: Client) -> None:
    seen = look(organiser, file_of())
    assert "Neu 1" in text_of(seen)
    assert not Talk.objects.filter(title="Begrüßung").exists()
    answer = organiser.post("/kogk18/regie/einrichten/import", {"checked": checked(seen)}, follow=True)
    assert "1 neu" in text_of(answer)
    assert Talk.objects.get(title="Begrüßung").source == "g-1"
    assert "Alles ist wie in der Datei" in text_of(look(organiser, file_of()))


def test_faults_are_named_and_nothing_is_offered(organiser: Client) -> None:
    answer = look(organiser, file_of(duration="lang"))
    page = text_of(answer)
    assert answer.status_code == 422
    assert "1 (Begrüßung) , duration : Das ist keine Dauer wie 00:45." in page
    assert 'name="checked"' not in answer.content.decode()
    for data in (b"", b"kaputt", b"%PDF"):
        refused = look(organiser, data)
        assert (refused.status_code, "Die Datei ist" in text_of(refused)) == (422, True)
    assert send(organiser, "einrichten/import").status_code == 422


def test_what_was_looked_at_cannot_be_changed_or_used_elsewhere(organiser: Client) -> None:
    kept = checked(look(organiser, file_of()))
    other = make_conference("andere")
    for text in ("x", kept[:-2], kept.replace(".", ":")):
        organiser.post("/kogk18/regie/einrichten/import", {"checked": text})
    assert organiser.post("/andere/regie/einrichten/import", {"checked": kept}).status_code in {403, 404}
    assert not Talk.objects.filter(title="Begrüßung").exists()
    assert not Talk.objects.filter(conference=other).exclude(kind="pitch").exists()


def test_command_looks_takes_and_names_faults(
    conference: Conference, tmp_path: object, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "schedule.json"  # type: ignore[operator]
    file.write_bytes(file_of())
    assert main(["kogk18", str(file)]) == 0
    assert not Talk.objects.filter(title="Begrüßung").exists()
    assert main(["kogk18", str(file), "--take", "--rooms"]) == 0
    assert Talk.objects.get(title="Begrüßung").room is not None
    assert "new: 1, changed: 0, as before: 0" in capsys.readouterr().out
    file.write_bytes(file_of(title=""))
    assert main(["kogk18", str(file), "--take"]) == 1
    assert "title" in capsys.readouterr().err
    assert main(["nirgends", str(file)]) == main(["kogk18", str(file.with_name("fehlt"))]) == 1
