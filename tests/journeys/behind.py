"""The verbs of the process behind the scenes; each line on standard input is `[verb, {values}]`, each answer JSON."""

from __future__ import annotations

import inspect
import json
import re
import sys
import traceback
from datetime import UTC, datetime, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from offenraum.barcamp.actions import rounds
from offenraum.barcamp.actions.topics import hide_topic
from offenraum.barcamp.models import Interest, Pitch, Topic
from offenraum.barcamp.queries import public_topics, round_now
from offenraum.conference.actions.team import add_member, issue_helper_key
from offenraum.conference.models import Conference
from offenraum.conference.queries import now_of
from offenraum.kit.outbox import serve_one
from offenraum.people.actions import create_account, issue_link
from offenraum.post.models import Letter
from offenraum.post.queries import refusal_address
from offenraum.project.kinds import KINDS
from offenraum.registration.actions.places import cancel
from offenraum.registration.models import Contingent, ExtraQuestion, RegistrationSettings
from offenraum.registration.queries.links import secret_of
from offenraum.seats.actions.checkin import check_in
from offenraum.seats.actions.making import Person, create_seats
from offenraum.seats.prints.queue import ask_for_badges
from offenraum.seats.tasks import PRINTING
from offenraum.website.actions.contents import tell
from tests import builders, day
from tests.market import filled as market
from tests.people.sign_in import sign_in
from tests.registration.people import EARLY, come, of
from tests.website.contents import fill


def main() -> None:
    """Answer line by line; a verb that fails says so in its answer, and the next one is heard."""
    for line in sys.stdin:
        verb, values = json.loads(line)
        try:
            answer = {"answer": VERBS[verb](**values)}
        except Exception:
            answer = {"failure": traceback.format_exc()}
        print(json.dumps(answer), flush=True)  # noqa: T201 - the answer


def set_up(*, slug: str, topics: list[str], seat_mode: str = "seats") -> dict[str, Any]:
    """A conference that stands at noon, with two badges and some topics of people who are not here."""
    made = day.make_conference(slug)
    made.seat_mode = seat_mode
    day.set_clock(made, day.NOON)
    badges = [new_badge(slug=slug, name=name) for name in ("Bernd Beispiel", "Clara Öztürk")]
    for title in topics:
        day.make_topic(made, title)
    return {"badges": badges, "doors": list(made.rooms.order_by("position").values_list("pk", flat=True))}


def new_badge(*, slug: str, name: str) -> dict[str, Any]:
    new = builders.make_seat(conference(slug), name)
    return {"number": new.seat.number, "secret": new.badge_secret, "code": new.code, "name": name}


def open_registration(*, slug: str, **terms: Any) -> None:
    """Take registrations, twenty days before the conference, with one invited contingent and one own question."""
    found = day.set_clock(conference(slug), EARLY)
    RegistrationSettings.objects.create(conference=found, **terms)
    Contingent.objects.create(conference=found, name="Presse", places=5)
    ExtraQuestion.objects.create(
        conference=found, position=1, kind="choice", label="Wie kommen Sie?", choices="Bahn\nRad",
        purpose="Stellplätze.",
    )


def enter_phase(*, slug: str, days: int, places: int = 5) -> None:
    """So many days before the conference; registration opens twenty and closes three days before it."""
    held = day.set_clock(conference(slug), day.NOON - timedelta(days=days))
    terms = {"places": places, "opens_at": EARLY, "closes_at": day.NOON - timedelta(days=3)}
    RegistrationSettings.objects.update_or_create(conference=held, defaults=terms)


def register_people(*, slug: str, names: list[str]) -> list[str]:
    """Each with a form of their own; returns the paths of their pages."""
    come(conference(slug), *names)
    return [f"/anmeldung/mein/{secret_of(of(name))}" for name in names]


