"""Session pages and results ask the database the same number of questions however much was written in the day."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.test import Client

from offenraum.barcamp.models import Topic
from offenraum.conference.models import Conference, Decision
from offenraum.gathering.models import Contribution, Feedback, HeadCount, Pad
from offenraum.opendata.queries.datasets import DATASETS
from offenraum.people.models import Account
from tests.day import NOON, make_member, set_clock
from tests.pages.test_query_counts import asked, hall
from tests.people.sign_in import sign_in

pytestmark = pytest.mark.django_db
PAGES = ["/session/1", "/session/1/alles.md", "/ergebnisse", "/daten/ergebnisse.json", "/daten/stimmen.csv",
         *(f"/daten/{name}.csv" for name in DATASETS)]
DESK = ["/regie/meldungen", "/regie/heute/protokoll"]
EVENING = NOON + timedelta(days=30)
"""After the last slot of the largest hall."""


def evening(slug: str, rows: int) -> Conference:
    """A day that is over: so many sessions with heads, answers and notes; so much written in the first; decisions."""
    conference, new = hall(slug, rows, rooms=8)
    topics = list(Topic.objects.filter(conference=conference).order_by("number"))
    Contribution.objects.bulk_create(
        Contribution(topic=topics[0], seat=new.seat, kind=kind, text=f"Text {n}", address=address, key=uuid.uuid4(),
                     written_at=NOON)
        for n in range(rows)
        for kind, address in (("question", ""), ("comment", ""), ("link", "https://example.org"))
    )
    Pad.objects.bulk_create(Pad(topic=topic, text=f"Notizen {topic.number}", number=1) for topic in topics)
    HeadCount.objects.bulk_create(HeadCount(topic=t, count=9, counted_by="Jana", counted_at=NOON) for t in topics)
    Feedback.objects.bulk_create(
        Feedback(topic=topic, seat=seat, value=3, given_at=NOON) for topic in topics for seat in conference.seats.all()
    )
    Decision.objects.bulk_create(
        Decision(conference=conference, verb="swap", moves=[], made_by="Jana", role="moderator", made_at=NOON)
        for _ in range(rows)
    )
    return set_clock(conference, EVENING)


def counts(conference: Conference, account: Account) -> dict[str, int]:
    address = f"/{conference.slug}"
    found = {page: len(asked(Client(), f"{address}{page}")) for page in PAGES}
    desk = sign_in(account)
    return found | {page: len(asked(desk, f"{address}{page}")) for page in DESK}


@pytest.mark.parametrize(("few", "many"), [(1, 3), (40, 120), pytest.param(40, 400, marks=pytest.mark.long)])
def test_session_and_results_ask_as_much_for_many_rows_as_for_few(few: int, many: int) -> None:
    halls = [evening(slug, rows) for slug, rows in (("wenig", few), ("viel", many))]
    accounts = [make_member(held, name=held.slug) for held in halls]
    small, large = (counts(held, account) for held, account in zip(halls, accounts, strict=True))
    assert large == small
