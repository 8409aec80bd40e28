"""Two conferences with everything in them, and a browser for every role: for the tests of rights."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from allauth.mfa.models import Authenticator
from django.db import connection, transaction
from django.test import Client

from offenraum.answers.actions import import_services, note_unanswered
from offenraum.answers.models import Pin, Question, Service, Synonym
from offenraum.answers.reading import Item as ServiceItem
from offenraum.barcamp.actions.merging import merge_topics, offer_merge
from offenraum.barcamp.models import Topic
from offenraum.conference.actions.letters import write_letter
from offenraum.conference.actions.notices import send_notice
from offenraum.conference.actions.team import add_member, invite, issue_helper_key
from offenraum.conference.actions.tokens import issue_token
from offenraum.conference.actions.webhooks import add_webhook
from offenraum.conference.models import (
    ApiToken,
    Conference,
    HelperKey,
    Invitation,
    Member,
    Room,
    Slot,
    Speaker,
    Talk,
    Webhook,
)
from offenraum.gathering.actions.order import report
from offenraum.gathering.actions.writing import contribute
from offenraum.kit.sealed import seal_bytes
from offenraum.market.actions.stands import add_demos, make_stand, send_key
from offenraum.market.actions.votes import make_vote, set_vote_state
from offenraum.market.models import Medium, StandQuestion, StandReport
from offenraum.organise.forms.importing import packed
from offenraum.people.actions import create_account, issue_link
from offenraum.people.models import Account, SignIn
from offenraum.people.queries import email_change_key
from offenraum.post.models import Letter
from offenraum.post.queries import refusal_address
from offenraum.programme.actions.draft import place_topic
from offenraum.programme.actions.editions import publish_edition
from offenraum.programme.actions.plan_runs import ask_for_plan
from offenraum.programme.formats.reading import Item
from offenraum.programme.models import PlanRun, Reasons
from offenraum.programme.queries.draft import places_of_draft
from offenraum.programme.rules import Place, mark_of
from offenraum.registration.models import Contingent, ExtraQuestion, Registration, RegistrationSettings
from offenraum.registration.queries.links import contingent_secret, secret_of
from offenraum.seats.actions.keys import NewSeat
from offenraum.seats.models import BadgePrint, Seat
from offenraum.seats.queries import calendar_key
from offenraum.sensors.actions.devices import keep_device, make_network
from offenraum.sensors.models import Channel, Codec, Device, Message
from offenraum.website.forms import stamp
from offenraum.website.models import Comment, News, Page, Picture, Remark, Site, Subscriber
from offenraum.website.queries import key_of
from tests.builders import make_seat, open_a_round, sign_in
from tests.day import NOON, make_conference, make_seats, make_topic, set_clock
from tests.people.sign_in import sign_in as sign_in_account

ROLES = (
    "public", "seat", "other", "host", "helper", "moderator", "organiser", "elsewhere", "expired", "out",
)
LATER = datetime.now(UTC) + timedelta(days=4000)
Ids = dict[str, object]


@dataclass
class Half:
    """One of the two conferences with the ids of what is in it."""

    conference: Conference
    ids: Ids = field(default_factory=dict)
    browsers: dict[str, Client] = field(default_factory=dict)

    def know(self, more: Ids) -> None:
        """Note ids by name; were two things of one name, tests of the one would ask for the other."""
        assert not self.ids.keys() & more.keys(), self.ids.keys() & more.keys()
        self.ids |= more


@dataclass
class World:
    here: Half
    there: Half
    mark: dict[str, int] = field(default_factory=dict)

    def has_changed(self, since: int | None) -> bool:
        """Whether any table has another content; not read where nothing was written `since` a count of writes."""
        return (since is None or writes() != since) and digest() != self.mark

    def browser(self, role: str) -> Client:
        """The browser of a role; `elsewhere` has every right in the other conference, none in this one."""
        return self.there.browsers["everything"] if role == "elsewhere" else self.here.browsers[role]


def make_world() -> World:
    """Bernd brings topics, Clara and Emil vote; Ayse organises, Mia moderates, Hedi helps. There the same again."""
    return World(here=make_half("kogk18", topics=3), there=make_half("fremd19", topics=7), mark=digest())


def make_half(slug: str, *, topics: int) -> Half:
    """One conference; with more topics it has more of everything, so that its ids are strange in the other."""
    conference = set_clock(make_conference(slug), NOON + timedelta(minutes=5))
    seats = {name: make_seat(conference, name) for name in ("Bernd", "Clara", "Emil", "Ida")}
    make_seats(conference, topics)
    half = Half(conference, browsers=attendees(conference, seats) | runners(conference))
    half.browsers["everything"] = everything(conference, make_seat(conference, "Jan"))
    make_seat(conference, "Kim", checked_in=False)
    half.know({"slug": slug, "secret": seats["Bernd"].badge_secret})
    half.know(fill(conference, seats["Bernd"].seat, topics))
    for ids_of in (run_plans, keys_of, ids_of_people, registered, website_of, asked_of):
        half.know(ids_of(conference))
    half.know(sensors_of(conference, topics))
    half.know(market_of(conference, seats["Bernd"].seat, topics))
    half.ids["then"] = mark_after_filling(conference, half.ids)
    return half


def fill(conference: Conference, host: Seat, topics: int) -> Ids:
    """Topics, a running round, a published edition, a draft that has gone on since."""
    made = [make_topic(conference, f"Thema {n} {conference.slug}", seat=host) for n in range(topics)]
    Topic.objects.filter(conference=conference).update(state=Topic.State.RELEASED)
    round_ = open_a_round(conference, pitches=1)
    slot, later = Slot.objects.filter(conference=conference)[0], Slot.objects.filter(conference=conference).last()
    room, other, free = Room.objects.filter(conference=conference)
    place_topic(topic=made[0], slot=slot, room=room, seen=None)
    publish_edition(conference=conference, after=0, published_by="moderator", now=NOON)
    Reasons.objects.filter(edition__conference=conference).update(told={"input_hash": "0"})
    place_topic(topic=made[1], slot=slot, room=other, seen=None)
    question = contribute(
        topic=made[-1], seat=host, kind="question", text=f"Frage {conference.slug}", key=uuid.uuid4(), now=NOON
    )
    report(topic=made[-1], contribution=question, seat=host, reason="Werbung", now=NOON)
    return united(conference, made) | {
        "contribution": question.pk, "write": "frage", "report": "verbergen", "paper": "a3",
        "export": "programme.ics", "dataset": "topics", "table": "csv", "catalogue": "ttl",
        "calendar": calendar_key(host), "calendar_kind": "session", "shown": made[0].number,
        "reasons": Reasons.objects.get(edition__conference=conference).pk,
        "number": made[-1].number, "topic": made[-1].pk, "piece": f"{made[-1].pk}:", "placed": f"{made[0].pk}:1",
        "placed_too": f"{made[1].pk}:1", "room": room.pk, "slot": slot.pk, "version": round_.version, "step": "weiter",
        "change": "verbergen", "flag": "voll", "free_room": free.pk, "later": later.pk,
        "notice": tell(conference), "edition": 1, "ballot": f"{host.number}: {made[0].number}",
    }


def website_of(conference: Conference) -> Ids:
    """A website with one of everything, something that waits for the organisers, and the words of its addresses."""
    Site.objects.create(conference=conference, takes_comments=True)
    speaker = Speaker.objects.create(conference=conference, name="Dr. Jana Beispiel")
    page = Page.objects.create(conference=conference, slug=f"seite-{conference.slug}", title="Seite", text="Text")
    news = News.objects.create(conference=conference, title="Neu", text="Text", published_at=NOON)
    comment = Comment.objects.create(news=news, key=uuid.uuid4(), name="Dirk", text="Aha", written_at=NOON)
    reader = Subscriber.objects.create(conference=conference, email="leo@example.org", asked_at=NOON)
    Subscriber.objects.create(conference=conference, email="kim@example.org", asked_at=NOON, confirmed_at=NOON)
    remark = Remark.objects.create(conference=conference, key=uuid.uuid4(), text="Stufe", sent_at=NOON)
    return {
        "colours": "2044aa-ffcc00", "speaker": speaker.pk, "talk": Talk.objects.filter(conference=conference)[0].pk,
        "name": page.slug, "entry": page.pk, "kind": "seiten", "part": "anreise", "news": news.pk,
        "comment": comment.pk, "letter": key_of(reader), "refusal": refusal_key(conference), "remark": remark.pk,
        "since": stamp(age=60), "verdict": "verbergen", "webhook": webhook_of(conference),
        "checked": looked_at(conference),
    }


def refusal_key(conference: Conference) -> str:
    """What ends letters to all, from the address in such a letter."""
    return refusal_address(scope=conference.slug, recipient="bernd@example.org").rpartition("/")[2]


def webhook_of(conference: Conference) -> int:
    """A server that wants to be told."""
    add_webhook(conference=conference, address="https://www.example.org/", events=["topic_proposed"], now=NOON)
    return Webhook.objects.get(conference=conference).pk


def looked_at(conference: Conference) -> str:
    """What was read of a file with one entry."""
    item = Item("g-1", "Begrüßung", "", "greeting", NOON, 15, "", ("Dr. Jana Beispiel",))
    return packed(conference, [item], with_rooms=False)
def sensors_of(conference: Conference, devices: int) -> Ids:
    """Sensors, the last one with a value and something to decode."""
    network, secret = make_network(conference=conference, name="Netz", kind="json", now=NOON)
    codec = Codec.objects.create(conference=conference, name="Codec", source="function Decoder() { return 1 }")
    for n in range(devices):
        device = keep_device(device=Device(conference=conference, network=network, identity=f"d{n}", name=f"Gerät {n}"))
    message = Message.objects.create(
        network=network, device=device, identity="d", key=f"k{conference.pk}", body=b"{}", payload=b"", result={"x": 1},
        received_at=NOON, measured_at=NOON, state="decoded",
    )
    channel = Channel.objects.create(device=device, key="x", name="Wert", value=1, measured_at=NOON)
    channel.readings.create(message=message, measured_at=NOON, value=1)
    return {
        "network": network.pk, "uplink": secret, "network_kind": "json", "device": device.number, "codec": codec.pk,
        "channel": channel.pk, "file": "daten.csv",
    }


def market_of(conference: Conference, visitor: Seat, stands: int) -> Ids:
    """Stands, the last one with one of everything."""
    for n in range(stands):
        title = f"Stand {n} {conference.slug}"
        stand = make_stand(conference=conference, title=title, email="lab@example.org", now=NOON)
    asked = StandQuestion.objects.create(stand=stand, seat=visitor, key=uuid.uuid4(), text="Wie?", asked_at=NOON)
    reported = StandReport.objects.create(stand=stand, question=asked, seat=visitor, reason="Nein", reported_at=NOON)
    picture = Picture.objects.create(
        conference=conference, digest="0" * 32, width=4, height=3, alt="Bild", uploaded_at=NOON
    )
    add_demos(stand=stand, starts_at=NOON + timedelta(hours=1), minutes=5, count=1, places=9)
    vote = make_vote(conference=conference, question="Welches?", dots=2, names=["A", "B"])
    set_vote_state(vote=vote, state="open")
    return {
        "stand": stand.number, "question": asked.pk, "stand_report": reported.pk, "demo": stand.demos.get().pk,
        "medium": Medium.objects.create(stand=stand, picture=picture).pk, "vote": vote.pk,
        "stand_key": send_key(stand=stand, language="de", now=NOON), "day": conference.days.get().pk,
        "choice": vote.choices.all()[0].pk,
    }


def asked_of(conference: Conference) -> Ids:
    """A question desk with one of everything."""
    note_unanswered(conference=conference, text="Wie wird das Wetter?", now=NOON)
    import_services(conference=conference, source="Stadt Muster", items=[ServiceItem("1", "Sperrmüll")], now=NOON)
    return {
        "asked_question": Question.objects.get(conference=conference).pk,
        "service": Service.objects.get(conference=conference).pk,
        "synonym": Synonym.objects.create(conference=conference, word="perso", means="Ausweis").pk,
        "pin": Pin.objects.create(conference=conference, questions="Was?", title="Das", text="So.", made_at=NOON).pk,
    }


def tell(conference: Conference) -> int:
    """An announcement that is on the screens."""
    return send_notice(
        conference=conference, text="Um 13 Uhr geht es weiter.", kind="news", key=uuid.uuid4(), minutes=60,
        sent_by="Mia", now=NOON,
    ).pk
def united(conference: Conference, made: list[Topic]) -> Ids:
    """A merge that can be undone, and one that Ida has asked Bernd for."""
    ida = Seat.objects.get(conference=conference, name="Ida")
    theirs, more = (make_topic(conference, f"{title} {conference.slug}", seat=ida) for title in ("Dazu", "Auch"))
    done = merge_topics(topic=theirs, into=made[0], done_by="Mia", now=NOON)
    offer = offer_merge(topic=more, into=made[0], seat=ida, now=NOON)
    return {"merge": done.pk, "offer": offer.pk, "first": made[0].number, "another": made[1].number}


def registered(conference: Conference) -> Ids:
    """Somebody who moved up and may still confirm, and an invitation to a contingent."""
    book = RegistrationSettings.objects.create(conference=conference, places=1)
    press = Contingent.objects.create(conference=conference, name="Presse", places=3)
    moved = Registration.objects.create(
        conference=conference, number=1 + len(conference.slug), key=uuid.uuid4(), state="offered", place=1, name="Olga",
        created_at=NOON, email=f"olga@{conference.slug}.example", email_key=f"olga@{conference.slug}.example",
        confirm_by=LATER,
    )
    RegistrationSettings.objects.filter(pk=book.pk).update(last_number=moved.number)
    question = ExtraQuestion.objects.create(conference=conference, position=1, label="Essen", purpose="Küche")
    return {
        "own": secret_of(moved), "invited": contingent_secret(press), "contingent": press.pk,
        "extra_question": question.pk, "registration": moved.number,
    }


def run_plans(conference: Conference) -> Ids:
    """A plan that waits to be accepted and one that is being made."""
    asked = {"conference": conference, "asked_by": None, "seconds": 5, "shown_at": NOON, "now": LATER}
    done = ask_for_plan(**asked)
    PlanRun.objects.filter(pk=done.pk).update(state=PlanRun.State.DONE, plan={"placements": {}, "unplaced": {}})
    mark = mark_of(places_of_draft(conference))
    return {"done_run": done.pk, "run": ask_for_plan(**asked).pk, "mark": mark}


def mark_after_filling(conference: Conference, ids: Ids) -> str:
    """The mark of the draft with the waiting topic in the free room of the last slot."""
    filled = {int(ids["topic"]): Place(int(ids["later"]), int(ids["free_room"]))}
    return mark_of(places_of_draft(conference) | filled)


def keys_of(conference: Conference) -> Ids:
    """What letters and slips carry: an invitation, a link that signs in, a helper's key."""
    now, lena = datetime.now(UTC), make_account(conference, "Lena")
    return {
        "key": invite(conference=conference, email="neu@example.org", role="moderator", now=now),
        "link": issue_link(account=lena, leads_to="/konto", now=now),
        "new_address": email_change_key(account=lena, email=f"lena.{conference.slug}@example.org"),
        "help": issue_helper_key(conference=conference, name="Hugo", expires_at=LATER, now=NOON),
        "invitation": Invitation.objects.get(conference=conference).pk, "token": token_of(conference),
    }


