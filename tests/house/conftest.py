"""One world for all house tests of a file; nothing of it stays."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import override_settings

from tests.world import World, make_world


@pytest.fixture(scope="module")
def world(kept: None) -> Iterator[World]:
    # The world signs in once; on a slow machine its walks take longer than a sign-in counts as fresh.
    with override_settings(ACCOUNT_REAUTHENTICATION_TIMEOUT=24 * 3600):
        yield make_world()
