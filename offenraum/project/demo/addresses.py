"""The addresses that a visitor of the demonstration needs."""

from __future__ import annotations

from django.utils.translation import gettext as _

from offenraum.conference.models import Room
from offenraum.project.demo.setup import Demo
from offenraum.project.robots.terminal import say
from offenraum.seats.rules import printed_code


def say_addresses(demo: Demo, *, url: str, login: str) -> None:
    """Start page, phone, desk, wall and a door, and badges for people without a device of their own."""
    place = f"{url}/{demo.conference.slug}"
    door = Room.objects.filter(conference=demo.conference)[0]
    visitor = demo.crowd.visitors[0]
    lines = {
        _("Start page"): f"{place}/",
        _("Phone"): f"{place}/jetzt",
        _("Desk"): f"{url}{login}",
        _("Check-in"): f"{place}/checkin",
        _("Wall"): f"{place}/leinwand/1",
        _("Door sign"): f"{place}/tuer/{door.pk}",
        _("Badge"): f"{place}/platz/{visitor.badge_secret}  ({printed_code(visitor.code)})",
    }
    width = max(map(len, lines))
    say()
    for name, address in lines.items():
        say(f"  {name:<{width}}  {address}")
    say()
    say(_("The desk's address works once; opening it shows a button that signs in."))