def token_of(conference: Conference) -> int:
    """A program's key."""
    issue_token(conference=conference, name="Anzeigetafel", scopes=["topics"], now=NOON)
    return ApiToken.objects.get(conference=conference).pk


def ids_of_people(conference: Conference) -> Ids:
    mia = Member.objects.get(conference=conference, account__name="Mia")
    last = Seat.objects.filter(conference=conference).count()
    SignIn.objects.create(account=mia.account, key_hash=f"{mia.pk}", signed_in_at=NOON, seen_at=NOON)
    return {
        "member": mia.pk, "pk": Authenticator.objects.get(user=mia.account, type="totp").pk,
        "helper_key": HelperKey.objects.get(conference=conference, name="Hedi").pk,
        "badge_print": BadgePrint.objects.create(
            conference=conference, numbers=[1], created_at=NOON, due_at=LATER, state="done", sealed=seal_bytes(b"%PDF"),
        ).pk,
        "sent_letter": given_up(conference), "letter_kind": "reminder",
        "sign_in": SignIn.objects.filter(account=mia.account)[0].pk, "absent_seat": last, "present_seat": last - 1,
    }


def given_up(conference: Conference) -> int:
    """A letter that did not arrive, to somebody who has a seat with an address."""
    Seat.objects.filter(conference=conference, name="Bernd").update(email="bernd@example.org")
    letter = write_letter(
        conference=conference, kind="sign_in_link", key="bernd", to="bernd@example.org", values={}, language="de",
        now=NOON,
    )
    Letter.objects.filter(pk=letter.pk).update(state="failed", error="550 nobody here", due_at=LATER)
    return letter.pk


