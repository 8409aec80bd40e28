"""What a letter may say, on plain values."""

from __future__ import annotations

import re

import pytest

from offenraum.post.rules import (
    COMMON,
    JOINER,
    MOST_OF_SUBJECT,
    NEEDED,
    PLACEHOLDERS,
    LetterKind,
    filled,
    fit_values,
    html_of,
    inert,
    is_deliverable,
    is_permanent,
    masked,
    missing_placeholders,
    one_line,
    subject_of,
    unknown_placeholders,
)

ADDRESS = "https://barcamp.example.org"
INJECTIONS = [
    "Ayse\r\nBcc: alle@example.org", "Ayse\nSubject: neu", "Ayse\x00\x0bDirk", "Ayse\u2028\u2029\x85Dirk", "\u202eesyA",
    "\ud800Ayse", "A" * 10_000,
]


def test_every_kind_has_placeholders_and_may_mention_the_conference() -> None:
    assert set(PLACEHOLDERS) == set(LetterKind)
    assert all(set(COMMON) <= set(names) for names in PLACEHOLDERS.values())
    assert all(set(names) <= set(PLACEHOLDERS[kind]) for kind, names in NEEDED.items())


def test_placeholders_that_a_kind_does_not_know_are_named() -> None:
    text = "{name} {link} {position} {position} {__class__} {0} {name.__init__} {} { name } {{name}}"
    assert unknown_placeholders(LetterKind.CONFIRMATION, text) == ("position", "__class__", "0", "name.__init__")
    assert missing_placeholders(LetterKind.MOVED_UP, "{name} {link}") == ("deadline",)
    assert missing_placeholders(LetterKind.THANKS, "") == ()


@pytest.mark.parametrize("value", INJECTIONS)
def test_value_never_breaks_a_line(value: str) -> None:
    subject = subject_of("Platz für {name}", fit_values(LetterKind.CONFIRMATION, {"name": value}, address=ADDRESS))
    assert len(subject) <= MOST_OF_SUBJECT
    for text in (subject, one_line(value)):
        assert re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202e\ud800-\udfff]", text) is None


def test_value_is_put_in_once_and_never_read_again() -> None:
    values = fit_values(LetterKind.CONFIRMATION, {"name": "{code} %(link)s", "code": "K7QF"}, address=ADDRESS)
    assert filled("Für {name}, {code}, {unbekannt}", values) == "Für {code} %(link)s, K7QF, {unbekannt}"


def test_what_people_type_becomes_no_link() -> None:
    assert inert("Offene Kommunen.NRW").replace(JOINER, "") == "Offene Kommunen.NRW"
    for value in ("https://boese.example", "www.boese.example", "boese.example/x", "a@boese.example"):
        text = inert(value)
        assert re.search(r"://|[a-z]\.[a-z]{2}|@b", text) is None
        assert text.replace(JOINER, "") == value
    assert inert("Dr. Anna-Lena Groß, 3.5 Jahre") == "Dr. Anna-Lena Groß, 3.5 Jahre"


def test_link_that_does_not_lead_to_us_is_inert() -> None:
    theirs = {"link": f"{ADDRESS}.boese.example/x", "page": f"{ADDRESS}/kogk18/"}
    values = fit_values(LetterKind.CONFIRMATION, theirs, address=ADDRESS)
    assert values["page"] == f"{ADDRESS}/kogk18/"
    assert JOINER in values["link"]


def test_line_without_any_value_goes() -> None:
    values = {"name": "", "code": "", "link": f"{ADDRESS}/a"}
    text = "Guten Tag {name},\n\nCode: {code}\n\nSeite: {link} {code}\nEnde"
    assert filled(text, values) == f"Seite: {ADDRESS}/a \nEnde"


def test_page_links_to_us_only_and_shows_markup_as_text() -> None:
    text = f"<b>Ayse</b> & \"co\"\n{ADDRESS}/kogk18/platz/abc?x=1&y=2.\n\nhttps://boese.example {ADDRESS}x/"
    page = html_of(text, subject="</title><script>", language="de", address=ADDRESS)
    assert re.findall(r'href="([^"]*)"', page) == [f"{ADDRESS}/kogk18/platz/abc?x=1&amp;y=2"]
    assert re.findall(r"<(b|script)\b", page) == []
    assert page.count("<p>") == 2
    assert '<html lang="de">' in page
    assert re.search(r"src=|url\(|@import", page) is None


def test_keys_are_masked_for_others() -> None:
    assert masked(f"{ADDRESS}/kogk18/platz/AbCdEfGhIjKlMnOpQrStUv ok") == f"{ADDRESS}/kogk18/platz/… ok"
    assert masked("Ihr Code für den Tag: ZE88-CD89\nAm 4.9.2018") == "Ihr Code für den Tag: …\nAm 4.9.2018"


@pytest.mark.parametrize(("address", "is_fit"), [
    ("ayse@example.org", True), ("ayse+barcamp@example.org", True), ("ayse@müller.example", True),
    ("a" * 64 + "@example.org", True), ("a" * 65 + "@example.org", False), ("a" * 300 + "@example.org", False),
    ("a" * 10_000 + "@example.org", False), ("ayşe@example.org", False), ("a@b@example.org", False),
    ("ayse@example.org\nBcc: x@example.org", False), ('"a b"@example.org', False), ("ayse@" + "ü" * 70 + ".de", False),
    ("ayse@a..b", False), ("<ayse@example.org>", False), ("a..b@example.org", False), ("", False), ("@", False),
])
def test_only_plain_mailboxes_are_deliverable(address: str, is_fit: bool) -> None:
    assert is_deliverable(address) is is_fit


def test_permanent_answers_begin_with_five() -> None:
    assert [code for code in (250, 421, 450, 500, 550, 599, -1) if is_permanent(code)] == [500, 550, 599]