def fill_post(*, slug: str) -> dict[str, str]:
    """Letters in every state, and badges that are printed; the paths of a letter and of the end of letters to all."""
    first, second = Letter.objects.filter(scope=slug).order_by("pk")[:2]
    Letter.objects.filter(pk=first.pk).update(state="done", sent_at=EARLY, error="")
    Letter.objects.filter(pk=second.pk).update(state="failed", error="550 5.1.1 no such user")
    held = conference(slug)
    numbers = list(held.seats.values_list("number", flat=True))
    ask_for_badges(conference=held, numbers=numbers, layout="62mm", has_keys=True, now=timezone.now())
    serve_one(PRINTING, worker=f"here:{slug}", now=timezone.now)
    ask_for_badges(conference=held, numbers=numbers[:1], layout="a6", has_keys=True, now=timezone.now())
    refusal = refusal_address(scope=slug, recipient=first.recipient)
    return {"letter": f"/regie/briefe/{first.pk}", "refusal": refusal.partition(slug)[2]}


def cancel_of(*, slug: str, name: str) -> None:
    """Somebody gives the place back."""
    cancel(registration=of(name), now=EARLY)


def conference(slug: str) -> Conference:
    return Conference.objects.get(slug=slug)


def topic_called(slug: str, title: str) -> Topic:
    return Topic.objects.get(conference__slug=slug, title=title)


def open_round(*, slug: str) -> None:
    builders.open_a_round(conference(slug))


def lead(*, slug: str, verb: str, **values: Any) -> None:
    """Do to the round what a moderator would."""
    going = round_now(conference(slug))
    assert going is not None
    action = getattr(rounds, verb)
    if "now" in inspect.signature(action).parameters:
        values["now"] = day.NOON + timedelta(minutes=30)
    action(round_=going, version=going.version, **values)


def pitch(*, slug: str, title: str) -> None:
    """Call this topic to the stage."""
    lead(slug=slug, verb="call_pitch", pitch=Pitch.objects.get(topic=topic_called(slug, title)))


def publish(*, slug: str, places: dict[str, tuple[int, int]]) -> None:
    """Place topics by title (number of the slot, position of the room) and publish."""
    builders.publish(conference(slug), {topic_called(slug, title): place for title, place in places.items()})


def set_clock(*, slug: str, minutes: int) -> None:
    """Let the conference's clock show so many minutes after noon."""
    day.set_clock(conference(slug), day.NOON + timedelta(minutes=minutes))


def real_time(*, slug: str) -> None:
    """Let the conference's clock be the world's: a rehearsal tells other servers nothing."""
    Conference.objects.filter(slug=slug).update(clock_started_at=None, clock_shows_at=None, clock_speed=1.0)


def hide(*, slug: str, title: str) -> None:
    hide_topic(topic=topic_called(slug, title))


def reach(*, slug: str, moment: str) -> None:
    """Bring a conference on to a moment of its day: pitching, last call, closed, draft or published."""
    if moment == "collecting":
        return
    builders.open_a_round(conference(slug), pitches=2)
    vote_some(conference(slug))
    if moment == "last call":
        lead(slug=slug, verb="last_call", minutes=5)
    elif moment != "pitching":
        builders.close(round_now(conference(slug)))
        finish(slug, moment)


def vote_some(held: Conference) -> None:
    for place, topic in enumerate(public_topics(held)):
        day.vote(topic, held.seats.all()[: place % 4])


def finish(slug: str, moment: str) -> None:
    """Place what fits, show it to all or publish it twice, and let the first sessions run."""
    held = conference(slug)
    grid = [(slot, room) for slot in (1, 2, 3) for room in (1, 2, 3)]
    topics = list(public_topics(held))
    if moment == "closed":
        return
    if moment == "draft":
        builders.place(held, dict(zip(topics, grid, strict=False)))
        lead(slug=slug, verb="show_draft", is_shown=True)
        return
    builders.publish(held, dict(zip(topics, grid[:7], strict=False)))
    builders.publish(held, dict(zip(topics[7:], grid[7:], strict=False)))
    work(slug=slug)
    day.set_clock(held, day.NOON + timedelta(minutes=75))


def work(*, slug: str) -> int:
    """Do everything that waits for a worker; how much that was."""
    done = 0
    while any(serve_one(kind, worker=f"here:{slug}", now=timezone.now) for kind in KINDS):
        done += 1
    return done


def moderator(*, slug: str) -> str:
    """A moderator's one-time address."""
    now = datetime.now(UTC)
    account = create_account(email=f"mia@{slug}.example", name="Mia", password=None)
    add_member(conference=conference(slug), account=account, role="moderator")
    return f"/konto/einmal/{issue_link(account=account, leads_to=f'/{slug}/regie/', now=now)}"