def attendees(conference: Conference, seats: dict[str, NewSeat]) -> dict[str, Client]:
    """Browsers with seats; `expired` was taken over by another device, `out` has signed out."""
    browsers = {"seat": sign_in(seats["Clara"]), "other": sign_in(seats["Emil"]), "host": sign_in(seats["Bernd"])}
    browsers |= {"public": Client(), "out": sign_in(seats["Ida"])}
    browsers["out"].post(f"/{conference.slug}/platz/abmelden")
    return browsers


def runners(conference: Conference) -> dict[str, Client]:
    """Browsers of those who run it; `expired` had the key of a helper and a sign-in that were ended."""
    browsers = {"helper": help_out(conference, "Hedi", Client()), "expired": help_out(conference, "Enno", Client())}
    browsers |= {"organiser": Client(), "moderator": Client(), "auditor": Client()}
    members = (
        ("Ayse", "organiser", ""), ("Mia", "moderator", ""), ("Paula", "auditor", ""), ("Otto", "organiser", "expired"),
    )
    for name, role, place in members:
        account = make_account(conference, name)
        add_member(conference=conference, account=account, role=role)
        sign_in_account(account, second_factor=True, client=browsers[place or role])
    HelperKey.objects.filter(conference=conference, name="Enno").update(revoked_at=NOON)
    SignIn.objects.filter(account__name="Otto").update(ended_at=NOON)
    return browsers


