import uuid

import pytest
from django.test import Client

from offenraum.barcamp.actions import rounds
from offenraum.barcamp.models import HandCount, Pitch, Round, Topic
from offenraum.barcamp.queries import pitches_of
from offenraum.conference.models import Conference
from tests.day import NOON, fresh, make_conference, make_member, make_seats, make_topic, make_topics, vote
from tests.people.sign_in import sign_in

PAGE = "/kogk18/regie/runde"


def text_of(client: Client, path: str = PAGE) -> str:
    return " ".join(client.get(path).content.decode().split())


def tap(client: Client, verb: str, *, version: int | None = None, **more: object) -> str:
    """Post a step as the page would, and return the page that follows."""
    round_ = Round.objects.get(conference__slug="kogk18")
    data = {"version": round_.version if version is None else version, **more}
    answer = client.post(f"{PAGE}/{verb}", data, follow=True)
    assert answer.redirect_chain == [(PAGE, 302)]
    return " ".join(answer.content.decode().split())


@pytest.fixture
def running(conference: Conference) -> Round:
    """A round with three topics, the first on stage."""
    make_topics(conference, 3)
    round_ = rounds.plan_round(conference=conference)
    rounds.open_round(round_=round_, version=1, now=NOON)
    rounds.next_pitch(round_=fresh(round_), version=2, now=NOON)
    return fresh(round_)


def test_page_leads_from_no_round_to_an_open_one(desk: Client, conference: Conference) -> None:
    make_topics(conference, 2)
    assert "Set up a round" in text_of(desk)
    desk.post(f"{PAGE}/anlegen")
    page = text_of(desk)
    assert "Collecting topics: 2 so far" in page
    assert "2 of 2 pitches fit in the time." in page
    page = tap(desk, "oeffnen")
    assert "The round is open." in page
    assert "Next: Thema 1" in page


def test_steps_change_the_stage(desk: Client, running: Round) -> None:
    assert "Thema 2" in stage(desk, "weiter")
    assert "Paused" in stage(desk, "pause")
    assert "Paused" not in stage(desk, "fortsetzen")
    assert "Thema 3" in stage(desk, "ueberspringen")
    assert "Show the wall again" in stage(desk, "leinwand-aus")
    assert "Blank the wall" in stage(desk, "leinwand-an")
    assert "Thema 2" in stage(desk, "zurueck")
    assert "Last call until 12:05" in stage(desk, "letzter-aufruf")
    assert "Vote closed at 12:00" in stage(desk, "schliessen")
    assert "Last call" in stage(desk, "wieder-oeffnen")


def stage(client: Client, verb: str) -> str:
    page = tap(client, verb)
    return page[page.index('id="desk-stage"') : page.index('id="desk-count"')]


def test_stale_step_is_refused_in_words(desk: Client, running: Round) -> None:
    tap(desk, "weiter")
    page = tap(desk, "weiter", version=running.version)
    assert "Somebody else has just changed this." in page
    assert "Thema 2" in page
    assert Round.objects.get().version == running.version + 1


@pytest.mark.parametrize("version", ["", "x", "-1", str(2**64), "3.5"])
def test_step_with_a_broken_version_is_refused(desk: Client, running: Round, version: str) -> None:
    answer = desk.post(f"{PAGE}/weiter", {"version": version}, follow=True)
    assert "That did not work." in answer.content.decode()
    assert Round.objects.get().version == running.version


def test_unknown_step_is_not_found(desk: Client, running: Round) -> None:
    assert desk.post(f"{PAGE}/tanzen", {"version": running.version}).status_code == 404


def test_call_and_move_take_the_pitch_that_was_tapped(desk: Client, running: Round) -> None:
    two, three = pitches_of(running)[1:]
    tap(desk, "verschieben", pitch=three.pk, before=two.pk)
    assert [p.topic.title for p in pitches_of(running)] == ["Thema 1", "Thema 3", "Thema 2"]
    tap(desk, "aufrufen", pitch=two.pk)
    assert fresh(running).current == two


