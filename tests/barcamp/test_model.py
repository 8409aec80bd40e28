"""A barcamp day in any order: whatever people do, the tally is what the rows say and undoing gives everything back."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from offenraum.barcamp.actions.ballots import AlreadyTyped, NotTyped, UnknownTopics, take_back_ballot, type_ballot
from offenraum.barcamp.actions.interest import NotTaken, show_interest
from offenraum.barcamp.actions.merging import CannotMerge, merge_topics, undo_merge
from offenraum.barcamp.actions.rounds import count_hands
from offenraum.barcamp.actions.topics import TopicText, propose_topic, withdraw_topic
from offenraum.barcamp.models import Ballot, Interest, Merge, Topic, TopicHost
from offenraum.barcamp.queries import tallies
from offenraum.barcamp.queries.merging import merges_of
from offenraum.barcamp.queries.recount import recount
from offenraum.barcamp.rules.ballots import Sheet
from offenraum.barcamp.rules.merging import heads
from offenraum.conference.models import Room, Slot
from offenraum.programme.actions.draft import NoSuchCell, Taken, place_topic
from offenraum.programme.actions.editions import NothingToPublish, publish_edition
from offenraum.programme.models import Cell, Edition
from offenraum.programme.queries.draft import around_of, conflicts_of_draft, draft_of
from offenraum.programme.queries.published import latest_edition
from offenraum.programme.rules import ConflictKind
from tests.builders import open_a_round
from tests.day import NOON, make_conference, make_seats, make_topics

EXAMPLES = 60 if os.environ.get("TESTS_LONG") else 4
STEPS = 60 if os.environ.get("TESTS_LONG") else 25
PEOPLE, AT_FIRST, MOST = 5, 4, 9
SEATS = st.integers(0, PEOPLE - 1)
PICK = st.integers(0, MOST - 1)


class Day(RuleBasedStateMachine):
    """Five people, up to nine topics, three rooms, one running round; time goes on a minute with each step."""

    @initialize()
    def begin(self) -> None:
        self.conference = make_conference()
        self.seats = make_seats(self.conference, PEOPLE)
        make_topics(self.conference, AT_FIRST)
        self.round = open_a_round(self.conference)
        self.now = NOON
        self.published: dict[int, object] = {}

    def later(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now

    def topic(self, pick: int) -> Topic:
        topics = list(Topic.objects.select_related("conference").order_by("number"))
        return topics[pick % len(topics)]

    def attempt(self, action: Callable[..., Any], *refusals: type[Exception], **values: object) -> Any:
        """Do something that may be refused; then nothing may have changed."""
        before = self.state()
        try:
            with transaction.atomic():
                return action(**values)
        except refusals:
            assert self.state() == before
            return None

    def state(self) -> dict[str, object]:
        return {"topics": topics_now(), "hosts": hosts_now(), "votes": votes_now(), "papers": papers_now()}

    @precondition(lambda self: Topic.objects.count() < MOST)
    @rule(seat=SEATS)
    def propose(self, seat: int) -> None:
        propose_topic(
            conference=self.conference, seat=self.seats[seat], host_name=f"Mensch {seat}", key=uuid.uuid4(),
            text=TopicText(title=f"Neu {Topic.objects.count()}"), now=self.later(),
        )

    @rule(pick=PICK, seat=SEATS, weight=st.integers(0, 2))
    def vote(self, pick: int, seat: int, weight: int) -> None:
        values = {"topic_id": self.topic(pick).pk, "seat_id": self.seats[seat].pk, "weight": weight}
        self.attempt(show_interest, NotTaken, key=uuid.uuid4(), now=self.later(), **values)

    @rule(pick=PICK, count=st.integers(0, 9), is_estimate=st.booleans())
    def hands(self, pick: int, count: int, is_estimate: bool) -> None:
        topic = self.topic(pick)
        count_hands(
            round_=self.round, topic=Topic.objects.get(pk=topic.head_id or topic.pk), count=count,
            is_estimate=is_estimate, counted_by="Ayse", now=self.later(),
        )

    @rule(seat=SEATS, marks=st.sets(st.integers(1, MOST), min_size=1, max_size=4), replaces=st.booleans())
    def ballot(self, seat: int, marks: set[int], replaces: bool) -> None:
        sheet = Sheet(number=self.seats[seat].number, topics=tuple(sorted(marks)), replaces=replaces)
        self.attempt(
            type_ballot, AlreadyTyped, NotTyped, UnknownTopics, round_=self.round, sheet=sheet, typed_by="Hedi",
            key=uuid.uuid4(), now=self.later(),
        )

    @rule()
    def take_back(self) -> None:
        self.attempt(take_back_ballot, NotTyped, round_=self.round, typed_by="Hedi")

    @rule(one=PICK, other=PICK)
    def merge(self, one: int, other: int) -> None:
        topic, into = self.topic(one), self.topic(other)
        self.attempt(merge_topics, CannotMerge, topic=topic, into=into, done_by="Ayse", now=self.later())

    @rule(one=PICK, other=PICK)
    def merge_and_undo(self, one: int, other: int) -> None:
        """Undone at once, everything is exactly as before."""
        before, counted = self.state(), tallies(self.conference)
        topic, into = self.topic(one), self.topic(other)
        made = self.attempt(merge_topics, CannotMerge, topic=topic, into=into, done_by="Ayse", now=self.later())
        if made:
            undo_merge(merge=made, undone_by="Ayse", now=self.later())
        assert (self.state(), tallies(self.conference)) == (before, counted)

    @precondition(lambda self: Merge.objects.filter(state="done").exists())
    @rule(pick=PICK)
    def undo(self, pick: int) -> None:
        """Undone later, votes and papers are untouched and the topic has its own hosts again."""
        made = list(merges_of(self.conference))
        merge = made[pick % len(made)]
        own = own_hosts(merge.topic)
        before = votes_now(), papers_now()
        undo_merge(merge=merge, undone_by="Ayse", now=self.later())
        assert (votes_now(), papers_now()) == before
        assert own_hosts(merge.topic) == own
        assert Topic.objects.get(pk=merge.topic_id).state == "released"

    @rule(pick=PICK)
    def withdraw(self, pick: int) -> None:
        withdraw_topic(topic=self.topic(pick), now=self.later())

    @rule(pick=PICK, slot=st.integers(1, 3), room=st.integers(1, 3))
    def place(self, pick: int, slot: int, room: int) -> None:
        topic = self.topic(pick)
        placement = getattr(topic, "placement", None)
        self.attempt(
            place_topic, NoSuchCell, Taken, topic=topic, seen=placement.version if placement else None,
            slot=Slot.objects.get(conference=self.conference, number=slot),
            room=Room.objects.get(conference=self.conference, position=room),
        )

    @rule()
    def publish(self) -> None:
        latest = latest_edition(self.conference)
        self.attempt(
            publish_edition, NothingToPublish, conference=self.conference, after=latest.number if latest else 0,
            published_by="moderator", now=self.later(),
        )
        for edition in Edition.objects.all():
            self.published.setdefault(edition.number, (edition.sessions, edition.changes, edition.published_at))

    @invariant()
    def tally_is_the_union_recounted_from_the_rows(self) -> None:
        assert tallies(self.conference) == recount(self.conference)

    @invariant()
    def no_topic_has_more_named_votes_than_people(self) -> None:
        assert all(0 <= tally.named <= PEOPLE <= PEOPLE + tally.total for tally in tallies(self.conference).values())

    @invariant()
    def heads_are_what_the_merges_say(self) -> None:
        done = Merge.objects.filter(state="done").values_list("topic", "into")
        assert dict(Topic.objects.exclude(head=None).values_list("pk", "head")) == heads(dict(done))

    @invariant()
    def no_topic_and_no_cell_is_twice_in_the_plan(self) -> None:
        cells = list(Cell.objects.values_list("slot", "room"))
        assert len(cells) == len(set(cells))
        shown = [placement.topic for placement in draft_of(self.conference).values()]
        assert {topic.state for topic in shown} <= {"released"}
        assert len(shown) == len({topic.pk for topic in shown})

    @invariant()
    def host_in_two_rooms_is_told_to_the_desk(self) -> None:
        """The draft may be wrong for a while; the desk is told of each host who would be in two rooms."""
        draft = draft_of(self.conference)
        told = {c.topic for c in conflicts_of_draft(draft, around_of(self.conference))
                if c.kind is ConflictKind.HOST_TWICE}
        assert told == {topic for topic in draft if meets_itself(topic, draft)}

    @invariant()
    def editions_do_not_change(self) -> None:
        now = {e.number: (e.sessions, e.changes, e.published_at) for e in Edition.objects.all()}
        assert {number: now.get(number) for number in self.published} == self.published


def meets_itself(topic: int, draft: dict[int, Any]) -> bool:
    """Whether a host of a session has another one in the same slot."""
    own = draft[topic]
    people = {host.seat_id or host.name for host in own.topic.hosts.all()}
    slots = {cell.slot_id for cell in own.cells.all()}
    return any(
        people & {host.seat_id or host.name for host in other.topic.hosts.all()}
        and slots & {cell.slot_id for cell in other.cells.all()}
        for pk, other in draft.items() if pk != topic
    )


def topics_now() -> list[object]:
    return list(Topic.objects.values_list("pk", "state", "head").order_by("pk"))


def hosts_now() -> list[object]:
    return sorted(TopicHost.objects.values_list("topic", "name", "joined_from__name"), key=str)


def own_hosts(topic: Topic) -> list[object]:
    return list(TopicHost.objects.filter(topic=topic, joined_from=None).values_list("seat", "name").order_by("pk"))


def votes_now() -> list[object]:
    return list(Interest.objects.values_list("topic", "seat", "weight", "shown_at").order_by("pk"))


def papers_now() -> list[object]:
    papers = Ballot.objects.filter(is_valid=True).prefetch_related("marks").order_by("pk")
    return [(paper.pk, paper.seat_id, [mark.topic_id for mark in paper.marks.all()]) for paper in papers]


class Rolled(Day):
    """Each example in a transaction that is rolled back."""

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)


@pytest.mark.postgres
@pytest.mark.timeout(1800)
@pytest.mark.django_db(transaction=True)
def test_any_order_of_a_day_keeps_what_must_be_true() -> None:
    run_state_machine_as_test(Rolled, settings=settings(
        max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, database=None,
        suppress_health_check=list(HealthCheck),
    ))
