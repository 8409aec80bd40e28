"""The way to the mail server: remembers what it answered, and gives up on one that drips."""

from __future__ import annotations

import smtplib
import socket
import threading
from contextlib import suppress
from typing import Any, Final

from django.core.mail.backends.smtp import EmailBackend as DjangoBackend

MOST_SECONDS: Final = 60
"""For a whole dialogue; the time limit of Django's backend holds for each answer only."""


class Dialogue:
    """What both ways of connecting have in common."""

    answer: str = ""
    sock: socket.socket | None

    def data(self, msg: Any) -> tuple[int, bytes]:
        code, said = super().data(msg)  # type: ignore[misc]
        self.answer = f"{code} {said.decode(errors='replace')}"
        return code, said


class PlainDialogue(Dialogue, smtplib.SMTP):
    """SMTP, with or without STARTTLS."""


class SecureDialogue(Dialogue, smtplib.SMTP_SSL):
    """SMTP in TLS from the start."""


class EmailBackend(DjangoBackend):
    """Django's backend with a memory and a clock."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return SecureDialogue if self.use_ssl else PlainDialogue

    @property
    def answer(self) -> str:
        """What the server said when it took the last letter."""
        return getattr(self.connection, "answer", "")

    def send_messages(self, email_messages: Any) -> int:
        alarm = threading.Timer(MOST_SECONDS, self.hang_up)
        alarm.daemon = True
        alarm.start()
        try:
            return super().send_messages(email_messages)
        finally:
            alarm.cancel()

    def hang_up(self) -> None:
        """End the dialogue from outside; whoever waits in it gets an OSError."""
        dialogue = self.connection or getattr(self, "_partial_connection", None)
        if dialogue is not None and dialogue.sock is not None:
            with suppress(OSError):
                dialogue.sock.shutdown(socket.SHUT_RDWR)