def make_account(conference: Conference, name: str) -> Account:
    return create_account(email=f"{name.lower()}@{conference.slug}.example", name=name, password=None)


def help_out(conference: Conference, name: str, client: Client) -> Client:
    """Sign a browser in with a helper's key."""
    key = issue_helper_key(conference=conference, name=name, expires_at=LATER, now=NOON)
    assert client.post(f"/{conference.slug}/regie/helfen/{key}").status_code == 302
    return client


def everything(conference: Conference, new: NewSeat) -> Client:
    """One browser with every right that this conference can give."""
    account = make_account(conference, "Alma")
    add_member(conference=conference, account=account, role=Member.Role.ORGANISER)
    client = help_out(conference, "Alma", sign_in(new))
    return sign_in_account(account, second_factor=True, client=client)


@contextmanager
def undone(browser: Client) -> Iterator[Client]:
    """Take back whatever a request changed, in the database and in the browser."""
    cookies = deepcopy(browser.cookies)
    with transaction.atomic():
        yield browser
        transaction.set_rollback(True)
    browser.cookies = cookies


def writes() -> int | None:
    """How many rows this connection has written so far; None where the database does not count."""
    return connection.connection.total_changes if connection.vendor == "sqlite" else None


def digest() -> dict[str, int]:
    """A mark of the content of every table."""
    with connection.cursor() as cursor:
        marks = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            marks[table] = hash(tuple(sorted(map(repr, cursor.fetchall()))))
        return marks

