from __future__ import annotations

import pytest
from django.test import Client

from offenraum.barcamp.models import Topic
from offenraum.conference.models import Conference, Room, RoomClosure, Slot
from offenraum.programme.actions.draft import place_topic
from offenraum.programme.models import Placement
from tests.day import make_conference, make_seats, make_topic, make_topics, vote

PLAN = "/kogk18/regie/plan"


def slot(number: int) -> Slot:
    return Slot.objects.get(conference__slug="kogk18", number=number)


def room(position: int) -> Room:
    return Room.objects.get(conference__slug="kogk18", position=position)


def cell(number: int, position: int) -> dict[str, int]:
    return {"slot": slot(number).pk, "room": room(position).pk}


def pick(topic: Topic, seen: int | str = "") -> dict[str, str]:
    return {"piece": f"{topic.pk}:{seen}"}


def put(topic: Topic, at: tuple[int, int], seen: int | None = None) -> None:
    place_topic(topic=topic, slot=slot(at[0]), room=room(at[1]), seen=seen)


def where() -> dict[str, tuple[int, int]]:
    placed = Placement.objects.select_related("topic", "slot", "room")
    return {p.topic.title: (p.slot.number, p.room.position) for p in placed}


def send(client: Client, path: str, **data: object) -> str:
    """Post a change as the board does, and return the text of the board that follows."""
    answer = client.post(f"{PLAN}/{path}", data, follow=True)
    assert answer.redirect_chain == [(PLAN, 302)]
    return " ".join(answer.content.decode().split())


def test_board_shows_shelf_grid_and_conflicts(desk: Client, conference: Conference) -> None:
    RoomClosure.objects.create(room=room(3), slot=slot(1))
    one, two = make_topic(conference, "Eins", host="Mia"), make_topic(conference, "Zwei", host="Mia")
    vote(make_topic(conference, "Beliebt"), make_seats(conference, 30))
    put(one, (1, 1))
    put(two, (1, 2))
    page = " ".join(desk.get(PLAN).content.decode().split())
    assert "Without a place (1)" in page
    assert "Same host as “Zwei”" in page
    assert "2 sessions with a conflict" in page
    assert "2 changes not published" in page
    assert page.count("cell--closed") == 1
    assert page.count('class="cell__put"') == 9 - 2 - 1


def test_board_says_when_a_room_is_too_small(desk: Client, conference: Conference) -> None:
    topic = make_topic(conference)
    vote(topic, make_seats(conference, 40))
    put(topic, (1, 3))
    assert "Too small: 28 for 25 places" in desk.get(PLAN).content.decode()


def test_place_by_tapping_a_card_and_a_cell(desk: Client, conference: Conference) -> None:
    topic = make_topic(conference)
    page = send(desk, "legen", **pick(topic), **cell(2, 2))
    assert where() == {"Offene Haushalte": (2, 2)}
    assert "“Offene Haushalte” is at 14:00, Raum 2." in page
    send(desk, "legen", **pick(topic, 1), **cell(3, 1))
    assert where() == {"Offene Haushalte": (3, 1)}


@pytest.mark.parametrize("piece", ["", "x", "1", "0:", "99999999999999999999:1", "1:2:3", "７:"])
def test_place_without_a_card_is_refused(desk: Client, conference: Conference, piece: str) -> None:
    make_topic(conference)
    assert "Please choose a topic first, then a free place." in send(desk, "legen", piece=piece, **cell(1, 1))
    assert where() == {}


def test_place_of_anothers_conference_is_refused(desk: Client, conference: Conference) -> None:
    theirs = make_topic(make_conference("andere"))
    send(desk, "legen", **pick(theirs), **cell(1, 1))
    mine = make_topic(conference)
    other = {"slot": Slot.objects.filter(conference__slug="andere").first(), "room": room(1)}
    send(desk, "legen", **pick(mine), slot=other["slot"].pk, room=other["room"].pk)
    assert where() == {}


def test_taken_cell_is_refused_with_what_is_there(desk: Client, conference: Conference) -> None:
    one, two = make_topics(conference, 2)
    put(one, (1, 1))
    page = send(desk, "legen", **pick(two), **cell(1, 1))
    assert "Another session already has this room at this time. At 13:00, Raum 1 there is “Thema 1”." in page
    assert where() == {"Thema 1": (1, 1)}


def test_stale_move_is_refused_with_what_is_there(desk: Client, conference: Conference) -> None:
    topic = make_topic(conference)
    put(topic, (1, 1))
    put(topic, (2, 2), seen=1)
    page = send(desk, "legen", **pick(topic, 1), **cell(3, 3))
    assert "Somebody else has just changed this." in page
    assert "“Offene Haushalte” is now at 14:00, Raum 2." in page
    assert where() == {"Offene Haushalte": (2, 2)}


def test_swap_pin_unpin_and_remove(desk: Client, conference: Conference) -> None:
    one, two = make_topics(conference, 2)
    put(one, (1, 1))
    put(two, (2, 2))
    assert "have changed places." in send(desk, "tauschen", **pick(one, 1), other=f"{two.pk}:1")
    assert where() == {"Thema 1": (2, 2), "Thema 2": (1, 1)}
    assert "“Thema 1” is pinned." in send(desk, "fixieren", **pick(one, 2))
    assert Placement.objects.get(topic=one).is_pinned
    assert "“Thema 1” may move again." in send(desk, "loesen", **pick(one, 3))
    assert "“Thema 1” has no place now." in send(desk, "herausnehmen", **pick(one, 4))
    assert where() == {"Thema 2": (1, 1)}
    assert "Please choose two sessions" in send(desk, "tauschen", **pick(one, 4), other="")
    assert "Somebody else" in send(desk, "tauschen", **pick(two, 2), other=f"{one.pk}:4")
    assert "Please choose a session that has a place." in send(desk, "fixieren", **pick(one))


