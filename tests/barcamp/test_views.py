import json

import pytest
from django.http import HttpResponse
from django.test import Client

from offenraum.barcamp.actions.topics import hide_topic, withdraw_topic
from offenraum.barcamp.models import HostAbsence, Interest, Topic
from offenraum.barcamp.queries import tallies
from offenraum.conference.models import Conference, Slot
from offenraum.seats.models import Seat
from tests.builders import close, make_browser, make_seat, new_key, open_a_round, sent, sign_in, text_of
from tests.day import NOON, make_conference, make_topic, make_topics, set_clock
from tests.hostile import ASKED, TAKEN

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}
OVER = "Die Abstimmung ist beendet."
CARD = {"title": "Sensoren am Fluss", "host_name": "Bernd"}


@pytest.fixture
def conference() -> Conference:
    return set_clock(make_conference(), NOON)


@pytest.fixture
def bernd(conference: Conference) -> Client:
    return make_browser(conference)


@pytest.fixture
def nobody() -> Client:
    return Client(headers={"accept-language": "de"})


def chosen() -> list[tuple[int, int]]:
    return list(Interest.objects.order_by("topic").values_list("topic__number", "weight"))


def tap(browser: Client, number: int, **values: object) -> tuple[int, object]:
    answer = browser.post(f"/kogk18/themen/{number}/interesse", values, headers=JSON)
    return answer.status_code, json.loads(answer.content)


def test_vote_of_a_script_is_saved_and_answered_with_what_counts(conference: Conference, bernd: Client) -> None:
    make_topics(conference, 2)
    assert tap(bernd, 1, weight=1, key=new_key()) == (200, {"weight": 1})
    assert tap(bernd, 2, weight=2, key=new_key()) == (200, {"weight": 2})
    assert tap(bernd, 1, weight=0, key=new_key()) == (200, {"weight": 0})
    assert chosen() == [(1, 0), (2, 2)]


def test_vote_retried_counts_once(conference: Conference, bernd: Client) -> None:
    topic, key = make_topic(conference), new_key()
    for _ in range(3):
        assert tap(bernd, 1, weight=1, key=key) == (200, {"weight": 1})
    assert tallies(conference)[topic.pk].total == 1


def test_vote_after_the_close_is_refused_in_these_words(conference: Conference, bernd: Client) -> None:
    make_topic(conference)
    close(open_a_round(conference))
    assert tap(bernd, 1, weight=1, key=new_key()) == (409, {"error": OVER, "reason": "round_closed"})
    plain = bernd.post("/kogk18/themen/1/interesse", {"topic": "1"})
    assert plain.status_code == 409
    assert OVER in text_of(plain)
    assert chosen() == []


def test_vote_without_a_seat_asks_to_sign_in(conference: Conference, nobody: Client) -> None:
    make_topic(conference)
    said = {"error": "Bitte melden Sie sich zuerst mit Ihrem Ausweis an.", "reason": ""}
    assert tap(nobody, 1, weight=1) == (403, said)
    assert "mit Ihrem Ausweis" in text_of(nobody.post("/kogk18/themen/1/interesse", {"topic": "1"}))
    assert chosen() == []


def test_vote_of_a_seat_that_another_device_took_over_is_refused(conference: Conference, nobody: Client) -> None:
    make_topic(conference)
    new = make_seat(conference)
    old = sign_in(new, nobody)
    sign_in(new)
    assert tap(old, 1, weight=1)[0] == 403
    assert chosen() == []


def test_vote_with_the_seat_of_another_conference_is_refused(conference: Conference) -> None:
    make_topic(conference)
    assert tap(make_browser(make_conference("zwei")), 1, weight=1)[0] == 403
    assert chosen() == []


@pytest.mark.parametrize("number", [2, 99, 2**40])
def test_vote_for_a_topic_that_is_not_there_is_refused(conference: Conference, bernd: Client, number: int) -> None:
    make_topic(make_conference("zwei"))
    status, said = tap(bernd, number, weight=1)
    assert (status, chosen()) == (409, [])
    assert said == {"error": "Dieses Thema steht nicht mehr zur Abstimmung.", "reason": "topic_gone"}


@pytest.mark.parametrize("weight", ["3", "-1", "eins", "1e9"])
def test_vote_with_another_weight_is_refused(conference: Conference, bernd: Client, weight: str) -> None:
    make_topic(conference)
    assert tap(bernd, 1, weight=weight)[0] == 422
    assert chosen() == []


def test_vote_by_a_link_is_impossible(conference: Conference, bernd: Client) -> None:
    make_topic(conference)
    assert bernd.get("/kogk18/themen/1/interesse?weight=1").status_code == 405
    assert chosen() == []


