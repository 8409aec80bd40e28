"""`python -m bench.answers.learn`: the weights of sureness from the questions for tuning, and how well they hold.

First what pieces of words sound like is learned (`--write` writes it), for each part of the questions from the others.
Each fold is judged by weights that were learned from the others; questions about one service stay in one fold. The
questions of the final figure are not read.
"""

from __future__ import annotations

import sys
import zlib
from base64 import b64encode
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bench.answers.__main__ import found, tuning
from bench.answers.services import SERVICES, Question, passages
from offenraum.answers.asking import wanted_of
from offenraum.answers.index import ALL, Index, Segment
from offenraum.answers.judging import Hit, words_in
from offenraum.answers.sureness import NAMES
from offenraum.answers.tone import PLACES, SCALE, SOURCE, places_of

Floats = NDArray[np.float64]
FOLDS: Final = 8
TURNS: Final = 8
ROUNDS: Final = 60
PENALTY: Final = 3.0
STEPS: Final = 300
MOMENTUM: Final = 0.9
PACE: Final = 4.0
SMALL_PENALTY: Final = 3e-5
SHARES: Final = (0.90, 0.92, 0.94, 0.96, 0.98)
ANSWERED: Final = 0.936
"""Of these, whose words are known. It was chosen by three sets of new questions before their words were added: of all
of them .93 are answered there, and .95 of the foreign ones refused (ADR 1436)."""

NOTHING: Final = -99.0


def evidence(best: list[list[Hit]]) -> Floats:
    """A row for each question: what speaks for its best passage; without any, a row of NaN."""
    rows = [
        [getattr(hits[0].evidence, name) for name in NAMES] if hits else [np.nan] * len(NAMES) for hits in best
    ]
    return np.array(rows, dtype=np.float64)


def pieces(asked: Sequence[Question], index: Index) -> list[list[int]]:
    """The places of the pieces of each question's words."""
    return [places_of(words_in(wanted_of(question.text, index, synonyms={}))) for question in asked]


def heard(places: Sequence[Sequence[int]], weights: Floats) -> Floats:
    """The tone of each question."""
    return np.array([weights[list(some)].sum() / np.sqrt(len(some) or 1) for some in places])


def toned(places: Sequence[Sequence[int]], known: Floats) -> Floats:
    """A weight for each place, by a logistic regression with a small penalty; gradient descent with momentum."""
    rows = np.repeat(np.arange(len(places)), [len(some) for some in places])
    columns = np.array([place for some in places for place in some], dtype=np.int64)
    share = np.repeat([1 / np.sqrt(len(some) or 1) for some in places], [len(some) for some in places])
    weights, moved, level = np.zeros(PLACES), np.zeros(PLACES), 0.0
    for _ in range(STEPS):
        drawn_to = np.bincount(rows, share * weights[columns], minlength=len(places)) + level
        off = 1 / (1 + np.exp(-drawn_to)) - known
        slope = np.bincount(columns, share * off[rows], minlength=PLACES) / len(places)
        moved = MOMENTUM * moved - PACE * (slope + SMALL_PENALTY * weights)
        weights, level = weights + moved, level - PACE * off.mean()
    return np.clip(np.round(weights * SCALE), -127, 127) / SCALE


def heard_by_others(places: Sequence[list[int]], known: Floats) -> Floats:
    """The tone of each question by weights that were learned without it."""
    part = np.arange(len(places)) % FOLDS
    tone = np.zeros(len(places))
    for number in range(FOLDS):
        others = [some for some, its in zip(places, part, strict=True) if its != number]
        weights = toned(others, known[part != number])
        tone[part == number] = heard([some for some, its in zip(places, part, strict=True) if its == number], weights)
    return tone


def fitted(rows: Floats, known: Floats) -> Floats:
    """Level and weights by Newton's method, with a penalty on weights of standardised columns."""
    middle, spread = rows.mean(axis=0), rows.std(axis=0)
    design = np.column_stack([np.ones(len(rows)), (rows - middle) / spread])
    weights = np.zeros(design.shape[1])
    penalty = np.diag([0.0, *[PENALTY] * rows.shape[1]])
    for _ in range(ROUNDS):
        likely = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (likely - known) + penalty @ weights
        bend = (design * (likely * (1 - likely))[:, None]).T @ design + penalty + 1e-9 * np.eye(len(weights))
        weights = weights - np.linalg.solve(bend, slope)
    plain = weights[1:] / spread
    return np.concatenate([[weights[0] - plain @ middle], plain])


def drawn(rows: Floats, weights: Floats) -> Floats:
    return np.where(np.isnan(rows).any(axis=1), NOTHING, weights[0] + np.nan_to_num(rows) @ weights[1:])


def refused(score: Floats, known: Floats, share: float) -> float:
    """The share of foreign questions that are refused where this share of the known ones is answered."""
    least = np.quantile(score[known == 1], 1 - share)
    return float((score[known == 0] < least).mean())


def folds(asked: Sequence[Question], turn: int) -> NDArray[np.int64]:
    """A fold for each question: by its first service, a foreign one by its words."""
    names = [min(question.gold, default=question.text) for question in asked]
    return np.array([zlib.crc32(f"{turn} {name}".encode()) % FOLDS for name in names])


def crossed(rows: Floats, known: Floats, asked: Sequence[Question]) -> list[float]:
    there = ~np.isnan(rows).any(axis=1)
    every = []
    for turn in range(TURNS):
        fold = folds(asked, turn)
        score = np.zeros(len(known))
        for number in range(FOLDS):
            others = (fold != number) & there
            score[fold == number] = drawn(rows[fold == number], fitted(rows[others], known[others]))
        every.append([refused(score, known, share) for share in SHARES])
    return [float(share) for share in np.mean(every, axis=0)]


def main() -> int:
    if not SERVICES.is_file():
        print(f"{SERVICES} is not there: nothing to learn from")
        return 0
    asked, index = tuning(), Index([Segment(passages())])
    every = [*asked.known, *asked.foreign]
    best = [found(question, index, ALL)[:1] for question in every]
    known = np.array([float(bool(question.gold)) for question in every])
    rows, places = evidence(best), pieces(every, index)
    rows[:, NAMES.index("tone")] = heard_by_others(places, known)
    if "--write" in sys.argv:
        numbers = (toned(places, known) * SCALE).astype(np.int8)
        SOURCE.write_text(b64encode(numbers.tobytes()).decode() + "\n")
    by_share = zip(SHARES, crossed(rows, known, every), strict=True)
    print("refused in folds, where so many of the known are answered:",
          ", ".join(f"{share:.2f}: {told:.3f}" for share, told in by_share))
    by_cover = np.nan_to_num(rows[:, NAMES.index("covered")], nan=NOTHING)
    print("by cover alone:", ", ".join(f"{share:.2f}: {refused(by_cover, known, share):.3f}" for share in SHARES))
    there = ~np.isnan(rows).any(axis=1)
    weights = fitted(rows[there], known[there])
    score = drawn(rows, weights)
    least = 1 / (1 + np.exp(-np.quantile(score[known == 1], 1 - ANSWERED)))
    print(f"LEVEL = {weights[0]:.3f}")
    print("WEIGHTS =", {name: round(float(weight), 3) for name, weight in zip(NAMES, weights[1:], strict=True)})
    print(f"LEAST_SURE = {least:.3f} answers {ANSWERED:.3f} of these known ones and refuses "
          f"{refused(score, known, ANSWERED):.3f} of these foreign ones")
    return 0


if __name__ == "__main__":
    sys.exit(main())
