"""Puts a running vote into an installation; `python -m tests.faults.stage SEATS TOPICS` prints what voters need."""

from __future__ import annotations

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "offenraum.project.settings")
django.setup()

from django.contrib.sessions.backends.signed_cookies import SessionStore  # noqa: E402
from django.middleware.csrf import CSRF_SESSION_KEY, _get_new_csrf_string  # noqa: E402

from offenraum.barcamp.models import Topic  # noqa: E402
from offenraum.seats.actions import NewSeat, sign_in  # noqa: E402
from offenraum.seats.queries import SESSION_KEY  # noqa: E402
from tests.builders import make_seat, open_a_round  # noqa: E402
from tests.day import NOON, make_conference, make_topics, set_clock  # noqa: E402


def main(seats: int, topics: int) -> None:
    conference = set_clock(make_conference("kogk18"), NOON)
    made = make_topics(conference, topics)
    Topic.objects.filter(pk__in=[topic.pk for topic in made]).update(state=Topic.State.RELEASED)
    open_a_round(conference, pitches=1)
    voters = [voter(make_seat(conference, f"Mensch {n}")) for n in range(seats)]
    json.dump({"slug": "kogk18", "voters": voters, "topics": {t.number: t.pk for t in made}}, sys.stdout)


def voter(new: NewSeat) -> dict[str, object]:
    """A seat whose phone has signed in: its cookie and the token of its forms."""
    token = _get_new_csrf_string()
    store = SessionStore()
    store[SESSION_KEY] = {new.seat.conference.slug: sign_in(seat=new.seat, now=NOON)}
    store[CSRF_SESSION_KEY] = token
    store.save()
    return {"seat": new.seat.pk, "cookie": store.session_key, "csrf": token}


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
