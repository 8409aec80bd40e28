"""What is a draft or internal reaches nobody it is not meant for: every answer is searched for tokens.

Each field says who sees it (`datamap.py`); the tokens stand in all of them, so a new field is in this test by itself.
"""

from __future__ import annotations

import io
import os
import re
import uuid
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from django.db import models, transaction
from django.http import HttpResponse
from django.test import Client
from pypdf import PdfReader

from offenraum.barcamp.actions.topics import hide_topic, withdraw_topic
from offenraum.barcamp.models import Topic
from offenraum.conference.models import Notice
from offenraum.gathering.models import Contribution
from offenraum.kit.datamap import Who
from offenraum.kit.fields import Line, Prose
from offenraum.live.regions import region_html
from offenraum.market.actions.stands import hide_stand, make_stand
from offenraum.market.models import StandQuestion
from offenraum.opendata.queries.datasets import DATASETS
from offenraum.opendata.views.exports import FORMATS
from offenraum.seats.models import Seat
from offenraum.website.models import Comment, News, Page
from tests.builders import public_keys
from tests.day import NOON, make_topic
from tests.project.canary import fill_models, text_fields
from tests.routes import ROUTES
from tests.world import Half, World

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(300)]
TOKEN = re.compile(r"zq[0-9]{3}x")
STRANGERS = {"public": {Who.PUBLIC}, "other": {Who.PUBLIC}}
OPENED_BY_A_KEY = {
    "conference_invitation", "people_confirm_email", "registration_key", "registration_own", "registration_cancel",
    "registration_forget",
    "letter_key", "seat_key", "people_one_time_link", "conference_help", "registration_invited", "stand_key",
}
"""Whoever has the link in a letter or on a badge may see what is behind it; the rights table says who else may not."""

SEARCHES = ["/suche?q=zq", "/fragen?frage=zq", "/themen/aehnlich?q=zq", "/themen?q=zq", "/markt?q=zq",
            "/personen?q=zq", "/programm?q=zq"]
UNFIT = re.compile(
    r"_hash$|^(key|token|digest|time_zone|colour|second_colour|slug|cache_key|leads_to|password|type|address"
    r"|frame_hosts|present)$"
)
MANY = 25
ASKING = list(STRANGERS) if os.environ.get("TESTS_LONG") else ["public"]
"""Who asks for drafts: in the short run one of them, and the other for internal fields."""


def put_tokens(*, spare: Seat) -> dict[str, str]:
    """A token in every text column, in all rows but those of one seat; returns label by token, with who may see it."""
    labels = {}
    for number, (field, data) in enumerate(text_fields()):
        if UNFIT.search(field.name) or (data.who is Who.PUBLIC and not isinstance(field, Line | Prose)):
            continue
        token = f"zq{number:03d}x"
        for row in rows_of_others(field.model, spare):
            field.model._default_manager.filter(pk=row.pk).update(**{field.name: shaped(field, row, token)})
            labels[token] = f"{data.who.value} {field.model._meta.label}.{field.name}"
    return labels


def rows_of_others(model: type[models.Model], spare: Seat) -> Iterable[models.Model]:
    if model is Seat:
        return Seat.objects.exclude(pk=spare.pk)
    names = [field.name for field in model._meta.local_fields if field.related_model is Seat]
    rows = model._default_manager.all()
    return [row for row in rows if all(getattr(row, f"{name}_id") != spare.pk for name in names)]


def shaped(field: models.Field[Any, Any], row: models.Model, token: str) -> Any:
    """A token in the shape that the column has, different in each row."""
    held, text = getattr(row, field.name), f"{token}{row.pk}"[: getattr(field, "max_length", None)]
    if isinstance(held, dict):
        return {**held, "token": text}
    return [text] if isinstance(held, list) else text


