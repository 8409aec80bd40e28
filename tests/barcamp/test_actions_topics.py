from datetime import timedelta

import pytest

from offenraum.barcamp.actions.topics import (
    Stale,
    TopicText,
    edit_topic,
    hide_topic,
    propose_topic,
    release_topic,
    set_absences,
    withdraw_topic,
)
from offenraum.barcamp.models import HostAbsence, Topic, TopicHost
from offenraum.barcamp.queries import pitches_of, public_topics
from offenraum.conference.models import Conference, Slot
from offenraum.live.models import StreamVersion
from offenraum.seats.models import Seat
from tests.builders import close, make_seat, new_key, open_a_round
from tests.day import NOON, fresh, make_conference, make_topic, make_topics

pytestmark = pytest.mark.django_db
TEXT = TopicText(
    title="Sensoren am Fluss", about="Pegel messen", kind="project", level="beginner", format="demo", length=2,
    needs=("projector",), hashtags=("pegel", "lora"),
)


@pytest.fixture
def conference() -> Conference:
    return make_conference()


@pytest.fixture
def bernd(conference: Conference) -> Seat:
    return make_seat(conference).seat


def bring(conference: Conference, seat: Seat | None, **values: object) -> Topic:
    given = {"host_name": "Bernd", "text": TEXT, "key": new_key(), "now": NOON} | values
    return propose_topic(conference=conference, seat=seat, **given)


def announced() -> set[str]:
    return set(StreamVersion.objects.values_list("topic", flat=True))


def test_propose_topic_keeps_everything_the_host_wrote(conference: Conference, bernd: Seat) -> None:
    key = new_key()
    made = bring(conference, bernd, key=key)
    kept = Topic.objects.filter(pk=made.pk).values().get()
    assert kept == {
        "id": made.pk, "conference_id": conference.pk, "number": 1, "title": "Sensoren am Fluss",
        "about": "Pegel messen", "kind": "project", "level": "beginner", "format": "demo", "length": 2,
        "needs": ["projector"], "hashtags": ["pegel", "lora"], "state": "released", "round_id": None, "key": key,
        "version": 1, "head_id": None, "created_at": NOON, "changed_at": None,
    }
    assert list(TopicHost.objects.values_list("topic", "seat", "name")) == [(made.pk, bernd.pk, "Bernd")]
    assert announced() == {"board", "round"}


def test_propose_topic_twice_with_the_same_key_gives_one_topic(conference: Conference, bernd: Seat) -> None:
    key = new_key()
    first = bring(conference, bernd, key=key)
    again = bring(conference, bernd, key=key, now=NOON + timedelta(minutes=1))
    assert again == first
    assert (Topic.objects.count(), TopicHost.objects.count()) == (1, 1)


def test_propose_topic_with_the_same_key_in_another_conference_is_another_topic(
    conference: Conference, bernd: Seat
) -> None:
    key = new_key()
    other = make_conference("zwei")
    assert bring(conference, bernd, key=key) != bring(other, make_seat(other).seat, key=key)


def test_propose_topic_numbers_on_within_the_conference(conference: Conference, bernd: Seat) -> None:
    make_topic(make_conference("zwei"))
    assert [bring(conference, bernd).number for _ in range(3)] == [1, 2, 3]


def test_propose_topic_waits_for_the_desk_where_it_must_release(conference: Conference, bernd: Seat) -> None:
    conference.must_release_topics = True
    conference.save()
    by_attendee, by_desk = bring(conference, bernd), bring(conference, None)
    assert (by_attendee.state, by_desk.state) == (Topic.State.SUBMITTED, Topic.State.RELEASED)
    assert list(public_topics(conference)) == [by_desk]


def test_propose_topic_during_the_round_joins_the_end_of_its_queue(conference: Conference, bernd: Seat) -> None:
    make_topics(conference, 2)
    round_ = open_a_round(conference, pitches=1)
    made = bring(conference, bernd)
    assert [pitch.topic.title for pitch in pitches_of(round_)][-1] == "Sensoren am Fluss"
    assert Topic.objects.get(pk=made.pk).round == round_


def test_propose_topic_after_the_close_joins_no_queue(conference: Conference, bernd: Seat) -> None:
    make_topics(conference, 2)
    round_ = close(open_a_round(conference))
    made = bring(conference, bernd)
    assert pitches_of(round_).count() == 2
    assert Topic.objects.get(pk=made.pk).round is None


def test_edit_topic_changes_the_card_and_raises_its_version(conference: Conference, bernd: Seat) -> None:
    made = bring(conference, bernd)
    StreamVersion.objects.all().delete()
    edit_topic(topic=made, text=TopicText(title="Nur der Pegel"), host_name="Bernd B.", seat=bernd, version=1, now=NOON)
    kept = Topic.objects.get()
    assert (kept.title, kept.about, kept.length, kept.needs, kept.hashtags, kept.version) == (
        "Nur der Pegel", "", 1, [], [], 2,
    )
    assert TopicHost.objects.get().name == "Bernd B."
    assert announced() == {"board", "round", "plan", "programme"}


def test_edit_topic_that_was_changed_meanwhile_is_refused(conference: Conference, bernd: Seat) -> None:
    made = bring(conference, bernd)
    edit_topic(topic=made, text=TopicText(title="Am Telefon"), host_name="Bernd", seat=bernd, version=1, now=NOON)
    with pytest.raises(Stale):
        edit_topic(topic=made, text=TopicText(title="Am Rechner"), host_name="Dirk", seat=bernd, version=1, now=NOON)
    assert (Topic.objects.get().title, TopicHost.objects.get().name) == ("Am Telefon", "Bernd")


def test_withdraw_topic_takes_it_off_every_list_and_twice_is_once(conference: Conference, bernd: Seat) -> None:
    made, other = bring(conference, bernd), make_topic(conference)
    round_ = open_a_round(conference)
    withdraw_topic(topic=made)
    withdraw_topic(topic=made)
    assert list(public_topics(conference)) == [other]
    assert [pitch.topic for pitch in pitches_of(round_)] == [other]


def test_withdraw_topic_on_stage_leaves_the_stage_empty(conference: Conference) -> None:
    make_topics(conference, 2)
    round_ = open_a_round(conference, pitches=1)
    withdraw_topic(topic=round_.current.topic)
    assert fresh(round_).current is None


def test_release_topic_brings_a_hidden_one_back_but_not_a_withdrawn_one(conference: Conference) -> None:
    hidden, withdrawn = make_topics(conference, 2)
    hide_topic(topic=hidden)
    withdraw_topic(topic=withdrawn)
    for topic in (hidden, withdrawn):
        release_topic(topic=topic)
    assert list(public_topics(conference)) == [hidden]


def test_set_absences_replaces_those_before_and_announces_the_plan(conference: Conference, bernd: Seat) -> None:
    one, two, three = Slot.objects.filter(conference=conference)
    set_absences(seat=bernd, slots=[one, two])
    set_absences(seat=bernd, slots=[two, three])
    set_absences(seat=bernd, slots=[two, three])
    assert set(HostAbsence.objects.values_list("seat", "slot")) == {(bernd.pk, two.pk), (bernd.pk, three.pk)}
    assert announced() == {"plan"}