def organiser(*, slug: str) -> str:
    """The cookie of an organiser's browser, with the second factor shown."""
    account = create_account(email=f"ayse@{slug}.example", name="Ayse", password=None)
    add_member(conference=conference(slug), account=account, role="organiser")
    client = sign_in(account, second_factor=True, client=Client(SERVER_NAME="127.0.0.1"))
    return client.cookies["sitzung"].value


def votes(*, slug: str) -> dict[str, list[list[int]]]:
    """Title to seat number and weight, as the database has it."""
    found: dict[str, list[list[int]]] = {}
    rows = Interest.objects.filter(topic__conference__slug=slug).order_by("seat__number")
    for title, seat, weight in rows.values_list("topic__title", "seat__number", "weight"):
        found.setdefault(title, []).append([seat, weight])
    return found


def hosts(*, slug: str) -> dict[str, list[str]]:
    """Title to the names of its hosts."""
    return {topic.title: [host.name for host in topic.hosts.all()] for topic in public_topics(conference(slug))}


def expect_people(*, slug: str, names: list[str]) -> list[dict[str, Any]]:
    """Seats of people who are registered and not here yet, and two blank badges."""
    held = conference(slug)
    made = create_seats(
        conference=held, people=[Person(name, "Stadt Köln") for name in names], kind="registration", now=day.NOON
    )
    create_seats(conference=held, people=[Person()] * 2, kind="badge", now=day.NOON)
    return [{"number": one.seat.number, "secret": one.badge_secret, "code": one.code} for one in made]


def helper(*, slug: str) -> str:
    """The address of a helper's key of the day."""
    held = conference(slug)
    until = now_of(held) + timedelta(hours=8)
    key = issue_helper_key(conference=held, name="Hedi", expires_at=until, now=now_of(held))
    return f"/{slug}/regie/helfen/{key}"


def present(*, slug: str) -> list[str]:
    """Names of who is checked in, numbers of those without a name."""
    seats = conference(slug).seats.filter(checked_in_at__isnull=False)
    return [seat.name or str(seat.number) for seat in seats]


def arrive(*, slug: str, number: int) -> bool:
    """Somebody is checked in at another desk."""
    held = conference(slug)
    return check_in(seat=held.seats.get(number=number), now=now_of(held))


def fill_website(*, slug: str, frame_hosts: str = "") -> dict[str, int]:
    """A website with one of everything; the ids that stand in its addresses."""
    held = conference(slug)
    news = fill(held)
    held.site.frame_hosts = frame_hosts
    held.site.save()
    talk = held.talks.get(title="Offenheit")
    return {"news": news.pk, "talk": talk.pk, "speaker": talk.speakers.get().pk}


def link_of_letter(*, slug: str, kind: str) -> str:
    """Where the link of the last letter of a kind leads, as a path."""
    letter = Letter.objects.filter(scope=slug, kind=kind).latest("pk")
    return re.findall(rf"/{slug}/\S+", letter.text)[0]


def paint(*, slug: str, colour: str) -> None:
    """Give the conference a corporate colour."""
    Conference.objects.filter(slug=slug).update(colour=colour)
    tell(conference(slug))


def fill_market(*, slug: str) -> dict[str, str]:
    """A market with one of everything; what stands in its addresses."""
    return market.fill(conference(slug))


def exhibitor(*, slug: str, key: str) -> str:
    """The cookie of the browser of somebody with the key to a stand."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.post(f"/{slug}/markt/schluessel/{key}")
    return client.cookies["sitzung"].value


def visitor(*, slug: str, secret: str) -> str:
    """The cookie of the browser of a seat."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.post(f"/{slug}/platz/{secret}")
    return client.cookies["sitzung"].value


DOERS = (
    set_up, new_badge, open_round, lead, pitch, publish, set_clock, hide, reach, work, moderator, votes, hosts,
    open_registration, enter_phase, register_people, organiser, cancel_of, fill_post,
    expect_people, helper, present, arrive, fill_website, paint, link_of_letter, real_time,
    fill_market, exhibitor, visitor,
)
VERBS = {verb.__name__: verb for verb in DOERS}
