"""Makes the indexes of the question desk ahead of the questions, in each server."""

from __future__ import annotations

import logging
import threading
from typing import Final

from django.db import Error, close_old_connections, connection

from offenraum.answers.queries.library import SHELF, renew_all
from offenraum.kit.lull import Lull

LOOK_EVERY_SECONDS: Final = 0.5
BROKEN_SECONDS: Final = 2.0
log = logging.getLogger(__name__)


class Librarian(threading.Thread):
    """Looks twice a second, and at once when a question finds something missing, until it is asked to end.

    If it ends otherwise, questions make their indexes themselves, as where there is none.
    """

    def __init__(self) -> None:
        super().__init__(name="librarian", daemon=True)
        self.ended = threading.Event()

    def run(self) -> None:
        lull = Lull()
        SHELF.is_kept = True
        try:
            while not self.ended.is_set():
                self.look(lull)
        finally:
            SHELF.is_kept = False
            connection.close()

    def look(self, lull: Lull) -> None:
        pause = LOOK_EVERY_SECONDS
        try:
            is_asked = SHELF.asked.is_set()
            SHELF.asked.clear()
            if is_asked or lull.is_over():
                renew_all(is_asked=is_asked)
        except Error:
            log.exception("the indexes of the question desk cannot be made now")
            pause = BROKEN_SECONDS
        close_old_connections()
        SHELF.asked.wait(pause)

    def end(self) -> None:
        self.ended.set()
        SHELF.asked.set()
        self.join()
