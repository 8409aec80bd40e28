from __future__ import annotations

import pytest

from offenraum.gathering.rules import Totals, may_hide, totals_of


def test_totals_of_few_answers_are_withheld() -> None:
    assert totals_of({3: 3, 1: 1}) == Totals(answers=4, counts={})
    assert totals_of({3: 3, 1: 2}) == Totals(answers=5, counts={3: 3, 1: 2})
    assert totals_of({}) == Totals(answers=0, counts={})


@pytest.mark.parametrize("who", ["is_author", "is_host", "is_moderator"])
def test_author_host_and_desk_hide(who: str) -> None:
    nobody = {"is_author": False, "is_host": False, "is_moderator": False}
    assert may_hide(**nobody | {who: True})
    assert not may_hide(**nobody)
