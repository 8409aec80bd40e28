"""One world for all house tests of a file; nothing of it stays."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from tests.world import World, make_world


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    # The world signs in once; on a slow machine its walks take longer than a sign-in counts as fresh.
    fresh = override_settings(ACCOUNT_REAUTHENTICATION_TIMEOUT=24 * 3600)
    with fresh, django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)