def test_plain_button_toggles_and_leads_back_to_the_card(conference: Conference, bernd: Client) -> None:
    make_topic(conference)
    steps = [("topic", 1), ("important", 2), ("important", 1), ("topic", 0), ("important", 2), ("topic", 0)]
    for button, weight in steps:
        answer = bernd.post("/kogk18/themen/1/interesse", {button: "1", "key": new_key()})
        assert (answer.status_code, answer["Location"]) == (302, "/kogk18/themen#thema-1")
        assert chosen() == [(1, weight)]


def test_plain_button_pressed_twice_on_the_same_page_counts_once(conference: Conference, bernd: Client) -> None:
    make_topic(conference)
    key = bernd.get("/kogk18/themen").context["key"]
    for _ in range(2):
        bernd.post("/kogk18/themen/1/interesse", {"topic": "1", "key": key})
    assert chosen() == [(1, 1)]


@pytest.mark.parametrize("page", ["themen", "jetzt", "themen/1"])
def test_every_page_with_buttons_carries_the_key_of_a_plain_tap(
    conference: Conference, bernd: Client, page: str
) -> None:
    make_topic(conference)
    shown = bernd.get(f"/kogk18/{page}")
    assert f'<input type="hidden" name="key" value="{shown.context["key"]}">' in shown.content.decode()


@pytest.mark.parametrize(
    ("came_from", "page"),
    [
        ("http://testserver/kogk18/jetzt", "jetzt"),
        ("http://testserver/kogk18/themen/1?neu=1", "themen/1"),
        ("http://testserver/kogk18/themen", "themen"),
        ("http://testserver/kogk18/programm", "themen"),
        ("https://example.org/", "themen"),
    ],
)
def test_plain_button_leads_back_to_its_page(conference: Conference, bernd: Client, came_from: str, page: str) -> None:
    make_topic(conference)
    answer = bernd.post("/kogk18/themen/1/interesse", {"topic": "1"}, headers={"referer": came_from})
    assert answer["Location"] == f"/kogk18/{page}#thema-1"


def test_topics_page_shows_the_own_choices_pressed(conference: Conference, bernd: Client, nobody: Client) -> None:
    make_topics(conference, 2)
    tap(bernd, 2, weight=2)
    pressed = [page.get("/kogk18/themen").content.decode().count('aria-pressed="true"') for page in (bernd, nobody)]
    assert pressed == [2, 0]


def test_topics_page_says_that_choices_count_after_the_check_in(conference: Conference, nobody: Client) -> None:
    sign_in(make_seat(conference, checked_in=False), nobody)
    assert "sobald Sie" in text_of(nobody.get("/kogk18/themen"))


def test_topic_page_of_a_hidden_or_withdrawn_topic_is_gone(conference: Conference, bernd: Client) -> None:
    hidden, withdrawn = make_topics(conference, 2)
    hide_topic(topic=hidden)
    withdraw_topic(topic=withdrawn)
    for number in (1, 2, 3):
        answer = bernd.get(f"/kogk18/themen/{number}")
        assert answer.status_code == 404
        assert "Thema 1" not in text_of(answer)


def test_waiting_topic_is_seen_by_its_host_only(conference: Conference, bernd: Client, nobody: Client) -> None:
    Conference.objects.update(must_release_topics=True)
    bernd.post("/kogk18/themen/neu", CARD)
    assert [page.get("/kogk18/themen/1").status_code for page in (bernd, nobody)] == [200, 404]
    assert "Sensoren" not in text_of(nobody.get("/kogk18/themen"))


def test_propose_needs_two_answers(conference: Conference, bernd: Client) -> None:
    answer = bernd.post("/kogk18/themen/neu", CARD)
    assert (answer.status_code, answer["Location"]) == (302, "/kogk18/themen/1?neu=1")
    topic = Topic.objects.get()
    assert (topic.title, [host.name for host in topic.hosts.all()]) == ("Sensoren am Fluss", ["Bernd"])
    assert "Ihr Thema ist eingereicht" in text_of(bernd.get(answer["Location"]))


def test_propose_form_begins_with_the_name_on_the_badge(conference: Conference) -> None:
    page = make_browser(conference, "Clara Öztürk").get("/kogk18/themen/neu").content.decode()
    assert 'value="Clara Öztürk"' in page


def test_propose_sent_twice_gives_one_topic(conference: Conference, bernd: Client) -> None:
    key = str(new_key())
    answers = [bernd.post("/kogk18/themen/neu", CARD | {"key": key}) for _ in range(2)]
    assert [answer["Location"] for answer in answers] == ["/kogk18/themen/1?neu=1"] * 2
    assert Topic.objects.count() == 1


