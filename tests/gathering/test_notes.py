"""The notes of a session: steps of a script, whole texts of a form, what is refused, what is shown."""

from __future__ import annotations

import base64

import pytest
from django.test import Client

from offenraum.barcamp.models import Topic
from offenraum.conference.models import Conference, Member
from offenraum.gathering.actions import pads
from offenraum.gathering.actions.pads import hide_pad
from offenraum.gathering.models import Pad, PadStep
from offenraum.gathering.rules import MOST_LETTERS, readable
from offenraum.gathering.shared_text import change_to, text_of
from offenraum.kit.markup import html_of
from tests.builders import make_seat, sign_in
from tests.builders import text_of as words_of
from tests.day import make_member
from tests.gathering.conftest import BEGUN
from tests.hostile import ASKED
from tests.people.sign_in import sign_in as sign_in_account

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
PAGE = "/kogk18/session/1"


def step(browser: Client, change: bytes, after: int = 0) -> dict[str, object]:
    answer = browser.post(f"{PAGE}/notizen/schritt", {"change": base64.b64encode(change).decode(), "after": after})
    return {"status": answer.status_code, **answer.json()}


def stored() -> list[bytes]:
    return [bytes(one.change) for one in PadStep.objects.order_by("number")]


def save(browser: Client, text: str, seen: int) -> object:
    return browser.post(f"{PAGE}/notizen", {"text": text, "seen": seen})


def test_step_is_kept_and_the_answer_brings_what_came_since(bernd: Client, host: Client) -> None:
    first = change_to([], "Hallo")
    assert step(bernd, first)["number"] == 1
    second = change_to([first], "Hallo Welt")
    answer = step(host, second)
    assert [base64.b64decode(one) for one in answer["changes"]] == [first, second]
    assert answer["number"] == 2
    since = bernd.get(f"{PAGE}/notizen/stand?nach=1").json()
    assert [base64.b64decode(one) for one in since["changes"]] == [second]
    assert Pad.objects.get().text == "Hallo Welt"
    assert "Hallo Welt" in bernd.get(PAGE).content.decode()


def test_step_sent_again_changes_nothing(bernd: Client) -> None:
    change = change_to([], "Hallo")
    assert [step(bernd, change)["status"] for _ in range(2)] == [200, 200]
    assert Pad.objects.get().text == "Hallo"


@pytest.mark.parametrize("broken", [b"x", b"\xff" * 20])
def test_step_that_cannot_be_read_is_refused(bernd: Client, broken: bytes) -> None:
    assert step(bernd, broken)["status"] == 422
    assert bernd.post(f"{PAGE}/notizen/schritt", {"change": "kein base64!"}).status_code == 422
    assert not PadStep.objects.exists()


def test_steps_are_merged_and_who_was_away_gets_the_whole(bernd: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pads, "STEPS_KEPT", 3)
    known: list[bytes] = []
    for number in range(1, 6):
        known.append(change_to(known, "x" * number))
        step(bernd, known[-1])
    pad = Pad.objects.get()
    assert (pad.state_number, pad.number, len(stored())) == (4, 5, 1)
    answer = bernd.get(f"{PAGE}/notizen/stand?nach=2").json()
    assert text_of(base64.b64decode(one) for one in answer["changes"]) == "xxxxx"
    assert save(bernd, "zu alt", 2).status_code == 409


def test_form_merges_what_two_wrote_at_once(bernd: Client, host: Client) -> None:
    save(bernd, "Erste Zeile\r\nZweite Zeile", 0)
    save(bernd, "Erste Zeile von Bernd\r\nZweite Zeile", 1)
    assert save(host, "Erste Zeile\r\nZweite Zeile von Ayşe", 1).status_code == 302
    assert Pad.objects.get().text == "Erste Zeile von Bernd\nZweite Zeile von Ayşe"


def test_form_that_cannot_be_merged_keeps_the_text_beside_the_notes(bernd: Client) -> None:
    save(bernd, "Was gilt", 0)
    answer = save(bernd, "Was ich schrieb", 99)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Was ich schrieb</textarea>" in page
    assert "<pre>Was gilt</pre>" in page
    assert 'name="seen" value="1"' in page
    assert save(bernd, "Was ich schrieb", 1).status_code == 302


