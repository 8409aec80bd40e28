"""Ending what runs at the same time."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from typing import Any

INSIST_SECONDS = 1.0


async def end_all(tasks: Collection[asyncio.Task[Any]]) -> None:
    """Cancel tasks until all have ended; one that finishes a step in the same moment may overhear the first call."""
    running = {task for task in tasks if not task.done()}
    while running:
        for task in running:
            task.cancel()
        _ended, running = await asyncio.wait(running, timeout=INSIST_SECONDS)