def test_propose_without_a_seat_leads_to_the_badge_and_back(conference: Conference, nobody: Client) -> None:
    for answer in (nobody.get("/kogk18/themen/neu"), nobody.post("/kogk18/themen/neu", CARD)):
        assert answer["Location"] == "/kogk18/platz?next=/kogk18/themen/neu"
    assert Topic.objects.count() == 0


def test_propose_with_an_error_keeps_everything_that_was_typed(conference: Conference, bernd: Client) -> None:
    slot = Slot.objects.first()
    typed = {
        "title": "ab", "host_name": "Bernd Beispiel", "about": "Pegel & Regen", "kind": "question", "length": "2",
        "format": "workshop", "level": "advanced", "needs": ["step_free"], "hashtags": "pegel lora",
        "away": [str(slot.pk)], "key": str(new_key()),
    }
    answer = bernd.post("/kogk18/themen/neu", typed)
    form = answer.context["form"]
    assert answer.status_code == 422
    assert {name: form[name].value() for name in typed} == typed
    page = answer.content.decode()
    parts = ('value="Bernd Beispiel"', "Pegel &amp; Regen", typed["key"], 'href="#id_title"')
    assert [part in page for part in parts] == [True] * 4
    assert page.count(" checked") == 6


@pytest.mark.postgres
@pytest.mark.parametrize("field", ["title", "host_name", "about"])
def test_hostile_text_in_a_topic_is_stored_or_refused_by_its_field(
    conference: Conference, bernd: Client, field: str
) -> None:
    answers = {name: bernd.post("/kogk18/themen/neu", **sent(CARD | {field: text})) for name, text in ASKED.items()}
    assert {name: outcome(answer) for name, answer in answers.items()} == expected(field)
    stored = Topic.objects.count()
    assert stored == sum(answer.status_code == 302 for answer in answers.values())
    assert [bernd.get(f"/kogk18/themen/{n}").status_code for n in range(1, stored + 1)] == [200] * stored
    assert "<script>alert(1)" not in bernd.get("/kogk18/themen").content.decode()


def outcome(answer: HttpResponse) -> object:
    """Stored, or refused with the fields that the page names."""
    return "stored" if answer.status_code == 302 else (answer.status_code, list(answer.context["form"].errors))


def expected(field: str) -> dict[str, object]:
    """Half characters reach no server: a browser's form arrives with replacement characters instead."""
    taken = [name for name in ASKED if name in TAKEN or "surrogate" in name]
    return {name: "stored" if name in taken else (422, [field]) for name in ASKED}


@pytest.mark.postgres
def test_hostile_hashtags_are_words_or_refused(conference: Conference, bernd: Client) -> None:
    stored = set()
    for name, text in ASKED.items():
        answer = bernd.post("/kogk18/themen/neu", **sent(CARD | {"hashtags": text}))
        if outcome(answer) == "stored":
            stored.add(name)
        else:
            assert outcome(answer) == (422, ["hashtags"]), name
    words = {"big number", "not a number", "null word", "rare chinese", "chinese", "vietnamese"}
    assert stored == words & ASKED.keys()
    assert bernd.get("/kogk18/themen").status_code == 200


@pytest.mark.postgres
@pytest.mark.sample(3)
@pytest.mark.parametrize("field", ["kind", "format", "level", "length", "needs", "away", "key", "version"])
def test_hostile_choice_in_a_topic_is_refused_by_its_field(
    conference: Conference, bernd: Client, field: str
) -> None:
    wrong = {name: text for name, text in ASKED.items() if (field, name) != ("version", "big number")}
    answers = {name: bernd.post("/kogk18/themen/neu", **sent(CARD | {field: text})) for name, text in wrong.items()}
    assert {name: outcome(answer) for name, answer in answers.items()} == dict.fromkeys(wrong, (422, [field]))
    assert Topic.objects.count() == 0


@pytest.mark.postgres
def test_hostile_question_for_similar_topics_is_answered(conference: Conference, nobody: Client) -> None:
    make_topic(conference)
    queries = {name: sent({"q": text[:2000]})["data"] for name, text in ASKED.items()}
    answers = {name: nobody.get(f"/kogk18/themen/aehnlich?{query}").status_code for name, query in queries.items()}
    assert answers == dict.fromkeys(ASKED, 200)


@pytest.mark.postgres
@pytest.mark.parametrize(("field", "status"), [("weight", 422), ("key", 422), ("topic", 200)])
def test_hostile_vote_is_refused(conference: Conference, bernd: Client, field: str, status: int) -> None:
    make_topic(conference)
    address = "/kogk18/themen/1/interesse"
    answers = {
        name: bernd.post(address, **sent({"weight": "1"} | {field: text}), headers=JSON).status_code
        for name, text in ASKED.items()
    }
    assert answers == dict.fromkeys(ASKED, status)


