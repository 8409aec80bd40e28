"""`offenraum ask`: what the question desk of a conference answers."""

from __future__ import annotations

import argparse
import json
import sys

from django.utils import translation

from offenraum.answers.forms import AskForm
from offenraum.answers.queries.answering import Reply, as_json, reply_to
from offenraum.project.conferences import NoConference, conference_named


def main(argv: list[str]) -> int:
    """Print the answers, or that nothing is known."""
    parser = argparse.ArgumentParser(prog="offenraum ask", description=__doc__)
    parser.add_argument("question", metavar="QUESTION")
    parser.add_argument("--conference", metavar="NAME", help="its short name in the address; not for a single one")
    parser.add_argument("--json", action="store_true", help="{answers: [{title, quote, source, url, score}], known}")
    parser.add_argument("--lang", choices=["de", "en"], default="de", help="of what is said about the programme")
    given = parser.parse_args(argv)
    with translation.override(given.lang):
        form = AskForm({"frage": given.question})
        try:
            conference = conference_named(given.conference)
        except NoConference as error:
            return refuse(str(error))
        if not form.is_valid():
            return refuse(f"QUESTION: {form.errors['frage'][0]}")
        reply = reply_to(form.cleaned_data["frage"], conference)
        sys.stdout.write(f"{json.dumps(as_json(reply), ensure_ascii=False)}\n" if given.json else told(reply))
    return 0


def refuse(reason: str) -> int:
    sys.stderr.write(f"offenraum ask: {reason}\n")
    return 1


def told(reply: Reply) -> str:
    """The answers for people."""
    blocks = [f"{one.title}\n{one.quote}\n({one.source}, {one.url})\n" for one in reply.answers]
    return "\n".join(blocks) or "?\n"
