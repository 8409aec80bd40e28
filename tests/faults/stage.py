"""Puts a running vote into an installation; `python -m tests.faults.stage SEATS TOPICS` prints what voters need."""

from __future__ import annotations

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "offenraum.project.settings")
django.setup()

from django.contrib.sessions.backends.signed_cookies import SessionStore  # noqa: E402
from django.db import transaction  # noqa: E402
from django.middleware.csrf import CSRF_SESSION_KEY, _get_new_csrf_string  # noqa: E402
from django.test import Client  # noqa: E402

from offenraum.barcamp.models import Topic  # noqa: E402
from offenraum.conference.actions.team import add_member  # noqa: E402
from offenraum.conference.models import Conference, Member  # noqa: E402
from offenraum.people.actions import create_account  # noqa: E402
from offenraum.seats.actions.devices import sign_in  # noqa: E402
from offenraum.seats.actions.keys import NewSeat  # noqa: E402
from offenraum.seats.queries import SESSION_KEY  # noqa: E402
from tests.builders import make_seat, open_a_round  # noqa: E402
from tests.day import NOON, make_conference, make_topics, set_clock  # noqa: E402
from tests.people.sign_in import sign_in as sign_in_account  # noqa: E402


@transaction.atomic
def main(seats: int, topics: int) -> None:
    conference = set_clock(make_conference("kogk18"), NOON)
    made = make_topics(conference, topics)
    Topic.objects.filter(pk__in=[topic.pk for topic in made]).update(state=Topic.State.RELEASED)
    open_a_round(conference, pitches=1)
    voters = [voter(make_seat(conference, f"Mensch {n}")) for n in range(seats)]
    told = {"slug": "kogk18", "voters": voters, "moderator": moderator(conference)}
    json.dump(told | {"topics": {topic.number: topic.pk for topic in made}}, sys.stdout)


def voter(new: NewSeat) -> dict[str, object]:
    """A seat whose phone has signed in: its cookie and the token of its forms."""
    token = _get_new_csrf_string()
    store = SessionStore()
    store[SESSION_KEY] = {new.seat.conference.slug: sign_in(seat=new.seat, now=NOON)}
    store[CSRF_SESSION_KEY] = token
    store.save()
    return {"seat": new.seat.pk, "cookie": store.session_key, "csrf": token}


def moderator(conference: Conference) -> dict[str, object]:
    """A moderator's browser, signed in as people are: by a link."""
    account = create_account(email="mia@example.org", name="Mia", password=None)
    add_member(conference=conference, account=account, role=Member.Role.MODERATOR)
    client = sign_in_account(account, client=Client(SERVER_NAME="127.0.0.1"))
    store = SessionStore(client.cookies["sitzung"].value)
    token = store.setdefault(CSRF_SESSION_KEY, _get_new_csrf_string())
    store.save()
    return {"cookie": store.session_key, "csrf": token}


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
