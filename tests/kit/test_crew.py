import threading
from collections.abc import Callable, Iterator

import pytest

from offenraum.kit.crew import Crew, crew
from offenraum.kit.turns import Turns

Work = Callable[[], None]


@pytest.fixture
def limited() -> Iterator[Crew]:
    crew.limit(2)
    yield crew
    crew.limit(None)


def start(crew: Crew, work: Work) -> threading.Thread:
    def run() -> None:
        with crew.at_work():
            work()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_crew_lets_so_many_work_at_a_time() -> None:
    crew, guard, counts, now = Crew(), threading.Lock(), list[int](), [0]
    crew.limit(3)

    def work() -> None:
        with guard:
            now[0] += 1
            counts.append(now[0])
        threading.Event().wait(0.005)
        with guard:
            now[0] -= 1

    for thread in [start(crew, work) for _ in range(12)]:
        thread.join()
    assert (max(counts), len(counts)) == (3, 12)


def test_crew_without_a_limit_holds_nobody() -> None:
    crew, all_here = Crew(), threading.Barrier(5)
    for thread in [start(crew, lambda: threading.Barrier.wait(all_here, 10) and None) for _ in range(5)]:
        thread.join()
    assert not all_here.broken


def test_crew_lets_another_in_while_one_waits() -> None:
    crew, first_waits, second_is_done = Crew(), threading.Event(), threading.Event()
    crew.limit(1)

    def wait() -> None:
        with crew.aside():
            first_waits.set()
            assert second_is_done.wait(10)

    waiting = start(crew, wait)
    assert first_waits.wait(10)
    start(crew, second_is_done.set).join()
    waiting.join()
    assert second_is_done.is_set()


def test_crew_is_aside_for_nobody_who_holds_no_place() -> None:
    crew = Crew()
    crew.limit(1)
    with crew.aside(), crew.at_work():
        assert crew.places is not None
        assert not crew.places.acquire(blocking=False)
    assert crew.places.acquire(blocking=False)


def test_threads_that_wait_for_their_turn_to_write_keep_no_page_from_being_made(limited: Crew) -> None:
    turns, read = Turns(), threading.Event()
    assert turns.take(timeout=0)
    writing = [start(limited, lambda: turns.take(timeout=10) and turns.give()) for _ in range(2)]
    reading = start(limited, read.set)
    assert read.wait(10)
    turns.give()
    for thread in [*writing, reading]:
        thread.join()


def test_nobody_begins_while_one_works_for_many_and_who_is_at_work_goes_on() -> None:
    crew, begun, may_end, second_began = Crew(), threading.Event(), threading.Event(), threading.Event()
    crew.limit(2)

    def first() -> None:
        begun.set()
        assert may_end.wait(10)

    at_work = start(crew, first)
    assert begun.wait(10)
    with crew.standing_back():
        second = start(crew, second_began.set)
        may_end.set()
        at_work.join(10)
        assert not at_work.is_alive()
    second.join(10)
    assert second_began.is_set()


def test_nobody_begins_while_one_works_for_many_when_all_places_were_free() -> None:
    crew, began = Crew(), threading.Event()
    crew.limit(2)
    with crew.standing_back():
        other = start(crew, began.set)
        assert not began.wait(0.05)
    other.join(10)
    assert began.is_set()
    meeting = threading.Barrier(2)
    both = [start(crew, lambda: meeting.wait(10) and None) for _ in range(2)]
    for thread in both:
        thread.join(10)
    assert not meeting.broken, "both places are there again"
