"""What a letter may say: its kinds, their placeholders, and how values are put in without becoming anything else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from html import escape
from typing import Final


class LetterKind(StrEnum):
    """What a letter is about; each kind has a text of its own."""

    CONFIRMATION = "confirmation"
    WAITING = "waiting"
    MOVED_UP = "moved_up"
    RECONFIRM = "reconfirm"
    REMINDER = "reminder"
    CANCELLED = "cancelled"
    PUBLISHED = "published"
    THANKS = "thanks"
    ALREADY_REGISTERED = "already_registered"
    SIGN_IN_LINK = "sign_in_link"
    EXHIBITOR_KEY = "exhibitor_key"
    SUBSCRIBE = "subscribe"
    OPENED = "opened"
    INVITATION = "invitation"


ACCOUNT: Final = "account"
"""What is written to the owner of an account is about no conference; its text comes from the slice of accounts."""

REFUSABLE: Final = frozenset({LetterKind.REMINDER, LetterKind.PUBLISHED, LetterKind.THANKS})
"""Letters to all that a person can do without; those about the own place go on."""

COMMON: Final = ("name", "conference", "date", "place", "page")
"""What every letter may mention."""

PLACEHOLDERS: Final[Mapping[str, tuple[str, ...]]] = {
    LetterKind.CONFIRMATION: (*COMMON, "link", "code"),
    LetterKind.WAITING: (*COMMON, "link", "position"),
    LetterKind.MOVED_UP: (*COMMON, "link", "deadline"),
    LetterKind.RECONFIRM: (*COMMON, "link", "deadline"),
    LetterKind.REMINDER: (*COMMON, "link"),
    LetterKind.CANCELLED: COMMON,
    LetterKind.PUBLISHED: (*COMMON, "link", "programme"),
    LetterKind.THANKS: (*COMMON, "results"),
    LetterKind.ALREADY_REGISTERED: (*COMMON, "link"),
    LetterKind.SIGN_IN_LINK: (*COMMON, "link"),
    LetterKind.EXHIBITOR_KEY: (*COMMON, "link", "stand"),
    LetterKind.SUBSCRIBE: (*COMMON, "link"),
    LetterKind.OPENED: (*COMMON, "link"),
    LetterKind.INVITATION: (*COMMON, "link"),
}
NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    LetterKind.MOVED_UP: ("link", "deadline"),
    LetterKind.RECONFIRM: ("link", "deadline"),
    LetterKind.SIGN_IN_LINK: ("link",),
    LetterKind.EXHIBITOR_KEY: ("link",),
    LetterKind.SUBSCRIBE: ("link",),
    LetterKind.OPENED: ("link",),
    LetterKind.INVITATION: ("link",),
}
"""Without these a text of the kind would be useless."""

OURS: Final = frozenset({"link", "page", "programme", "results"})
"""Placeholders whose value is an address of this installation; all other values come from people."""

MOST_OF_SUBJECT: Final = 200
MOST_OF_VALUE: Final = 400
JOINER: Final = "\u2060"
PLACEHOLDER: Final = re.compile(r"\{([^{}\s]{1,40})\}")
BREAKING: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})
TURNING: Final = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
HOST: Final = re.compile(r"(?<=\w)\.(?=[^\W\d_]{2,})")
SECRET: Final = re.compile(r"(?<=/)[A-Za-z0-9_-]{20,}|\b[2-9A-Z]{4}-[2-9A-Z]{4}\b")
"""What opens something: the last part of a link, and the code that stands on a badge."""

MAILBOX: Final = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[^\s@<>()\[\],;:\\\"\x00-\x20]+"
)
PERMANENT: Final = range(500, 600)
LONGEST_ADDRESS: Final = 254
LONGEST_LOCAL: Final = 64
PAGE: Final = (
    '<!doctype html>\n<html lang="{language}">\n<head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"><title>{title}</title></head>\n'
    '<body style="font-family:sans-serif;line-height:1.5;max-width:36em;margin:1em auto;padding:0 1em">\n'
    "{body}\n</body>\n</html>\n"
)


def unknown_placeholders(kind: str, text: str) -> tuple[str, ...]:
    """What stands in braces in a text and is no placeholder of this kind, each once."""
    return tuple(dict.fromkeys(name for name in PLACEHOLDER.findall(text) if name not in PLACEHOLDERS[kind]))


def missing_placeholders(kind: str, text: str) -> tuple[str, ...]:
    """What a text of this kind must mention and does not."""
    return tuple(name for name in NEEDED.get(kind, ()) if name not in PLACEHOLDER.findall(text))


def one_line(text: str) -> str:
    """A text without line breaks, control characters and changes of the reading direction."""
    if text.isprintable():
        return " ".join(text.split())[:MOST_OF_VALUE]
    spaced = "".join(" " if unicodedata.category(sign) in BREAKING else sign for sign in text)
    return " ".join("".join(sign for sign in spaced if sign not in TURNING).split())[:MOST_OF_VALUE]


def inert(text: str) -> str:
    """What somebody typed, looking the same, in which no mail program finds an address to link to."""
    return HOST.sub(f".{JOINER}", one_line(text).replace("://", f":{JOINER}//")).replace("@", f"@{JOINER}")


def fit_values(kind: str, values: Mapping[str, str], *, address: str) -> dict[str, str]:
    """The values of a kind's placeholders, each one line; a link that does not lead to us becomes inert text."""
    return {
        name: one_line(value) if name in OURS and value.startswith(f"{address}/") else inert(value)
        for name in PLACEHOLDERS[kind]
        for value in [values.get(name, "")]
    }


