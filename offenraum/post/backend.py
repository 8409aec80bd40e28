"""The way to the mail server: remembers what it answered, and gives up on one that drips."""

from __future__ import annotations

import smtplib
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, Final

from django.core.mail.backends.smtp import EmailBackend as DjangoBackend

MOST_SECONDS: Final = 60
"""For a whole dialogue; the time limit of Django's backend holds for each answer only."""


class Dialogue(smtplib.SMTP):
    """A dialogue that keeps what the server said to the letter and tells which socket it uses."""

    answer: str = ""

    def __init__(self, *place: Any, watch: list[socket.socket], **more: Any) -> None:
        self.watch = watch
        super().__init__(*place, **more)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        opened: socket.socket = super()._get_socket(host, port, timeout)  # type: ignore[misc]
        self.watch.append(opened)
        return opened

    def data(self, msg: Any) -> tuple[int, bytes]:
        code, said = super().data(msg)
        self.answer = f"{code} {said.decode(errors='replace')}"
        return code, said


class SecureDialogue(Dialogue, smtplib.SMTP_SSL):
    """The same in TLS from the start."""


class EmailBackend(DjangoBackend):
    """Django's backend with a memory and a clock."""

    @property
    def connection_class(self) -> Callable[..., smtplib.SMTP]:  # type: ignore[override]
        self.watch: list[socket.socket] = []
        return partial(SecureDialogue if self.use_ssl else Dialogue, watch=self.watch)

    @property
    def answer(self) -> str:
        """What the server said when it took the last letter."""
        return getattr(self.connection, "answer", "")

    def open(self) -> bool | None:
        with alarm(self.hang_up):
            return super().open()

    def send_messages(self, email_messages: Any) -> int:
        with alarm(self.hang_up):
            return super().send_messages(email_messages)

    def hang_up(self) -> None:
        """End the dialogue from outside; whoever waits in it gets an OSError."""
        after_tls = [self.connection.sock] if self.connection and self.connection.sock else []
        for sock in [*getattr(self, "watch", []), *after_tls]:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)


class alarm(threading.Timer):  # noqa: N801 - used as a context
    """Calls for help when a block takes too long."""

    def __init__(self, rescue: Callable[[], None]) -> None:
        super().__init__(MOST_SECONDS, rescue)
        self.daemon = True

    def __enter__(self) -> None:
        self.start()

    def __exit__(self, *_error: object) -> None:
        self.cancel()
