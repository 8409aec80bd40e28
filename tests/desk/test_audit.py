from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from offenraum.conference.models import Conference, Room, Slot
from offenraum.kit.outbox import serve_one
from offenraum.planner.command import main
from offenraum.programme import tasks
from offenraum.programme.actions.draft import place_topic
from offenraum.programme.actions.editions import publish_edition
from offenraum.programme.models import Reasons
from tests.builders import close, open_a_round
from tests.day import NOON, make_member, make_seats, make_topics, vote
from tests.people.sign_in import sign_in

PAGE = "/kogk18/regie/pruefung"


@pytest.fixture
def auditor(conference: Conference) -> Client:
    """Clara, whom the organisers have named to audit; her browser reads English."""
    client = sign_in(make_member(conference, role="auditor", name="Clara"), second_factor=True)
    client.cookies["sprache"] = "en"
    return client


@pytest.fixture
def reasons(conference: Conference) -> Reasons:
    """Edition 1 with its reasons; the round is still open."""
    one, _two = make_topics(conference, 2)
    vote(one, make_seats(conference, 6))
    open_a_round(conference)
    slot, room = Slot.objects.get(number=1), Room.objects.get(position=1)
    place_topic(topic=one, slot=slot, room=room, seen=None)
    publish_edition(conference=conference, after=0, published_by="moderator", now=NOON)
    assert serve_one(tasks.EXPLAINING, worker="here:1", now=timezone.now)
    return Reasons.objects.get()


def test_auditor_recounts_an_edition_once_the_vote_is_closed(
    auditor: Client, conference: Conference, reasons: Reasons, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "as soon as the vote is closed" in auditor.get(PAGE).content.decode()
    files = [f"{PAGE}/{reasons.pk}/{name}.json" for name in ("wuensche", "plan")]
    assert [auditor.get(file).status_code for file in files] == [404, 404]
    close(conference.rounds.get())
    page = auditor.get(PAGE).content.decode()
    assert reasons.told is not None
    assert reasons.told["input_hash"] in page
    assert "The kept wishes have the public fingerprint" in page
    assert all(file in page for file in files)
    loaded = [tmp_path / "problem.json", tmp_path / "plan.json"]
    for file, path in zip(files, loaded, strict=True):
        path.write_bytes(auditor.get(file).content)
    assert main([str(loaded[0]), "--explain", str(loaded[1]), "--out", str(tmp_path / "again.json")]) == 0
    assert json.loads(capsys.readouterr().err.splitlines()[-1]) == {"recounted": True, "differences": []}


def test_auditor_is_told_of_changed_and_deleted_wishes(
    auditor: Client, conference: Conference, reasons: Reasons
) -> None:
    close(conference.rounds.get())
    Reasons.objects.update(problem={"people": []})
    assert "do not have the public fingerprint" in auditor.get(PAGE).content.decode()
    Reasons.objects.update(problem=None)
    assert "have been deleted as agreed" in auditor.get(PAGE).content.decode()
    assert auditor.get(f"{PAGE}/{reasons.pk}/wuensche.json").status_code == 404


def test_auditor_has_no_other_way_at_the_desk(auditor: Client, conference: Conference) -> None:
    page = auditor.get(PAGE).content.decode()
    assert "Nothing has been published yet" in page or "as soon as the vote is closed" in page
    assert "/kogk18/regie/plan" not in page
    assert auditor.get("/kogk18/regie/").status_code == 403
