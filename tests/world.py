"""Two conferences with everything in them, and a browser for every role: for the tests of rights."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from allauth.mfa.models import Authenticator
from django.db import connection, transaction
from django.test import Client

from offenraum.barcamp.models import Topic
from offenraum.conference.actions.team import add_member, invite, issue_helper_key
from offenraum.conference.models import Conference, HelperKey, Invitation, Member, Room, Slot
from offenraum.people.actions import create_account, issue_link
from offenraum.people.models import Account, SignIn
from offenraum.programme.actions.draft import place_topic
from offenraum.programme.actions.editions import publish_edition
from offenraum.seats.actions import NewSeat
from tests.builders import make_seat, open_a_round, sign_in
from tests.day import NOON, make_conference, make_topic, set_clock
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


@dataclass
class World:
    here: Half
    there: Half
    mark: dict[str, int] = field(default_factory=dict)

    def browser(self, role: str) -> Client:
        """The browser of a role; `elsewhere` has every right in the other conference, none in this one."""
        return self.there.browsers["everything"] if role == "elsewhere" else self.here.browsers[role]


def make_world() -> World:
    """Bernd brings topics, Clara and Emil vote; Ayse organises, Mia moderates, Hedi helps. There the same again."""
    return World(here=make_half("kogk18", topics=3), there=make_half("fremd19", topics=5), mark=digest())


def make_half(slug: str, *, topics: int) -> Half:
    conference = set_clock(make_conference(slug), NOON + timedelta(minutes=5))
    seats = {name: make_seat(conference, name) for name in ("Bernd", "Clara", "Emil", "Ida")}
    half = Half(conference)
    fill(half, host=seats["Bernd"], topics=topics)
    half.browsers = attendees(conference, seats) | runners(conference)
    half.ids["link"] = issue_link(account=make_account(conference, "Lena"), leads_to="/konto", now=datetime.now(UTC))
    half.ids["help"] = issue_helper_key(conference=conference, name="Hugo", expires_at=LATER, now=NOON)
    half.browsers["everything"] = everything(conference, make_seat(conference, "Jan"))
    members = Member.objects.filter(conference=conference)
    half.ids["member"] = members.get(account__name="Mia").pk
    half.ids["helper_key"] = HelperKey.objects.get(conference=conference, name="Hedi").pk
    half.ids["pk"] = Authenticator.objects.get(user=members.get(account__name="Mia").account, type="totp").pk
    half.ids["sign_in"] = SignIn.objects.get(account=members.get(account__name="Mia").account).pk
    return half


def fill(half: Half, *, host: NewSeat, topics: int) -> None:
    """Topics, a running round, a draft with a placement and a published edition."""
    conference = half.conference
    made = [make_topic(conference, f"Thema {n} {conference.slug}", seat=host.seat) for n in range(topics)]
    Topic.objects.filter(pk__in=[topic.pk for topic in made]).update(state=Topic.State.RELEASED)
    round_ = open_a_round(conference, pitches=1)
    slot, room = Slot.objects.filter(conference=conference)[0], Room.objects.filter(conference=conference)[0]
    place_topic(topic=made[0], slot=slot, room=room, seen=None)
    publish_edition(conference=conference, after=0, published_by="moderator", now=NOON)
    key = invite(conference=conference, email="neu@example.org", role="moderator", now=datetime.now(UTC))
    invited = Invitation.objects.get(conference=conference)
    half.ids = {
        "slug": conference.slug, "invitation": invited.pk, "key": key, "number": made[-1].number, "room": room.pk,
        "secret": host.badge_secret, "topic": made[-1].pk, "version": round_.version, "step": "weiter",
        "change": "verbergen",
    }


def attendees(conference: Conference, seats: dict[str, NewSeat]) -> dict[str, Client]:
    """Browsers with seats; `expired` was taken over by another device, `out` has signed out."""
    browsers = {"seat": sign_in(seats["Clara"]), "other": sign_in(seats["Emil"]), "host": sign_in(seats["Bernd"])}
    browsers |= {"public": Client(), "out": sign_in(seats["Ida"])}
    browsers["out"].post(f"/{conference.slug}/platz/abmelden")
    return browsers


def runners(conference: Conference) -> dict[str, Client]:
    """Browsers of those who run it; `expired` had the key of a helper and a sign-in that were ended."""
    browsers = {"helper": help_out(conference, "Hedi", Client()), "expired": help_out(conference, "Enno", Client())}
    browsers |= {"organiser": Client(), "moderator": Client()}
    for name, role, place in (("Ayse", "organiser", ""), ("Mia", "moderator", ""), ("Otto", "organiser", "expired")):
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
def undone() -> Iterator[None]:
    """Take back whatever a request changed."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def digest() -> dict[str, int]:
    """A mark of the content of every table."""
    with connection.cursor() as cursor:
        marks = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            marks[table] = hash(tuple(sorted(map(repr, cursor.fetchall()))))
        return marks

