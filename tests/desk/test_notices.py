from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.test import Client

from offenraum.conference.models import Conference, Decision, Notice
from offenraum.conference.queries import notices_of
from offenraum.conference.queries.times import moment_of_day
from tests.day import NOON, set_clock

PAGE = "/kogk18/regie/durchsage"
COFFEE = {"text": "Der Kaffee ist da.", "minutes": "15", "kind": "news"}
pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


def send(desk: Client, key: uuid.UUID | None = None, **more: str) -> Notice | None:
    desk.post(f"{PAGE}/senden", COFFEE | {"key": str(key or uuid.uuid4())} | more)
    return Notice.objects.last()


@pytest.mark.parametrize("page", ["", "jetzt", "programm", "themen", "leinwand/1", "regie/heute"])
def test_announcement_is_on_every_screen_in_a_live_part(desk: Client, conference: Conference, page: str) -> None:
    send(desk)
    shown = desk.get(f"/kogk18/{page}").content.decode()
    part = shown.partition('<div class="notices" role="status">')[2].partition("</section>")[0]
    assert 'data-region="kogk18/notice/en/0"' in part
    assert "Der Kaffee ist da." in part
    assert shown.count("Der Kaffee ist da.") == 1


def test_announcement_is_on_the_door(desk: Client, conference: Conference) -> None:
    send(desk, kind="warn")
    door = desk.get(f"/kogk18/tuer/{conference.rooms.first().pk}").content.decode()
    assert "Important:</strong> Der Kaffee ist da." in door


def test_announcement_expires_and_screens_are_told(desk: Client, conference: Conference) -> None:
    notice = send(desk)
    assert notice is not None
    before, after = notice.ends_at - timedelta(seconds=1), notice.ends_at
    assert moment_of_day(conference, before) != moment_of_day(conference, after)
    set_clock(conference, before - timedelta(minutes=1))
    assert notices_of("kogk18") == [notice]
    set_clock(conference, after)
    assert notices_of("kogk18") == []


def test_double_tap_is_one_announcement(desk: Client, conference: Conference) -> None:
    key = uuid.uuid4()
    send(desk, key)
    send(desk, key)
    assert Notice.objects.count() == 1


def test_announcement_is_taken_back_and_both_are_in_the_log(desk: Client, conference: Conference) -> None:
    notice = send(desk)
    assert notice is not None
    desk.post(f"{PAGE}/{notice.pk}/beenden")
    assert notices_of("kogk18") == []
    assert [one.verb for one in Decision.objects.all()] == ["send_notice", "end_notice"]


@pytest.mark.parametrize(("field", "value"), [("text", ""), ("text", "x" * 161), ("minutes", "7"), ("kind", "x")])
def test_announcement_that_is_wrong_comes_back_as_typed(
    desk: Client, conference: Conference, field: str, value: str
) -> None:
    answer = desk.post(f"{PAGE}/senden", COFFEE | {"key": str(uuid.uuid4()), field: value})
    assert answer.status_code == 422
    assert Notice.objects.count() == 0
    assert value in answer.content.decode()


def test_no_more_than_three_are_shown(desk: Client, conference: Conference) -> None:
    set_clock(conference, NOON)
    for number in range(5):
        send(desk, text=f"Durchsage {number}")
    assert [one.text for one in notices_of("kogk18")] == ["Durchsage 4", "Durchsage 3", "Durchsage 2"]
