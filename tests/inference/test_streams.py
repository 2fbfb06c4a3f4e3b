import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from sleap.inference.streams import Together, in_background, run_ahead


def test_order_is_kept() -> None:
    assert list(in_background(range(1000), 3)) == list(range(1000))


def test_the_producer_is_no_more_than_the_depth_ahead() -> None:
    made: list[int] = []
    third = threading.Event()

    def produce() -> Iterator[int]:
        for number in range(100):
            made.append(number)
            if number == 3:
                third.set()
            yield number

    items = in_background(produce(), 2)
    assert next(items) == 0
    assert third.wait(5)
    assert len(made) <= 5
    items.close()


def test_an_error_comes_after_the_items_before_it() -> None:
    def produce() -> Iterator[int]:
        yield 1
        raise OSError("broken")

    items = in_background(produce(), 4)
    assert next(items) == 1
    with pytest.raises(OSError, match="broken"):
        next(items)


def test_closing_closes_the_producer() -> None:
    closed = threading.Event()

    def produce() -> Iterator[int]:
        try:
            while True:
                yield 1
        finally:
            closed.set()

    items = in_background(produce(), 2)
    next(items)
    items.close()
    assert closed.is_set()
    assert not [t for t in threading.enumerate() if t.name == "stage"]


def test_stages_can_be_chained_and_closed() -> None:
    closed = threading.Event()

    def produce() -> Iterator[int]:
        try:
            yield from range(10_000)
        finally:
            closed.set()

    def double(items: Iterator[int]) -> Iterator[int]:
        yield from (2 * item for item in items)

    items = in_background(double(in_background(produce(), 2)), 2)
    assert [next(items), next(items)] == [0, 2]
    items.close()
    assert closed.wait(5)


def test_batches_run_ahead_in_order() -> None:
    submitted: list[int] = []
    with ThreadPoolExecutor(2) as pool:

        def submit(number: int) -> Future[int]:
            submitted.append(number)
            return pool.submit(lambda: number * 10)

        results = run_ahead(range(5), submit, 2)
        assert next(results) == (0, 0)
        assert submitted == [0, 1, 2]
        assert list(results) == [(n, 10 * n) for n in range(1, 5)]


def test_work_under_way_is_waited_for() -> None:
    release = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        futures: list[Future[bool]] = []

        def submit(number: int) -> Future[bool]:
            futures.append(pool.submit(lambda: number == 0 or release.wait(5)))
            return futures[-1]

        results = run_ahead(range(3), submit, 1)
        next(results)
        threading.Timer(0.02, release.set).start()
        results.close()
        assert all(future.done() for future in futures)


def test_together_waits_for_all_and_tells_the_first_error() -> None:
    good: Future[int] = Future()
    good.set_result(1)
    bad: Future[int] = Future()
    bad.set_exception(OSError("no"))
    assert Together([good, good]).result() == [1, 1]
    assert Together([good]).exception() is None
    assert isinstance(Together([good, bad]).exception(), OSError)
