"""Decodes what sensors have sent, as soon as it is there; a worker runs one."""

from __future__ import annotations

import logging
import threading
import time
from typing import Final

from django.db import Error, close_old_connections, connection
from django.utils import timezone

from offenraum.sensors.actions.decoding import decode_new
from offenraum.sensors.sandbox import Sandbox
from offenraum.sensors.tasks import ask_stations

LOOK_EVERY_SECONDS: Final = 0.25
BREATH_SECONDS: Final = 0.05
"""Between two batches the database is free for what comes in."""

BROKEN_SECONDS: Final = 2.0
ASK_EVERY_SECONDS: Final = 30.0
log = logging.getLogger(__name__)


class Sensing(threading.Thread):
    """Looks four times a second until it is asked to end."""

    def __init__(self) -> None:
        super().__init__(name="sensing", daemon=True)
        self.ended = threading.Event()
        self.sandbox = Sandbox()
        self.asked_at = 0.0

    def run(self) -> None:
        while not self.ended.is_set():
            try:
                pause = BREATH_SECONDS if decode_new(self.sandbox) else LOOK_EVERY_SECONDS
                self.ask_now_and_then()
            except Error:
                log.exception("messages of sensors cannot be decoded now")
                pause = BROKEN_SECONDS
            close_old_connections()
            self.ended.wait(pause)
        self.sandbox.close()
        connection.close()

    def ask_now_and_then(self) -> None:
        """Public stations have minutes between two answers."""
        if time.monotonic() - self.asked_at > ASK_EVERY_SECONDS:
            self.asked_at = time.monotonic()
            ask_stations(now=timezone.now())

    def end(self) -> None:
        self.ended.set()
