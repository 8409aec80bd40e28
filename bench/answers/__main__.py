"""How well the question desk answers: found among three, foreign questions refused, time, and each step switched off.

The targets are judged by questions that nothing was tuned on. `--tune` leaves those untouched.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bench.answers.damage import damaged
from bench.answers.services import HERE, SERVICES, Question, passages, questions
from bench.answers.speed import MANY, measured
from offenraum.answers.asking import wanted_of
from offenraum.answers.index import ALL, Index, Segment, Steps
from offenraum.answers.judging import Hit, chosen
from offenraum.answers.ranking import ranked
from offenraum.answers.rules.asking import asks_in_general

SHOWN: Final = 3
KINDS: Final = ("plain", "typos", "foreign")
UNTOUCHED: Final = "untouched-"
OLDER: Final = ("final-", "last-", "later-", "unseen-", "newest-", "further-")
"""What the targets are judged by, and what they were judged by before."""

ROUNDS: Final = ("thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth")
"""Of these there are questions of all kinds."""

PLAIN: Final = ("plain", *(f"plain-{name}" for name in (
    "fresh", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", *ROUNDS,
)))
TYPOS: Final = ("typos", *(f"typos-{name}" for name in ("fresh", *ROUNDS)))
FOREIGN: Final = ("foreign", *(f"foreign-{name}" for name in (
    "more", "fresh", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", *ROUNDS,
)))
LEAST_RECALL, LEAST_TYPO_RECALL, LEAST_REFUSED, LEAST_ANSWERED = 0.85, 0.80, 0.95, 0.90
MOST_MILLISECONDS, MOST_SECONDS = 50, 10
VARIANTS: Final = {
    "all steps": ALL,
    **{f"without {name}": replace(ALL, **{name: False}) for name in (
        "stems", "compounds", "repair", "grams", "everyday", "keywords",
    )},
    "words alone": Steps(stems=False, compounds=False, repair=False, grams=False, everyday=False),
}


@dataclass(frozen=True, slots=True)
class Sets:
    """Questions by kind."""

    plain: list[Question]
    typos: list[Question]
    foreign: list[Question]

    @property
    def known(self) -> list[Question]:
        return [*self.plain, *self.typos]


def tuning() -> Sets:
    """Every question that was ever looked at."""
    return united(Sets(all_of(*PLAIN), all_of(*TYPOS), all_of(*FOREIGN)), *map(part, OLDER))


def all_of(*names: str) -> list[Question]:
    return [question for name in names for question in questions(name)]


def mistyped(asked: Sets, *, seed: int = 1) -> Sets:
    """The same questions, each damaged as if typed in haste on a phone: more of them have slips than of real ones."""
    return Sets(*(damaged(some, seed=seed) for some in (asked.plain, asked.typos, asked.foreign)))


def is_there(name: str) -> bool:
    return all((HERE / f"{name}{kind}.txt").is_file() for kind in KINDS)


def part(name: str) -> Sets:
    return Sets(*(questions(f"{name}{kind}") for kind in KINDS))


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares of questions."""

    recall: float
    typo_recall: float
    shown: float
    answered: float
    refused: float
    refused_where_answered: float
    """By the product's threshold, and by one at which LEAST_ANSWERED of the known questions are answered."""

    @property
    def is_good(self) -> bool:
        return (
            self.recall >= LEAST_RECALL and self.typo_recall >= LEAST_TYPO_RECALL
            and self.refused_where_answered >= LEAST_REFUSED
        )


def found(question: Question, index: Index, steps: Steps) -> list[Hit]:
    wanted = wanted_of(question.text, index, synonyms={}, steps=steps)
    return ranked(index, wanted, most=SHOWN, is_general=asks_in_general(question.text))


def recall(asked: Sequence[Question], index: Index, steps: Steps) -> float:
    """The share with a right service among the first three."""
    return sum(any(hit.key in one.gold for hit in found(one, index, steps)) for one in asked) / len(asked)


