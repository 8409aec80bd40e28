"""Every stored field says what it is for; what is declared is stored."""

from __future__ import annotations

from collections import Counter

import pytest
from django.apps import apps
from django.db import connection

from offenraum.kit.datamap import LONGEST_DAYS, Basis, Keep, Who, declared, stored

WITHOUT_MODEL = {"django_migrations"}
"""Tables that the framework keeps for itself: which migrations have run."""


def test_every_field_is_declared_once() -> None:
    """A new field belongs into the `datamap.py` of its slice, with purpose, legal basis, period and who sees it."""
    counted = Counter((entry.model, entry.field) for entry in declared())
    kept = {(model, field) for model, field in stored() if is_product(model)}
    assert sorted(kept - set(counted)) == [], "without a declaration"
    assert sorted(set(counted) - kept) == [], "declared, but gone"
    assert sorted(name for name, times in counted.items() if times > 1) == [], "declared twice"


def is_product(label: str) -> bool:
    """Whether a model is ours; which tables of tests are loaded depends on which tests run."""
    return not apps.get_model(label).__module__.startswith("tests.")


def test_what_is_personal_is_kept_for_a_time() -> None:
    """Consent and health data never stay as long as the conference; keys are seen by nobody."""
    consents = [entry for entry in declared() if entry.data.basis in {Basis.CONSENT, Basis.HEALTH}]
    assert [entry for entry in consents if entry.data.keep not in LONGEST_DAYS] == []
    assert [e for e in declared() if e.field.endswith("_hash") and e.data.who is not Who.NOBODY] == []
    assert [e for e in declared() if "email" in e.field and e.data.who is Who.PUBLIC] == []


def test_periods_are_those_that_were_promised() -> None:
    promised = {"VOTES": 7, "SUPPORT": 14, "LETTERS": 14, "CHECK_IN": 30, "REGISTRATION": 90, "LOGS": 7}
    assert {name: LONGEST_DAYS[Keep[name]] for name in promised} == promised


@pytest.mark.django_db
def test_no_table_is_without_a_model() -> None:
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
    assert tables - set(connection.introspection.django_table_names()) == WITHOUT_MODEL
