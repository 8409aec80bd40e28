"""Waiting for what comes to hold beside a page: on its server, or in a store of the browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page


def eventually(page: Page, holds: Callable[[], object]) -> None:
    """Let the page go on until something holds, for at most 60 seconds.

    Playwright's `wait_for_function` takes a promise for an answer and so does not wait for one: an `async` script is
    asked here, by `page.evaluate`.
    """
    for _turn in range(1200):
        if holds():
            return
        page.wait_for_timeout(50)
    pytest.fail("it never came to hold")