def shown(asked: Sequence[Question], index: Index, steps: Steps) -> float:
    """The share to which a right service is really shown: neither refused nor left out as too far behind."""
    hits = ((one, chosen(found(one, index, steps))) for one in asked)
    return sum(any(hit.key in one.gold for hit in some) for one, some in hits) / len(asked)


def answered(asked: Sequence[Question], index: Index, steps: Steps) -> float:
    return sum(bool(chosen(found(one, index, steps))) for one in asked) / len(asked)


def figures(asked: Sets, steps: Steps) -> Figures:
    index = Index([Segment(passages(), steps=steps)])
    return Figures(
        recall=recall(asked.plain, index, steps), typo_recall=recall(asked.typos, index, steps),
        shown=shown(asked.known, index, steps), answered=answered(asked.known, index, steps),
        refused=1 - answered(asked.foreign, index, steps),
        refused_where_answered=refused_where_answered(asked, index, steps),
    )


def refused_where_answered(asked: Sets, index: Index, steps: Steps) -> float:
    """The share of foreign questions that are less sure than LEAST_ANSWERED of the known ones."""
    known, foreign = (
        sorted((hits[0].sureness if (hits := found(one, index, steps)) else 0.0 for one in some), reverse=True)
        for some in (asked.known, asked.foreign)
    )
    least = known[math.ceil(LEAST_ANSWERED * len(known)) - 1]
    return sum(sure < least for sure in foreign) / len(foreign)


def table(asked: Sets) -> Figures:
    """Print all variants; returns the figures of the whole."""
    print(f"{len(asked.plain)} plain questions, {len(asked.typos)} with typos, {len(asked.foreign)} foreign ones")
    columns = f"{'R@3':>8}{'typo R@3':>10}{'shown':>8}{'answered':>10}{'refused':>9}{f'at {LEAST_ANSWERED:.2f}':>9}"
    print(f"{'':<24}{columns}")
    every = {name: figures(asked, steps) for name, steps in VARIANTS.items()}
    for name, one in every.items():
        told(name, one)
    return every["all steps"]


def told(name: str, one: Figures) -> None:
    shares = f"{one.recall:>8.3f}{one.typo_recall:>10.3f}{one.shown:>8.3f}{one.answered:>10.3f}{one.refused:>9.3f}"
    shares += f"{one.refused_where_answered:>9.3f}"
    print(f"{name:<24}{shares}")


def united(*some: Sets) -> Sets:
    return Sets(
        [one for each in some for one in each.plain], [one for each in some for one in each.typos],
        [one for each in some for one in each.foreign],
    )


def main() -> int:
    if not SERVICES.is_file():
        print(f"{SERVICES} is not there: nothing to measure")
        return 0
    asked = tuning()
    print("for tuning:", end=" ")
    whole = table(asked)
    if "--tune" in sys.argv:
        return 0 if whole.is_good else 1
    for name in OLDER:
        told(f"of these: {name.removesuffix('-')}", figures(part(name), ALL))
    told("all of these mistyped", figures(mistyped(asked), ALL))
    if not is_there(UNTOUCHED):
        print(f"no questions that were never tuned on: {UNTOUCHED}plain.txt, -typos.txt and -foreign.txt are missing")
        return 1
    print("\nfinal figure, never tuned on:", end=" ")
    whole = table(part(UNTOUCHED))
    speed = measured(asked.known + asked.foreign)
    print(f"\nindex of {MANY} passages {speed.build_seconds:.1f} s; after an import replies say for "
          f"{speed.whole_seconds:.1f} s that texts are being read, within {speed.reading_milliseconds:.0f} ms (p95);\n"
          f"the first one with all of them {speed.first_milliseconds:.0f} ms, then median "
          f"{speed.median_milliseconds:.1f} ms, p95 {speed.p95_milliseconds:.1f} ms")
    slowest = max(speed.p95_milliseconds, speed.reading_milliseconds)
    is_quick = slowest <= MOST_MILLISECONDS and speed.build_seconds <= MOST_SECONDS
    return 0 if whole.is_good and is_quick else 1


if __name__ == "__main__":
    sys.exit(main())