def hide_some(half: Half) -> dict[str, str]:
    """Something of each kind that is not shown yet or not any more; returns what it is by its token."""
    conference, seat = half.conference, Seat.objects.get(conference=half.conference, name="Ida")
    told = {
        f"zq9{number:02d}x": what for number, what in enumerate(
            ("hidden topic", "submitted topic", "withdrawn topic", "coming news", "page that is not public",
             "comment that waits", "hidden contribution", "hidden stand", "hidden question", "ended notice")
        )
    }
    hidden, submitted, withdrawn, news, page, comment, contribution, stand, question, notice = told
    hide_topic(topic=make_topic(conference, hidden, seat=seat, host=hidden))
    withdraw_topic(topic=make_topic(conference, withdrawn, seat=seat))
    Topic.objects.filter(pk=make_topic(conference, submitted, seat=seat).pk).update(state=Topic.State.SUBMITTED)
    shown, later = Topic.objects.get(pk=half.ids["topic"]), NOON + timedelta(days=900)
    News.objects.create(conference=conference, title=news, text=news, published_at=later)
    Page.objects.create(conference=conference, slug="nicht", title=page, text=page, is_public=False)
    for state in ("held", "hidden"):
        Comment.objects.create(
            news_id=half.ids["news"], key=uuid.uuid4(), name=comment, text=comment, state=state, written_at=NOON
        )
    Contribution.objects.create(
        topic=shown, kind="question", text=contribution, key=uuid.uuid4(), written_at=NOON, hidden_at=NOON
    )
    made = make_stand(conference=conference, title=stand, email="", now=NOON)
    hide_stand(stand=made, is_hidden=True, now=NOON)
    StandQuestion.objects.create(
        stand=conference.stands.exclude(pk=made.pk)[0], key=uuid.uuid4(), text=question, asked_at=NOON, hidden_at=NOON
    )
    Notice.objects.create(
        conference=conference, text=notice, kind="news", key=uuid.uuid4(), sent_at=NOON, ends_at=later, ended_at=NOON
    )
    return told


def answers(browser: Client, half: Half) -> Iterator[tuple[str, str]]:
    """Address and text of everything that this browser can get of a conference."""
    for address in sorted(addresses(half)):
        answer = browser.get(address)
        assert answer.status_code < 500, address
        yield address, said_by(answer)
    for key in public_keys(half.conference):
        yield f"region {key.name} {key.argument}", region_html(key).html.decode()


def addresses(half: Half) -> set[str]:
    slug = half.conference.slug
    known = {route.address(half) for name, route in ROUTES.items() if name not in OPENED_BY_A_KEY}
    files = {f"/{slug}/export/{name}" for name in FORMATS}
    tables = {f"/{slug}/daten/{name}.{ending}" for name in DATASETS for ending in ("csv", "json")}
    return known | files | tables | {f"/{slug}{search}" for search in SEARCHES}


def said_by(answer: HttpResponse) -> str:
    """What an answer says, whatever kind of file it is."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body.startswith(b"%PDF-"):
        return text_of_pdf(body)
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            return "\n".join(packed.read(name).decode(errors="replace") for name in packed.namelist())
    return body.decode(errors="replace") + str(answer.headers)


@cache
def text_of_pdf(body: bytes) -> str:
    """Reading takes longer than making it, and whoever may have a sheet gets the same one."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)


def found_in(pages: Iterable[tuple[str, str]], labels: dict[str, str]) -> dict[str, set[str]]:
    """Where each field was seen."""
    seen: dict[str, set[str]] = defaultdict(set)
    for address, text in pages:
        for token in set(TOKEN.findall(text)) & set(labels):
            seen[labels[token]].add(address)
    return seen


@pytest.mark.sample(2)
@pytest.mark.parametrize("role", STRANGERS)
def test_internal_fields_are_shown_to_nobody_outside(world: World, role: str) -> None:
    with transaction.atomic():
        fill_models()
        labels = put_tokens(spare=Seat.objects.get(conference=world.here.conference, name="Emil"))
        seen = found_in(answers(world.here.browsers[role], world.here), labels)
        transaction.set_rollback(True)
    assert {label: where for label, where in seen.items() if Who(label.split()[0]) not in STRANGERS[role]} == {}
    assert len(seen) > MANY, "what is public is found, or this test looks at nothing"


def test_drafts_are_shown_to_nobody_outside(world: World) -> None:
    with transaction.atomic():
        labels = hide_some(world.here)
        seen = {role: found_in(answers(world.here.browsers[role], world.here), labels) for role in ASKING}
        known = found_in(answers(world.here.browsers["organiser"], world.here), labels)
        transaction.set_rollback(True)
    assert seen == {role: {} for role in ASKING}
    assert len(known) > len(labels) / 2, "the team sees them, or they were never there"