def filled(text: str, values: Mapping[str, str]) -> str:
    """A text with values in place of placeholders; a line that has placeholders but no value for any goes."""
    lines = [fill_line(line, values) for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line for line in lines if line is not None)).strip("\n")


def fill_line(line: str, values: Mapping[str, str]) -> str | None:
    names = [name for name in PLACEHOLDER.findall(line) if name in values]
    if names and not any(values[name] for name in names):
        return None
    return PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), line)


def subject_of(text: str, values: Mapping[str, str]) -> str:
    """A subject: one line, however long the values are."""
    line = one_line(fill_line(text, values) or text)
    return line if len(line) <= MOST_OF_SUBJECT else f"{line[: MOST_OF_SUBJECT - 1]}…"


def html_of(text: str, *, subject: str, language: str, address: str) -> str:
    """The same letter as a page: paragraphs, and links to addresses of ours only."""
    own = re.compile(rf"({re.escape(escape(address))}/(?:[^\s<>&]|&amp;)*[^\s<>&.,;:!?)])")
    paragraphs = [
        f"<p>{own.sub(linked, escape(paragraph)).replace(chr(10), '<br>' + chr(10))}</p>"
        for paragraph in re.split(r"\n{2,}", text) if paragraph.strip()
    ]
    return PAGE.format(language=language, title=escape(subject), body="\n".join(paragraphs))


def linked(found: re.Match[str]) -> str:
    return f'<a href="{found[1]}">{found[1]}</a>'


def masked(text: str) -> str:
    """A letter as others than its reader may see it: without keys that open something."""
    return SECRET.sub("…", text)


def is_deliverable(address: str) -> bool:
    """Whether an address can stand in an envelope: one mailbox, no quotes, a local part that every server takes."""
    if len(address) > LONGEST_ADDRESS or not MAILBOX.fullmatch(address):
        return False
    local, _at, domain = address.rpartition("@")
    try:
        return len(local) <= LONGEST_LOCAL and len(domain.encode("idna")) <= LONGEST_ADDRESS
    except UnicodeError:
        return False


def is_permanent(code: int) -> bool:
    """Whether a server's answer means that trying again helps nothing."""
    return code in PERMANENT
