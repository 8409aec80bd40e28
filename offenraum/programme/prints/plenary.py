"""Paper for the plenary: topic cards with their codes, ballots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from offenraum.barcamp.models import Topic
from offenraum.barcamp.queries import public_topics
from offenraum.conference.models import Conference
from offenraum.kit.qr import qr_svg
from offenraum.programme.prints.plan import stamp_of
from offenraum.programme.prints.typesetting import typeset
from offenraum.programme.queries.published import latest_edition

MOST_BALLOTS: Final = 500
LARGE: Final = 2.0


@dataclass(frozen=True, slots=True)
class Card:
    """A topic as it hangs on the pin board."""

    code: str
    title: str
    hosts: str
    qr: str = ""
    alt: str = ""


def cards_pdf(conference: Conference) -> bytes:
    """An A5 card for each topic: its number, which is its code on ballots, and the QR of its page."""
    cards = [asdict(card_of(topic, with_qr=True)) for topic in public_topics(conference)]
    return typeset("cards", stamped(conference, title=_("Topic cards")) | {"cards": cards, "none": _("No topics yet.")})


def card_of(topic: Topic, *, with_qr: bool = False) -> Card:
    code, hosts = str(topic.number), ", ".join(host.name for host in topic.hosts.all())
    if not with_qr:
        return Card(code=code, title=topic.title, hosts=hosts)
    address = f"{settings.ADDRESS}/{topic.conference.slug}/themen/{topic.number}"
    alt = _("QR code of %(address)s") % {"address": address}
    return Card(code=code, title=topic.title, hosts=hosts, qr=qr_svg(address), alt=alt)


def ballots_pdf(conference: Conference, *, seats: Sequence[int], is_large: bool = False) -> bytes:
    """A ballot for each seat number, or one to be copied with a line for the number; large print on A4."""
    ballots = [str(number) for number in seats[:MOST_BALLOTS]] or [""]
    sheet = {
        "paper": "a4" if is_large else "a5", "scale": LARGE if is_large else 1.0, "ballots": ballots,
        "topics": [asdict(card_of(topic)) for topic in public_topics(conference)],
        "columns": 1 if is_large else 2, "seat": _("Seat number"),
        "rule": _("Mark every topic that you want to go to, as many as you like. Hand the paper to a helper."),
    }
    return typeset("ballots", stamped(conference, title=_("Ballot")) | sheet)


def stamped(conference: Conference, *, title: str) -> dict[str, object]:
    return asdict(stamp_of(conference, latest_edition(conference))) | {"title": title}