@pytest.mark.postgres
def test_hostile_edit_is_stored_or_refused_by_its_field(conference: Conference, bernd: Client) -> None:
    bernd.post("/kogk18/themen/neu", CARD)
    outcomes = {}
    for name, text in ASKED.items():
        version = Topic.objects.get().version
        change = sent(CARD | {"about": text, "version": version})
        outcomes[name] = outcome(bernd.post("/kogk18/themen/1/aendern", **change))
    assert outcomes == expected("about")


def test_edit_changes_the_topic(conference: Conference, bernd: Client) -> None:
    bernd.post("/kogk18/themen/neu", CARD)
    answer = bernd.post("/kogk18/themen/1/aendern", CARD | {"title": "Nur der Pegel", "version": "1"})
    assert (answer.status_code, answer["Location"]) == (302, "/kogk18/themen/1")
    assert Topic.objects.get().title == "Nur der Pegel"


def test_edit_of_what_was_changed_elsewhere_says_so_and_keeps_what_was_typed(
    conference: Conference, bernd: Client
) -> None:
    bernd.post("/kogk18/themen/neu", CARD)
    bernd.post("/kogk18/themen/1/aendern", CARD | {"title": "Am Telefon", "version": "1"})
    answer = bernd.post("/kogk18/themen/1/aendern", CARD | {"title": "Am Rechner", "version": "1"})
    assert answer.status_code == 422
    assert "Das hat gerade jemand anderes geändert" in text_of(answer)
    assert 'value="Am Rechner"' in answer.content.decode()
    assert Topic.objects.get().title == "Am Telefon"


def test_edit_sent_again_after_such_a_warning_is_saved(conference: Conference, bernd: Client) -> None:
    bernd.post("/kogk18/themen/neu", CARD)
    bernd.post("/kogk18/themen/1/aendern", CARD | {"title": "Am Telefon", "version": "1"})
    warned = bernd.post("/kogk18/themen/1/aendern", CARD | {"title": "Am Rechner", "version": "1"})
    assert 'name="version" value="2"' in warned.content.decode()
    bernd.post("/kogk18/themen/1/aendern", CARD | {"title": "Am Rechner", "version": "2"})
    assert Topic.objects.get().title == "Am Rechner"


@pytest.mark.parametrize("page", ["aendern", "zurueckziehen"])
def test_only_the_host_may_change_or_withdraw(
    conference: Conference, bernd: Client, nobody: Client, page: str
) -> None:
    bernd.post("/kogk18/themen/neu", CARD)
    for stranger in (nobody, make_browser(conference, "Dirk"), make_browser(make_conference("zwei"), "Clara")):
        address = f"/kogk18/themen/1/{page}"
        answers = [stranger.get(address), stranger.post(address, CARD | {"title": "Gekapert", "version": "1"})]
        assert [answer.status_code for answer in answers] == [404, 404]
    assert (Topic.objects.get().title, Topic.objects.get().state) == ("Sensoren am Fluss", "released")


def test_withdraw_asks_first_and_then_takes_the_topic_away(conference: Conference, bernd: Client) -> None:
    bernd.post("/kogk18/themen/neu", CARD)
    assert "Sensoren am Fluss" in text_of(bernd.get("/kogk18/themen/1/zurueckziehen"))
    assert Topic.objects.get().state == "released"
    assert bernd.post("/kogk18/themen/1/zurueckziehen")["Location"] == "/kogk18/themen"
    assert Topic.objects.get().state == "withdrawn"


def test_second_topic_keeps_the_times_in_which_its_host_is_away(conference: Conference, bernd: Client) -> None:
    slot = Slot.objects.first()
    bernd.post("/kogk18/themen/neu", CARD | {"away": [str(slot.pk)]})
    form = bernd.get("/kogk18/themen/neu").context["form"]
    assert form["away"].value() == [str(slot.pk)]
    bernd.post("/kogk18/themen/neu", CARD | {"title": "Noch eins", "away": form["away"].value()})
    assert list(HostAbsence.objects.values_list("seat", "slot")) == [(Seat.objects.get().pk, slot.pk)]


def test_similar_topics_are_shown_while_typing(conference: Conference, nobody: Client) -> None:
    make_topic(conference, "Offene Haushalte, die jemand versteht")
    assert "Offene Haushalte" in text_of(nobody.get("/kogk18/themen/aehnlich?q=offener+haushalt"))
    assert nobody.get("/kogk18/themen/aehnlich").content.strip() == b""


def test_topics_of_an_unknown_conference_are_not_found(db: None, nobody: Client) -> None:
    for page in ("", "/neu", "/aehnlich", "/1"):
        assert nobody.get(f"/unbekannt/themen{page}").status_code == 404
