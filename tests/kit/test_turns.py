import threading
from collections.abc import Callable

from offenraum.kit.turns import Turns


def record(turns: Turns, order: list[int], number: int) -> None:
    assert turns.take(timeout=10)
    order.append(number)
    turns.give()


def wait_until(is_true: Callable[[], bool]) -> None:
    pause = threading.Event()
    while not is_true():
        pause.wait(0.001)


def test_turns_go_to_whoever_asked_first() -> None:
    turns = Turns()
    order: list[int] = []
    assert turns.take(timeout=0)
    threads = []
    for number in range(20):
        thread = threading.Thread(target=record, args=(turns, order, number))
        threads.append(thread)
        thread.start()
        wait_until(lambda expected=number + 1: len(turns._waiting) == expected)
    turns.give()
    for thread in threads:
        thread.join()
    assert order == list(range(20))


def test_turns_pass_to_the_waiting_thread_before_the_giver_may_return() -> None:
    turns = Turns()
    order: list[int] = []
    assert turns.take(timeout=0)
    waiting = threading.Thread(target=record, args=(turns, order, 1))
    waiting.start()
    wait_until(lambda: len(turns._waiting) == 1)
    turns.give()
    record(turns, order, 2)
    waiting.join()
    assert order == [1, 2]


def test_turns_not_got_in_time_are_not_kept() -> None:
    turns = Turns()
    assert turns.take(timeout=0)
    assert not turns.take(timeout=0.01)
    turns.give()
    assert turns.take(timeout=0)


def test_turns_are_free_after_the_last_was_given() -> None:
    turns = Turns()
    assert turns.take(timeout=0)
    turns.give()
    assert turns.take(timeout=0)
