"""Plays the demonstration: robots arrive, vote and bring topics while the director leads."""

from __future__ import annotations

import asyncio

from django.utils.translation import gettext as _

from offenraum.project.demo.cast import Cast
from offenraum.project.demo.director import direct
from offenraum.project.demo.setup import Demo
from offenraum.project.robots.ending import end_all
from offenraum.project.robots.server import ServerProcess
from offenraum.project.robots.terminal import say

ARRIVAL_SECONDS = 18.0
PROGRESS_SECONDS = 20.0
LOOK_SECONDS = 1.0


async def wait_for_the_end(server: ServerProcess) -> None:
    """Until Ctrl-C, or until the server ends by itself."""
    say(_("Ctrl-C ends the demonstration."))
    while True:
        server.check()
        await asyncio.sleep(LOOK_SECONDS)


async def play(demo: Demo, server: ServerProcess) -> None:
    """Until Ctrl-C: first all arrive, then the director begins."""
    cast = Cast(demo, server.url)
    say(_("{count} robots arrive; the director opens the round in {seconds} seconds.").format(
        count=len(cast.robots), seconds=int(ARRIVAL_SECONDS)
    ))
    tasks = [
        asyncio.create_task(work) for work in (cast.everybody(ARRIVAL_SECONDS), lead(demo), report(cast))
    ]
    try:
        while True:
            server.check()
            for task in tasks:
                if task.done():
                    task.result()
            await asyncio.sleep(LOOK_SECONDS)
    finally:
        await end_all(tasks)


async def lead(demo: Demo) -> None:
    await asyncio.sleep(ARRIVAL_SECONDS)
    await direct(demo.conference)


async def report(cast: Cast) -> None:
    """Say now and then how it goes, as long as something changes."""
    before = ""
    while True:
        await asyncio.sleep(PROGRESS_SECONDS)
        line = cast.progress()
        if line != before:
            say(line)
        before = line
