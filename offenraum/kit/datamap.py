"""What each stored field is for: purpose, legal basis, how long it is kept and who sees it.

A slice says so in its `datamap.py`; the record of processing and the privacy notice are made from it.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.apps import AppConfig, apps
from django.conf import settings
from django.db import models
from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext_lazy as _


class Basis(TextChoices):
    """Why the law allows it."""

    NOTHING_PERSONAL = "nothing_personal", _("No personal data")
    EVENT = "event", _("Needed for the event you take part in: Art. 6 (1) (e) GDPR, for private organisers (b)")
    CONSENT = "consent", _("Your consent: Art. 6 (1) (a) GDPR")
    HEALTH = "health", _("Your explicit consent, because it can be about health: Art. 9 (2) (a) GDPR")
    SECURITY = "security", _("Needed to run the service safely: Art. 6 (1) (e) and Art. 32 GDPR, else (f)")


class Who(TextChoices):
    """Who sees it."""

    PUBLIC = "public", _("Everybody")
    TEAM = "team", _("The team of the conference")
    SEAT = "seat", _("You alone")
    NOBODY = "nobody", _("Nobody, only the program")


class Keep(TextChoices):
    """How long it is kept, at most; the deletion clock goes by the same names."""

    VOTES = "votes", _("%(days)s days after the last slot, then only totals")
    SUPPORT = "support", _("%(days)s days after the event")
    LETTERS = "letters", _("%(days)s days after the event")
    CHECK_IN = "check_in", _("%(days)s days after the event")
    REGISTRATION = "registration", _("%(days)s days after the event")
    LOGS = "logs", _("%(days)s days")
    SIGN_INS = "sign_ins", _("%(days)s days after the last use")
    ERASURES = "erasures", _("%(days)s days, so that a restored backup forgets again")
    CONFERENCE = "conference", _("As long as the conference is shown here")
    ACCOUNT = "account", _("As long as the account exists")


    @property
    def what(self) -> str:
        """What the clock deletes of a conference by this name; empty for periods of the installation."""
        return str(WHAT.get(self, ""))


WHAT: Final = {
    Keep.VOTES: _("Votes, ballots, wishes and personal reasons"), Keep.SUPPORT: _("Support needs"),
    Keep.LETTERS: _("Letters"), Keep.CHECK_IN: _("Who was there"),
    Keep.REGISTRATION: _("Names, addresses and keys of all seats, hosts and helpers"),
}
LONGEST_DAYS: Final = {
    Keep.VOTES: 7, Keep.SUPPORT: 14, Keep.LETTERS: 14, Keep.CHECK_IN: 30, Keep.REGISTRATION: 90, Keep.LOGS: 7,
    Keep.SIGN_INS: 14, Keep.ERASURES: 400,
}
"""The most there may be; an operator may only shorten it. What is not here has no end by itself."""


@dataclass(frozen=True, slots=True)
class Data:
    """What some fields are for."""

    purpose: str | Promise
    basis: Basis
    keep: Keep
    who: Who


Fields = dict[str, Data]
"""Names of fields of one model, with spaces between them: what they are for. Each field stands exactly once."""

DataMap = dict[str, Fields]
"""For each model of a slice (or `label.Model` of a package that it brings in) its fields."""

WORK = "state error due_at claimed_at claimed_by tries finished_at"
"""The columns that `kit.outbox.Work` gives to each kind of work."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One declared field."""

    model: str
    field: str
    data: Data


def declared() -> Iterator[Entry]:
    """Every declared field, from the `datamap` of each slice that has tables."""
    for app in apps.get_app_configs():
        for model, fields in datamap_of(app).items():
            label = model if "." in model else f"{app.label}.{model}"
            yield from (Entry(label, name, data) for names, data in fields.items() for name in names.split())


def datamap_of(app: AppConfig) -> DataMap:
    """The declaration of one slice; a package of others has none."""
    if not app.name.startswith("offenraum.") or not module_has_submodule(app.module, "datamap"):
        return {}
    datamap: DataMap = getattr(importlib.import_module(f"{app.name}.datamap"), "DATAMAP", {})
    return datamap


def stored() -> Iterator[tuple[str, str]]:
    """Model and name of every field that any table has; a number that only counts rows needs no words."""
    for model in apps.get_models():
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
            if not isinstance(field, models.AutoField):
                yield model._meta.label, field.name


def days_of(keep: Keep) -> int:
    """The days that hold here: what the operator has set, never more than the most there may be."""
    return min(settings.KEEP_DAYS.get(keep.value, LONGEST_DAYS[keep]), LONGEST_DAYS[keep])


def said_of(keep: Keep) -> str:
    """How long, in words."""
    return str(keep.label) % {"days": days_of(keep)} if keep in LONGEST_DAYS else str(keep.label)
