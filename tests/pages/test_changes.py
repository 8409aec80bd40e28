"""Old page state plus what an action announced equals fresh page state: no screen stays stale."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest

from offenraum.barcamp.actions import rounds, topics
from offenraum.barcamp.actions.ballots import take_back_ballot
from offenraum.barcamp.actions.interest import show_interest
from offenraum.barcamp.actions.merging import merge_topics, undo_merge
from offenraum.barcamp.models import Merge, Pitch, Round, Topic
from offenraum.barcamp.queries import pitches_of
from offenraum.conference.actions.decisions import Decider
from offenraum.conference.actions.notices import send_notice
from offenraum.conference.models import Conference, Room, Slot
from offenraum.conference.rules import Role
from offenraum.live.models import StreamVersion
from offenraum.live.regions import region_html
from offenraum.live.wire import Key
from offenraum.programme.actions import draft
from offenraum.programme.actions.bookmarks import keep_session
from offenraum.programme.actions.day import Shown, change_day
from offenraum.programme.actions.flags import raise_flag
from offenraum.programme.models import Placement
from offenraum.programme.queries.day import outlook_of
from offenraum.programme.rules import Place
from offenraum.programme.rules.day import DayChange
from offenraum.project.regions import REGISTRY
from offenraum.seats.actions.checkin import check_in
from offenraum.seats.actions.devices import sign_in, sign_in_open, sign_out
from offenraum.seats.actions.keys import reissue_keys
from offenraum.seats.models import Seat
from tests.barcamp.paper import type_in
from tests.builders import CLOSE, close, make_seat, new_key, open_a_round, public_keys, publish
from tests.day import NOON, fresh, make_conference, make_topic, make_topics, set_clock, vote

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@dataclass
class Hall:
    """A conference at one moment of its plenary."""

    conference: Conference
    topics: list[Topic]
    bernd: Seat
    late: Seat
    round: Round | None = None

    def lead(self, verb: str, **values: object) -> None:
        seen = fresh(self.round)
        getattr(rounds, verb)(round_=seen, version=seen.version, **values)

    def slot(self, number: int) -> Slot:
        return Slot.objects.get(conference=self.conference, number=number)

    def room(self, position: int) -> Room:
        return Room.objects.get(conference=self.conference, position=position)

    def seen(self, topic: Topic) -> int:
        return Placement.objects.get(topic=topic).version

    def pitch(self, state: str) -> Pitch:
        return next(pitch for pitch in pitches_of(self.round) if pitch.state == state)


def before() -> Hall:
    """Topics are brought, nothing has begun."""
    conference = set_clock(make_conference(), NOON)
    bernd, late = make_seat(conference).seat, make_seat(conference, "Clara", checked_in=False).seat
    brought = [make_topic(conference, "Erstes", seat=bernd), *make_topics(conference, 4)]
    vote(brought[1], [bernd, late])
    return Hall(conference, brought, bernd, late)


def pitching() -> Hall:
    """The second pitch is on stage."""
    hall = before()
    hall.round = open_a_round(hall.conference, pitches=2)
    return hall


def paused() -> Hall:
    hall = pitching()
    hall.lead("pause_round", now=NOON + 5 * SECOND)
    return hall


def calling() -> Hall:
    hall = pitching()
    hall.lead("last_call", minutes=5, now=NOON + 10 * SECOND)
    return hall


def closed() -> Hall:
    """The vote is over, two topics stand in the draft."""
    hall = pitching()
    close(hall.round)
    for number, topic in enumerate(hall.topics[:2], 1):
        draft.place_topic(topic=topic, slot=hall.slot(1), room=hall.room(number), seen=None)
    return hall


def objecting() -> Hall:
    """The wall shows the draft."""
    hall = closed()
    hall.lead("show_draft", is_shown=True)
    return hall


def published() -> Hall:
    hall = objecting()
    publish(hall.conference, {hall.topics[2]: (2, 1)})
    set_clock(hall.conference, NOON + timedelta(minutes=65))
    return hall


def waiting() -> Hall:
    hall = before()
    Topic.objects.filter(pk=hall.topics[0].pk).update(state=Topic.State.SUBMITTED)
    return hall


Act = Callable[[Hall], object]
EDITED = topics.TopicText(title="Neuer Titel", about="Neuer Text", level="advanced", length=2, hashtags=("neu",))


def propose(hall: Hall) -> object:
    return topics.propose_topic(
        conference=hall.conference, seat=hall.bernd, host_name="Bernd", text=EDITED, key=new_key(), now=NOON
    )


def edit(hall: Hall) -> object:
    own = Topic.objects.get(pk=hall.topics[0].pk)
    return topics.edit_topic(topic=own, text=EDITED, host_name="B.", seat=hall.bernd, version=own.version, now=NOON)


def show(hall: Hall) -> object:
    return show_interest(topic_id=hall.topics[0].pk, seat_id=hall.bernd.pk, weight=2, key=new_key(), now=NOON)


def hands(hall: Hall) -> object:
    return rounds.count_hands(
        round_=hall.round, topic=hall.topics[0], count=40, is_estimate=False, counted_by="Ayse", now=NOON
    )


def unite(hall: Hall) -> object:
    return merge_topics(topic=hall.topics[1], into=hall.topics[0], done_by="Ayse", now=NOON)


def merged() -> Hall:
    """Two of the published sessions are one now."""
    hall = published()
    unite(hall)
    return hall


def typed() -> Hall:
    hall = pitching()
    type_in(hall.round, f"{hall.bernd.number}: 2 3")
    return hall


def separate(hall: Hall) -> object:
    return undo_merge(merge=Merge.objects.get(), undone_by="Ayse", now=NOON)


def move(hall: Hall) -> object:
    last = list(pitches_of(hall.round))[-1]
    return hall.lead("move_pitch", pitch=last, before=hall.pitch("waiting"))


def place(hall: Hall) -> object:
    return draft.place_topic(topic=hall.topics[3], slot=hall.slot(1), room=hall.room(3), seen=None)


def unplace(hall: Hall) -> object:
    return draft.remove_placement(topic=hall.topics[0], seen=hall.seen(hall.topics[0]))


def swap(hall: Hall) -> object:
    one, two = hall.topics[:2]
    return draft.swap_topics(topic=one, seen=hall.seen(one), other=two, other_seen=hall.seen(two))


def pin(hall: Hall) -> object:
    return draft.pin_placement(topic=hall.topics[0], is_pinned=True, seen=hall.seen(hall.topics[0]))


def undo(hall: Hall) -> object:
    topic = hall.topics[0]
    at = draft.spot_of(Placement.objects.get(topic=topic))
    return draft.restore_spot(topic=topic, was=None, now_at=at)


def tell(hall: Hall) -> object:
    return send_notice(
        conference=hall.conference, text="Der Kaffee ist da.", kind="news", key=new_key(), minutes=5, sent_by="Ayse",
        now=NOON,
    )


def change_day_of(hall: Hall, **what: object) -> object:
    now = NOON + timedelta(minutes=65)
    by = Decider(conference=hall.conference, name="Ayse", role=Role.MODERATOR, account_id=None, now=now)
    change = DayChange.read(what)
    outlook = outlook_of(hall.conference, change, now=now)
    assert outlook.latest
    return change_day(by=by, change=change, shown=Shown(outlook.seen, outlook.then, outlook.latest.number))


def take_over(hall: Hall) -> object:
    places = {hall.topics[4].pk: Place(hall.slot(1).pk, hall.room(1).pk)}
    return draft.take_over_plan(conference=hall.conference, places=places)


LIST = {"topics"}
CARD = {"topics", "place"}
SESSION = {"contributions", "notes", "pad"}
DAY = {"programme", "edition", "now", "door"}
CASES: dict[str, tuple[Callable[[], Hall], Act, set[str]]] = {
    "propose": (before, propose, {*LIST, "wall"}),
    "propose in the round": (pitching, propose, {*LIST, "pitch", "wall"}),
    "propose after the edition": (published, propose, LIST),
    "edit": (before, edit, {*LIST, "wall"}),
    "edit in the programme": (published, edit, {*LIST, "programme", "wall", "door", "now"}),
    "withdraw": (before, lambda h: topics.withdraw_topic(topic=h.topics[0]), {*CARD, *SESSION, "wall"}),
    "withdraw on stage": (pitching, lambda h: topics.withdraw_topic(topic=fresh(h.round).current.topic),
                          {*CARD, *SESSION, "pitch", "wall"}),
    "hide": (published, lambda h: topics.hide_topic(topic=h.topics[0]),
             {*CARD, *SESSION, "programme", "now", "wall", "door"}),
    "release": (waiting, lambda h: topics.release_topic(topic=h.topics[0]), {*LIST, *SESSION, "wall"}),
    "set absences": (before, lambda h: topics.set_absences(seat=h.bernd, slots=[h.slot(1)]), set()),
    "show interest": (pitching, show, set()),
    "check in": (pitching, lambda h: check_in(seat=h.late, now=NOON), set()),
    "check in after the close": (closed, lambda h: check_in(seat=h.late, now=CLOSE + SECOND), set()),
    "sign in open": (before, lambda h: sign_in_open(conference=h.conference, now=NOON), set()),
    "sign in": (before, lambda h: sign_in(seat=h.bernd, now=NOON), set()),
    "sign out": (before, lambda h: sign_out(device_secret="x", now=NOON), set()),
    "reissue keys": (before, lambda h: reissue_keys(seat=h.bernd, now=NOON), set()),
    "plan round": (before, lambda h: rounds.plan_round(conference=h.conference), set()),
    "open round": (before, lambda h: open_a_round(h.conference), {"pitch", "wall"}),
    "next pitch": (pitching, lambda h: h.lead("next_pitch", now=NOON), {"pitch", "wall"}),
    "skip pitch": (pitching, lambda h: h.lead("skip_pitch", now=NOON), {"pitch", "wall"}),
    "back pitch": (pitching, lambda h: h.lead("back_pitch", now=NOON), {"pitch", "wall"}),
    "call pitch": (pitching, lambda h: h.lead("call_pitch", pitch=h.pitch("done"), now=NOON), {"pitch", "wall"}),
    "move pitch": (pitching, move, {"wall"}),
    "pause": (pitching, lambda h: h.lead("pause_round", now=NOON + SECOND), {"wall"}),
    "resume": (paused, lambda h: h.lead("resume_round", now=NOON + 9 * SECOND), {"wall"}),
    "last call": (pitching, lambda h: h.lead("last_call", minutes=5, now=NOON), {*LIST, "pitch", "wall"}),
    "close": (calling, lambda h: h.lead("close_round", now=CLOSE), {*CARD, "reasons", "pitch", "wall"}),
    "reopen": (closed, lambda h: h.lead("reopen_round", now=CLOSE + SECOND), {*CARD, "reasons", "pitch", "wall"}),
    "blank the wall": (pitching, lambda h: h.lead("blank_wall", is_blank=True), {"wall"}),
    "count hands": (pitching, hands, set()),
    "type a ballot": (pitching, lambda h: type_in(h.round, f"{h.bernd.number}: 2 3"), set()),
    "take back a ballot": (typed, lambda h: take_back_ballot(round_=h.round, typed_by="Hedi"), set()),
    "merge": (pitching, unite, {*LIST, "pitch", "wall"}),
    "merge in the programme": (published, unite, {*CARD, "programme", "now", "door"}),
    "undo a merge": (merged, separate, {*CARD, "programme", "now", "door"}),
    "show the draft": (closed, lambda h: h.lead("show_draft", is_shown=True), {"wall"}),
    "place": (closed, place, set()),
    "place before all": (objecting, place, {"wall"}),
    "take out before all": (objecting, unplace, {"wall"}),
    "swap before all": (objecting, swap, {"wall"}),
    "undo before all": (objecting, undo, {"wall"}),
    "take over a plan before all": (objecting, take_over, {"wall"}),
    "pin before all": (objecting, pin, set()),
    "publish": (objecting, lambda h: publish(h.conference, {}), {*CARD, *DAY, "reasons", "pitch", "wall"}),
    "publish again": (published, lambda h: publish(h.conference, {h.topics[3]: (1, 3)}), {*CARD, *DAY, "wall"}),
    "announce": (before, tell, {"notice"}),
    "full": (published, lambda h: raise_flag(topic=h.topics[0], kind="full", now=NOON), {"programme", "place", "door"}),
    "foyer table": (published, lambda h: raise_flag(topic=h.topics[4], kind="foyer", place="Tisch 2", now=NOON),
                    {"programme"}),
    "lose a room": (published, lambda h: change_day_of(h, kind="room", room=h.room(1).pk, slot=h.slot(2).pk),
                    {*CARD, *DAY, "wall"}),
    "withdraw in the day": (published, lambda h: change_day_of(h, kind="withdraw", topic=h.topics[2].pk),
                            {*CARD, *DAY, *SESSION, "wall"}),
    "keep a session": (published, lambda h: keep_session(seat=h.bernd, topic=h.topics[0], is_kept=True), set()),
}
State = dict[Key, bytes]


@pytest.mark.sample(5)
@pytest.mark.parametrize("name", CASES)
def test_old_page_state_with_the_announced_regions_is_the_fresh_page_state(name: str) -> None:
    prepare, act, changed = CASES[name]
    hall = prepare()
    old, known = state_of(hall), versions()
    act(hall)
    fresh_state = state_of(hall)
    announced = {topic for topic, version in versions().items() if known.get(topic) != version}
    assert applied(old, fresh_state, announced) == fresh_state
    assert {key.name for key in old if old[key] != fresh_state[key]} == changed
    assert (applied(old, fresh_state, set()) == fresh_state) == (not changed), "the control must be stale"


def test_rendering_again_later_changes_nothing_that_no_action_changed() -> None:
    hall = pitching()
    old = state_of(hall)
    hall.conference.save()
    assert state_of(hall) == old


def state_of(hall: Hall) -> State:
    return {key: region_html(key).html for key in public_keys(hall.conference)}


def versions() -> dict[str, int]:
    return dict(StreamVersion.objects.values_list("topic", "version"))


def applied(old: State, fresh_state: State, announced: set[str]) -> State:
    """What a browser shows that replaces the regions of the announced topics and keeps all others."""
    return {
        key: html if key not in old or set(REGISTRY.region(key).topics_for(key)) & announced else old[key]
        for key, html in fresh_state.items()
    }