def test_undo_takes_back_change_by_change(desk: Client, conference: Conference) -> None:
    one, two = make_topics(conference, 2)
    send(desk, "legen", **pick(one), **cell(1, 1))
    send(desk, "legen", **pick(two), **cell(2, 2))
    send(desk, "tauschen", **pick(one, 1), other=f"{two.pk}:1")
    send(desk, "herausnehmen", **pick(two, 2))
    assert where() == {"Thema 1": (2, 2)}
    assert "The last change has been taken back." in send(desk, "rueckgaengig")
    assert where() == {"Thema 1": (2, 2), "Thema 2": (1, 1)}
    send(desk, "rueckgaengig")
    assert where() == {"Thema 1": (1, 1), "Thema 2": (2, 2)}
    send(desk, "rueckgaengig")
    send(desk, "rueckgaengig")
    assert where() == {}
    assert "There is nothing to take back." in send(desk, "rueckgaengig")


def test_undo_leaves_what_somebody_else_has_moved_since(desk: Client, conference: Conference) -> None:
    topic = make_topic(conference)
    send(desk, "legen", **pick(topic), **cell(1, 1))
    put(topic, (3, 3), seen=1)
    assert "“Offene Haushalte” is now at 15:00, Raum 3." in send(desk, "rueckgaengig")
    assert where() == {"Offene Haushalte": (3, 3)}


def test_undo_keeps_twenty_steps(desk: Client, conference: Conference) -> None:
    topic = make_topic(conference)
    for step in range(22):
        desk.post(f"{PLAN}/legen", pick(topic, step or "") | cell(1 + step % 3, 1))
    for _ in range(20):
        desk.post(f"{PLAN}/rueckgaengig")
    assert where() == {"Offene Haushalte": (2, 1)}
    assert "There is nothing to take back." in send(desk, "rueckgaengig")


def test_list_offers_free_places_best_first_with_reasons(desk: Client, conference: Conference) -> None:
    one, two = make_topic(conference, "Eins", host="Mia"), make_topic(conference, "Zwei", host="Mia")
    vote(two, make_seats(conference, 30))
    put(one, (1, 1))
    page = " ".join(desk.get(f"{PLAN}/{two.number}").content.decode().split())
    assert "14:00, Raum 2: 30 people would come, 40 places, no conflict" in page
    assert "Same host as “Eins”" in page
    assert page.index("no conflict") < page.index("Same host as")


def test_list_places_and_keeps_the_choice_when_refused(desk: Client, conference: Conference) -> None:
    one, two = make_topics(conference, 2)
    address = f"{PLAN}/{two.number}"
    put(one, (1, 1))
    answer = desk.post(address, pick(two) | cell(1, 1))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "there is “Thema 1”" in page
    assert f'<option value="{slot(1).pk}" selected>' in page
    assert f'<option value="{room(1).pk}" selected>' in page
    assert desk.post(address, pick(two) | cell(1, 2)).status_code == 302
    assert where()["Thema 2"] == (1, 2)


def test_list_of_a_hidden_topic_is_not_found(desk: Client, conference: Conference) -> None:
    topic = make_topic(conference)
    Topic.objects.filter(pk=topic.pk).update(state=Topic.State.HIDDEN)
    assert desk.get(f"{PLAN}/{topic.number}").status_code == 404


def test_token_is_for_regions_of_this_conference(desk: Client, conference: Conference) -> None:
    good = desk.get("/kogk18/regie/strom", {"key": ["kogk18/desk-board/en/0"]})
    assert set(good.json()) == {"token"}
    assert desk.get("/kogk18/regie/strom", {"key": ["andere/desk-board/en/0"]}).status_code == 404


def test_prices_say_for_every_cell_who_would_gain_and_lose(desk: Client, conference: Conference) -> None:
    people = make_seats(conference, 5)
    one, two = make_topic(conference, "Eins"), make_topic(conference, "Zwei")
    vote(one, people)
    vote(two, people[:3])
    put(one, (1, 1))
    put(two, (2, 1))
    cells = desk.get(f"{PLAN}/{two.number}/preise").json()["cells"]
    at = {(n, p): f"{slot(n).pk}-{room(p).pk}" for n in (1, 2, 3) for p in (1, 2, 3)}
    assert cells[at[1, 2]] == {"words": "3 people lose a wish", "kind": "bad"}
    assert cells[at[3, 3]] == {"words": "Nobody loses or gains a wish", "kind": "even"}
    # On the other session both change places, so nobody loses.
    assert cells[at[1, 1]] == {"words": "Nobody loses or gains a wish", "kind": "even"}
    assert at[2, 1] not in cells
    page = " ".join(desk.get(f"{PLAN}/{two.number}").content.decode().split())
    assert "Take out of the plan: 3 people lose a wish" in page


def test_prices_of_a_topic_on_the_shelf_are_those_of_free_cells(desk: Client, conference: Conference) -> None:
    new, there = make_topic(conference, "Neu"), make_topic(conference, "Da")
    vote(new, make_seats(conference, 2))
    put(there, (1, 1))
    cells = desk.get(f"{PLAN}/{new.number}/preise").json()["cells"]
    assert len(cells) == 8
    assert {one["words"] for one in cells.values()} == {"2 people gain a wish"}
    assert desk.get(f"{PLAN}/99/preise").status_code == 404
