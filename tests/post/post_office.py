"""A real mail server on a port of this machine, that can be told to be difficult."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as POLICY
from typing import Any

from aiosmtpd.controller import Controller

from tests.postgres import free_port


@dataclass
class Office:
    """What came in, and what the server says to whom."""

    answers: dict[str, str] = field(default_factory=dict)
    data_answer: str = "250 2.0.0 Ok: queued as 8A1B"
    envelopes: list[Any] = field(default_factory=list)
    port: int = 0

    async def handle_RCPT(  # noqa: N802 - aiosmtpd names it
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        answer = self.answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.envelopes.append(envelope)
        return self.data_answer

    @property
    def letters(self) -> list[EmailMessage]:
        return [message_from_bytes(one.content, policy=POLICY) for one in self.envelopes]  # type: ignore[misc]


@contextmanager
def open_office() -> Iterator[Office]:
    office = Office(port=free_port())
    controller = Controller(office, hostname="127.0.0.1", port=office.port)
    controller.start()
    yield office
    controller.stop()


@contextmanager
def tiresome_office(*, drips: bool) -> Iterator[int]:
    """A server that sends its greeting one letter at a time and never ends it, or says nothing; gives its port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        ended = threading.Event()

        def bore() -> None:
            client, _address = listening.accept()
            with client:
                while not ended.wait(0.05):
                    try:
                        client.sendall(b"2" if drips else b"")
                    except OSError:
                        return

        thread = threading.Thread(target=bore, daemon=True)
        thread.start()
        yield int(listening.getsockname()[1])
        ended.set()
        thread.join(5)
