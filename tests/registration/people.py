"""What the tests of registration stand on: a conference that takes registrations, people who come one by one."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from typing import Any

from offenraum.conference.models import Conference
from offenraum.post.models import Letter
from offenraum.registration.actions.entering import Applicant, Result
from offenraum.registration.actions.registering import Sent, register
from offenraum.registration.models import Registration, RegistrationSettings
from offenraum.registration.rules import email_key
from tests.day import NOON, make_conference, set_clock

EARLY = NOON - timedelta(days=20)
"""When the registrations of the tests arrive: twenty days before the conference."""


def open_registration(slug: str = "kogk18", *, places: int = 2, **more: Any) -> Conference:
    conference = set_clock(make_conference(slug), EARLY)
    RegistrationSettings.objects.create(conference=conference, places=places, **more)
    return conference


def applicant(name: str, **more: Any) -> Applicant:
    email = more.pop("email", f"{name.split()[0].lower()}@example.org")
    return Applicant(name=name, email=email, email_key=email_key(email) if email else "", **more)


def sent(**more: Any) -> Sent:
    return Sent(**({"key": uuid.uuid4(), "device_hash": uuid.uuid4().hex, "language": "de"} | more))


def come(conference: Conference, *names: str, **more: Any) -> list[Result]:
    """Each registers with a form of their own."""
    return [
        result for name in names
        for result in register(conference=conference, people=[applicant(name)], sent=sent(**more), now=EARLY)
    ]


def of(name: str) -> Registration:
    """The latest registration of a name."""
    return Registration.objects.select_related("conference").filter(name=name).latest("pk")


def states(conference: Conference) -> dict[str, str]:
    return dict(Registration.objects.filter(conference=conference).order_by("number").values_list("name", "state"))


def letters(name: str) -> list[str]:
    """The kinds of letters that went to somebody, in order."""
    return [one.kind for one in Letter.objects.order_by("pk") if json.loads(one.given)["name"] == name]
