"""Translations without GNU gettext.

`extract [slice ...]` fills the catalogues, `compile` makes them loadable, `check` lists what lacks German and what two
slices translate differently. In service all catalogues are one: the same English is the same German, or has a context.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PRODUCT = ROOT / "offenraum"
COMPLETE = "de"
LANGUAGES = (COMPLETE, "de-x-leicht")
KEYWORDS = {
    "gettext": None, "gettext_lazy": None, "gettext_noop": None, "_": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}


def main() -> None:
    match sys.argv[1:]:
        case ["extract", *names]:
            extract_slices(names)
        case ["compile"]:
            compile_all()
        case ["check"]:
            check_all()
        case _:
            sys.exit("usage: messages.py extract [slice ...] | compile | check")


def slices() -> list[Path]:
    return sorted(path.parent for path in PRODUCT.glob("*/__init__.py"))


def catalogue_of(folder: Path, language: str) -> Path:
    return folder / "locale" / to_locale(language) / "LC_MESSAGES" / "django.po"


def extract_slices(names: list[str]) -> None:
    """Bring the catalogues of the named slices (without a name: of all) in line with their source."""
    for folder in [folder for folder in slices() if not names or folder.name in names]:
        found = strings_of(folder)
        for language in LANGUAGES:
            file = catalogue_of(folder, language)
            if len(found) or file.is_file():
                update(file, found, language)


def strings_of(folder: Path) -> Catalog:
    """Every translatable string of a slice, without line numbers (they would change with every commit)."""
    catalogue = Catalog(fuzzy=False, charset="utf-8")
    for file in sorted(folder.rglob("*.py")) + sorted(folder.rglob("templates/**/*.*")):
        for _line, text, comments, context in strings_in(file):
            place = (file.relative_to(ROOT).as_posix(), 0)
            catalogue.add(text, locations=[place], auto_comments=comments, context=context)
    return catalogue


def strings_in(file: Path) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    """Line, text or (singular, plural), comments and context of each string in a module or template."""
    source = file.read_bytes()
    if file.suffix != ".py":
        source = templatize(source.decode(), origin=str(file)).encode()
    return extract("python", BytesIO(source), keywords=KEYWORDS, comment_tags=("Translators",))


def update(file: Path, found: Catalog, language: str) -> None:
    """Write `found` into `file` with the translations it already has; a string that is gone goes."""
    catalogue = read(file, language)
    catalogue.update(found, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    for message in catalogue:
        message.locations = [(name, None) for name in dict.fromkeys(name for name, _line in message.locations)]
    output = BytesIO()
    write_po(output, catalogue, width=120, sort_output=True, include_lineno=False)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(without_dates(output.getvalue()))


def without_dates(text: bytes) -> bytes:
    """The catalogue with the two header lines that mean something; the others hold dates and addresses."""
    header, gap, body = text.partition(b"\n\n")
    kept = (b"msgid", b"msgstr", b'"Plural-Forms', b'"Content-Type', b'"Language:')
    return b"\n".join(line for line in header.split(b"\n") if line.startswith(kept)) + gap + body


def read(file: Path, language: str) -> Catalog:
    """The catalogue in `file`, or an empty one; easy German takes the plural rule of German."""
    locale = language.split("-")[0]
    if not file.is_file():
        return Catalog(locale=locale, project="Offenraum", charset="utf-8", fuzzy=False)
    with file.open("rb") as stream:
        return read_po(stream, locale=locale)


def compile_all() -> None:
    """Make the .mo file of every catalogue, each replaced in one step."""
    for file in sorted(PRODUCT.rglob("*.po")):
        output = BytesIO()
        write_mo(output, read(file, COMPLETE))
        fresh = file.with_suffix(".mo.new")
        fresh.write_bytes(output.getvalue())
        fresh.replace(file.with_suffix(".mo"))


def check_all() -> None:
    """Exit 1 and list what lacks German (no entry, an empty or fuzzy one) and what is translated in two ways."""
    gaps = [gap for folder in slices() for gap in gaps_of(folder)]
    doubts = [doubt for language in LANGUAGES for doubt in doubts_in(language)]
    print(*gaps, *doubts, sep="\n")
    if gaps or doubts:
        sys.exit(f"{len(gaps)} strings lack German, {len(doubts)} are translated in two ways")


def doubts_in(language: str) -> list[str]:
    """Strings that two slices translate differently into a language; of these only one would ever be seen."""
    ways: dict[tuple[object, str | None], dict[object, list[str]]] = {}
    for folder in slices():
        for message in read(catalogue_of(folder, language), language):
            if message.id and is_translated(message):
                ways.setdefault((message.id, message.context), {}).setdefault(message.string, []).append(folder.name)
    return [
        f"{language}: {told!r} is " + " and ".join(f"{text!r} in {', '.join(names)}" for text, names in found.items())
        for (told, _context), found in ways.items() if len(found) > 1
    ]


def gaps_of(folder: Path) -> list[str]:
    known = read(catalogue_of(folder, COMPLETE), COMPLETE)
    return [
        f"{folder.name}: {message.id!r} ({message.locations[0][0]})"
        for message in strings_of(folder)
        if message.id and not is_translated(known.get(key_of(message), message.context))
    ]


def key_of(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def is_translated(message: Message | None) -> bool:
    if message is None or message.fuzzy:
        return False
    parts = [message.string] if isinstance(message.string, str) else message.string
    return all(parts)


if __name__ == "__main__":
    main()
