"""Mail that comes back, as mail servers write it."""

from __future__ import annotations

import io
from types import SimpleNamespace

import pytest

from offenraum.conference.actions.letters import write_letter
from offenraum.post.bounces import Bounce, read_bounce
from offenraum.post.models import Letter
from offenraum.project.commands import bounce
from tests.day import NOON, make_conference

TOKEN = "0123456789abcdef0123456789abcdef"
REPORT = """From: MAILER-DAEMON@mail.example
To: noreply@barcamp.example
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I could not deliver your message to <x@example.org>.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; x@example.org
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1
    no such user

--b
Content-Type: {kind}

Subject: Ihr Platz
Message-ID: <{token}@barcamp.example>

Guten Tag
--b--
"""


def report(action: str = "failed", kind: str = "message/rfc822", token: str = TOKEN) -> bytes:
    return REPORT.format(action=action, kind=kind, token=token).encode()


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_report_of_a_failure_names_letter_and_reason(kind: str) -> None:
    assert read_bounce(report(kind=kind)) == Bounce(TOKEN, "smtp; 550 5.1.1 no such user")


@pytest.mark.parametrize("raw", [
    report("delayed"), report("delivered"), report(token="x"), b"", b"\x00\xff" * 100, b"Subject: Abwesend\n\nBin weg.",
    b"Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n--b--",
])
def test_any_other_mail_is_none(raw: bytes) -> None:
    assert read_bounce(raw) is None


@pytest.mark.django_db
def test_command_notes_a_bounce_once_the_letter_has_gone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    letter = write_letter(
        conference=make_conference(), kind="cancelled", key="x", to="x@example.org", values={}, language="de", now=NOON
    )
    said = []
    for raw in (b"Hallo", report(token="f" * 32), report(token=letter.token), report(token=letter.token)):
        if len(said) == 3:
            Letter.objects.update(state="done")
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(raw)))
        assert bounce.main([]) == 0
        said.append(capsys.readouterr().out.strip())
    assert said == [
        "no report about a letter that did not arrive", "no letter of ours", "no letter of ours", "noted",
    ]
    noted = Letter.objects.get()
    assert (noted.state, noted.error) == ("failed", "smtp; 550 5.1.1 no such user")
    assert noted.bounced_at is not None
