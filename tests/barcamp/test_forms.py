import uuid

import pytest
from django.http import QueryDict

from offenraum.barcamp.actions.topics import TopicText
from offenraum.barcamp.forms import InterestForm, TopicForm
from offenraum.conference.models import Conference, Room, Slot
from tests.day import make_conference

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference() -> Conference:
    made = make_conference()
    Room.objects.filter(position=1).update(equipment=["projector", "microphone"])
    return made


def form_of(conference: Conference, **values: object) -> TopicForm:
    sent = QueryDict(mutable=True)
    for name, value in ({"title": "Sensoren", "host_name": "Bernd"} | values).items():
        sent.setlist(name, value if isinstance(value, list) else [value])
    return TopicForm(sent, conference=conference)


def test_two_answers_are_enough(conference: Conference) -> None:
    form = form_of(conference)
    assert form.is_valid(), form.errors
    assert form.text() == TopicText(title="Sensoren")
    assert isinstance(form.browser_key(), uuid.UUID)


def test_everything_that_was_given_is_taken(conference: Conference) -> None:
    slot = Slot.objects.filter(conference=conference).first()
    form = form_of(
        conference, about="Eine Zeile\r\nnoch eine", kind="question", format="workshop", level="advanced", length="2",
        needs=["projector", "step_free"], hashtags="#pegel lora, #offen", away=[str(slot.pk)],
    )
    assert form.is_valid(), form.errors
    assert form.text() == TopicText(
        title="Sensoren", about="Eine Zeile\nnoch eine", kind="question", level="advanced", format="workshop",
        length=2, needs=("projector", "step_free"), hashtags=("pegel", "lora", "offen"),
    )
    assert form.cleaned_data["away"] == [str(slot.pk)]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "ab"}, "title"),
        ({"title": "   \t "}, "title"),
        ({"title": "x" * 81}, "title"),
        ({"host_name": ""}, "host_name"),
        ({"host_name": "x" * 81}, "host_name"),
        ({"about": "x" * 1001}, "about"),
        ({"kind": "party"}, "kind"),
        ({"format": "party"}, "format"),
        ({"level": "party"}, "level"),
        ({"length": "3"}, "length"),
        ({"length": "-1"}, "length"),
        ({"needs": ["helicopter"]}, "needs"),
        ({"hashtags": "eins zwei drei vier"}, "hashtags"),
        ({"hashtags": "a"}, "hashtags"),
        ({"hashtags": "gut <b>"}, "hashtags"),
        ({"away": ["0"]}, "away"),
        ({"version": "0"}, "version"),
        ({"key": "no-key"}, "key"),
    ],
)
def test_wrong_answer_is_named_by_its_field(conference: Conference, values: dict[str, object], field: str) -> None:
    form = form_of(conference, **values)
    assert list(form.errors) == [field]


def test_error_behind_more_opens_it(conference: Conference) -> None:
    wrong_more, wrong_title = form_of(conference, hashtags="a"), form_of(conference, title="")
    assert (wrong_more.has_error_in_more, wrong_title.has_error_in_more) == (True, False)


def test_needs_are_those_that_a_room_can_meet(conference: Conference) -> None:
    offered = [value for value, _label in form_of(conference).fields["needs"].choices]
    assert offered == ["microphone", "projector", "step_free"]


def test_away_names_the_slots_of_this_conference_in_its_time(conference: Conference) -> None:
    make_conference("zwei")
    labels = [label for _value, label in form_of(conference).fields["away"].choices]
    assert labels == ["13:00 – 13:45", "14:00 – 14:45", "15:00 – 15:45"]


@pytest.mark.parametrize(("sent", "weight"), [("0", 0), ("1", 1), ("2", 2)])
def test_interest_form_takes_three_weights(sent: str, weight: int) -> None:
    form = InterestForm(QueryDict(f"weight={sent}"))
    assert form.is_valid()
    assert form.cleaned_data["weight"] == weight


@pytest.mark.parametrize("sent", ["3", "-1", "1.0", "eins", "18446744073709551616"])
def test_interest_form_refuses_other_weights(sent: str) -> None:
    assert list(InterestForm(QueryDict(f"weight={sent}")).errors) == ["weight"]


def test_interest_form_knows_which_plain_button_was_pressed() -> None:
    assert [InterestForm(QueryDict(sent)).step for sent in ("topic=3", "important=3")] == [1, 2]
