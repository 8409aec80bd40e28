"""When an answer is shown and when not: what was learned for services, and what counts for everything else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from offenraum.answers.judging import Hit, chosen
from offenraum.answers.sureness import LEAST_SURE, NAMES, WEIGHTS, Evidence, sureness

GOOD = Evidence(covered=0.9, points=1.5, reached=0.7, named=0.8, words=2, unknown=0, tone=0, general=0, elsewhere=0)
WEAK = Evidence(covered=0.7, points=0.4, reached=0.5, named=0.0, words=1, unknown=0, tone=0, general=0, elsewhere=0)
AGAINST = {"unknown", "general", "elsewhere"}


def hit(kind: str, evidence: Evidence, *, key: str = "1", score: float = 1.5) -> Hit:
    return Hit(f"{kind}:{key}", kind, score, evidence.covered, evidence)


def test_every_part_of_the_evidence_has_a_weight() -> None:
    assert tuple(WEIGHTS) == NAMES
    assert sureness(WEAK) < LEAST_SURE < sureness(GOOD)


@pytest.mark.parametrize("name", NAMES)
def test_more_evidence_is_more_sureness_and_what_speaks_against_is_less(name: str) -> None:
    more = replace(GOOD, **{name: getattr(GOOD, name) + 0.1})
    assert (sureness(more) > sureness(GOOD)) == (name not in AGAINST)


@pytest.mark.parametrize("value", [-1e9, 1e9])
def test_sureness_stays_between_nothing_and_certainty(value: float) -> None:
    assert 0 < sureness(replace(GOOD, points=value)) < 1


def test_service_that_is_named_by_the_way_is_no_answer_but_a_short_text_of_the_event_is() -> None:
    assert chosen([hit("service", WEAK)]) == []
    assert [one.key for one in chosen([hit("faq", WEAK)])] == ["faq:1"]


def test_service_that_covers_a_question_whole_is_an_answer() -> None:
    assert chosen([hit("service", replace(WEAK, covered=1.0))]) != []


def test_service_that_covers_a_question_for_what_is_had_elsewhere_is_none() -> None:
    assert chosen([hit("service", replace(WEAK, covered=1.0, elsewhere=1))]) == []


def test_service_that_has_the_one_word_of_a_question_by_the_way_is_none() -> None:
    assert chosen([hit("service", replace(WEAK, covered=1.0), score=0.4)]) == []


def test_kind_that_is_not_sure_hides_no_other() -> None:
    hits = [hit("service", WEAK), hit("faq", GOOD, score=1.4), hit("service", GOOD, key="2", score=1.3)]
    assert [one.key for one in chosen(hits)] == ["faq:1"]


def test_what_is_far_behind_the_best_is_left_out() -> None:
    hits = [hit("service", GOOD), hit("service", GOOD, key="2", score=0.4), hit("service", WEAK, key="3", score=1.4)]
    assert [one.key for one in chosen(hits)] == ["service:1", "service:3"]