def test_call_of_another_conferences_pitch_is_refused(desk: Client, running: Round) -> None:
    other = make_conference("andere")
    make_topic(other)
    theirs = rounds.plan_round(conference=other)
    rounds.open_round(round_=theirs, version=1, now=NOON)
    pitch = Pitch.objects.get(round=theirs)
    answer = desk.post(f"{PAGE}/aufrufen", {"version": running.version, "pitch": pitch.pk}, follow=True)
    assert "That did not work." in answer.content.decode()
    assert fresh(running).current == running.current


def test_close_asks_on_a_page_of_its_own(desk: Client, running: Round) -> None:
    page = text_of(desk, f"{PAGE}/ende")
    assert "2 topics have not been pitched yet." in page
    assert "Close the vote now" in page
    assert fresh(running).is_running
    tap(desk, "schliessen")
    assert desk.get(f"{PAGE}/ende").status_code == 302


def test_hands_are_kept_for_the_topic_on_stage(desk: Client, running: Round) -> None:
    assert running.current
    answer = desk.post(f"{PAGE}/haende", {"topic": running.current.topic_id, "hands": "about 15"}, follow=True)
    assert "15 hands for “Thema 1”." in answer.content.decode()
    kept = HandCount.objects.get()
    assert (kept.count, kept.is_estimate, kept.counted_by) == (15, True, "Ayse")


def test_hands_that_are_no_number_stay_typed(desk: Client, running: Round) -> None:
    assert running.current
    answer = desk.post(f"{PAGE}/haende", {"topic": running.current.topic_id, "hands": "viele"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="viele"' in page
    assert "Please type a number up to 5000" in page
    assert not HandCount.objects.exists()


def test_spontaneous_topic_joins_the_queue_once(desk: Client, running: Round) -> None:
    key = str(uuid.uuid4())
    for _ in range(2):
        desk.post(f"{PAGE}/thema", {"title": "Spontan", "host_name": "Mia", "key": key})
    assert [p.topic.title for p in pitches_of(running)][-1] == "Spontan"
    assert Topic.objects.filter(title="Spontan").count() == 1


def test_spontaneous_topic_without_a_name_stays_typed(desk: Client, running: Round) -> None:
    answer = desk.post(f"{PAGE}/thema", {"title": "Spontan", "host_name": "", "key": str(uuid.uuid4())})
    assert answer.status_code == 422
    assert 'value="Spontan"' in answer.content.decode()
    assert "Please type the name for the card." in answer.content.decode()


def test_count_shows_names_and_hands_to_the_desk(desk: Client, conference: Conference, running: Round) -> None:
    assert running.current
    vote(running.current.topic, make_seats(conference, 3)[:2])
    desk.post(f"{PAGE}/haende", {"topic": running.current.topic_id, "hands": "4"})
    page = text_of(desk)
    assert '<dd id="count-named">2</dd>' in page
    assert '<dd id="count-total">~6</dd>' in page


def test_hide_and_release_a_topic(desk: Client, running: Round) -> None:
    answer = desk.post("/kogk18/regie/themen/2/verbergen", follow=True)
    assert "“Thema 2” is hidden everywhere." in answer.content.decode()
    assert Topic.objects.get(number=2).state == Topic.State.HIDDEN
    desk.post("/kogk18/regie/themen/2/freigeben")
    assert Topic.objects.get(number=2).state == Topic.State.RELEASED


def test_waiting_topics_are_listed_for_release(desk: Client, conference: Conference) -> None:
    conference.must_release_topics = True
    conference.save()
    make_topic(conference, "Bitte prüfen", seat=make_seats(conference, 1)[0])
    page = text_of(desk)
    assert "Waiting for release" in page
    assert "Bitte prüfen" in page


def test_desk_is_for_members_of_the_conference(client: Client, conference: Conference) -> None:
    assert client.get(PAGE).status_code == 302
    sign_in(make_member(make_conference("andere"), name="Dirk"), client=client)
    assert client.get(PAGE).status_code == 404
    assert client.post(f"{PAGE}/anlegen").status_code == 404