def test_hidden_notes_are_read_and_written_by_nobody(conference: Conference, topic: Topic, bernd: Client) -> None:
    step(bernd, change_to([], "Kaufen Sie"))
    bernd.post(f"{PAGE}/notizen/melden", {"reason": "Werbung"})
    desk = sign_in_account(make_member(conference, Member.Role.MODERATOR))
    assert "Werbung" in words_of(desk.get("/kogk18/regie/meldungen"))
    desk.post("/kogk18/regie/meldungen/notizen/1/verbergen")
    for path in ("", "/notizen", "/alles.md"):
        assert "Kaufen Sie" not in bernd.get(f"{PAGE}{path}").content.decode()
    assert bernd.get(f"{PAGE}/notizen/stand").json()["changes"] == []
    refused = step(bernd, change_to([], "Noch mehr"))
    assert (refused["status"], "verborgen" in str(refused["error"])) == (409, True)
    desk.post("/kogk18/regie/meldungen/notizen/1/zeigen")
    assert "Kaufen Sie" in bernd.get(PAGE).content.decode()


def test_absent_seat_writes_nothing_and_keeps_its_text(conference: Conference, topic: Topic) -> None:
    kim = sign_in(make_seat(conference, "Kim", checked_in=False))
    assert step(kim, change_to([], "Hallo"))["status"] == 403
    answer = save(kim, "Mein Text", 0)
    assert (answer.status_code, "Mein Text</textarea>" in answer.content.decode()) == (403, True)
    assert not PadStep.objects.exists()


def test_notes_have_an_end_and_can_be_shortened(bernd: Client, topic: Topic) -> None:
    long = change_to([], "x" * MOST_LETTERS)
    assert step(bernd, long)["status"] == 200
    assert step(bernd, change_to([long], "x" * MOST_LETTERS + "y"))["status"] == 409
    assert step(bernd, change_to([long], "x"))["status"] == 200


@pytest.mark.parametrize("kind", [kind for kind, text in ASKED.items() if len(text) < 20_000])
def test_no_text_in_a_step_breaks_a_page(bernd: Client, kind: str) -> None:
    typed = ASKED[kind].encode("utf-8", "replace").decode()
    assert step(bernd, change_to([], f"vorher {typed} nachher"))["status"] == 200
    for path in ("", "/notizen", "/alles.md"):
        assert "vorher" in bernd.get(f"{PAGE}{path}").content.decode()


def test_markdown_becomes_clean_html() -> None:
    assert html_of("## Eins\n\n#### Zwei", top=2) == "<h2>Eins</h2>\n<h3>Zwei</h3>\n"
    assert html_of("# Titel\n\n- **eins**\n- [da](https://example.org)") == (
        '<h3>Titel</h3>\n<ul>\n<li><strong>eins</strong></li>\n<li><a href="https://example.org" '
        'rel="nofollow noopener external">da</a></li>\n</ul>\n'
    )
    harmful = "<script>alert(1)</script>[x](javascript:alert(1))![b](https://example.org/b.png)<img src=x onerror=y>"
    html = html_of(harmful)
    assert "<script" not in html
    assert "<img" not in html
    assert "href" not in html.replace('href="https://example.org/b.png"', "")


def test_readable_text_drops_only_what_harms() -> None:
    assert readable("a\x00b\u202ec\r\nd 😀 ß") == "abc\nd 😀 ß"
    assert readable("e" + "\u0301" * 50).count("\u0301") <= 6
    assert readable("\u200b \n") == ""


def test_hiding_notes_nobody_wrote_is_harmless(topic: Topic) -> None:
    hide_pad(topic=topic, now=BEGUN)
    assert not Pad.objects.exists()


def test_export_holds_everything_that_is_shown(bernd: Client) -> None:
    step(bernd, change_to([], "Unsere **Notizen**"))
    bernd.post(f"{PAGE}/neu/frage", {"text": "Was kostet das?"})
    bernd.post(f"{PAGE}/neu/link", {"address": "example.org", "text": "Haushalt"})
    answer = bernd.get(f"{PAGE}/alles.md")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer.content.decode().split("\n\n")[0] == "# Offene Haushalte"
    for line in ("Unsere **Notizen**", "- Was kostet das?", "- Haushalt: <https://example.org>"):
        assert line in answer.content.decode()
