"""Stages that overlap: iterators that run in a thread of their own, with bounded memory."""

import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from typing import Generic, Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)


class _ClosedError(Exception):
    """The consumer has gone; the producer must stop."""


class _Channel(Generic[T]):
    """A bounded queue between one producer and one consumer that either side can end."""

    def __init__(self, depth: int) -> None:
        self._items: deque[T] = deque()
        self._depth = depth
        self._changed = threading.Condition()
        self._is_closed = False
        self._is_finished = False
        self._error: BaseException | None = None

    def put(self, item: T) -> None:
        """Add an item, waiting for room.

        Raises:
            _ClosedError: If the consumer has gone.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._is_closed or len(self._items) < self._depth)
            if self._is_closed:
                raise _ClosedError
            self._items.append(item)
            self._changed.notify_all()

    def finish(self, error: BaseException | None = None) -> None:
        """Tell the consumer that nothing more comes, or why."""
        with self._changed:
            self._is_finished = True
            self._error = error
            self._changed.notify_all()

    def close(self) -> None:
        """Tell the producer that nothing more is wanted."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()

    def drain(self) -> Iterator[T]:
        """Yield the items until the producer has finished; raise what it raised."""
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._items or self._is_finished)
                if not self._items:
                    if self._error is not None:
                        raise self._error
                    return
                item = self._items.popleft()
                self._changed.notify_all()
            yield item


def in_background(items: Iterable[T], depth: int, name: str = "stage") -> Generator[T, None, None]:
    """Run an iterator in a thread of its own.

    The order is kept. An error of the iterator is raised in the consumer, after the items made
    before it. When the consumer stops early (closes the generator), the iterator is closed too.

    Args:
        items: What to iterate over, in the thread.
        depth: How many items may wait, made but not yet taken.
        name: Name of the thread.

    Yields:
        The items.
    """
    channel: _Channel[T] = _Channel(depth)

    def produce() -> None:
        iterator = iter(items)
        error: BaseException | None = None
        try:
            for item in iterator:
                channel.put(item)
        except _ClosedError:
            pass
        except BaseException as caught:
            error = caught
        finally:
            if isinstance(iterator, Generator):
                iterator.close()
            channel.finish(error)

    thread = threading.Thread(target=produce, name=name, daemon=True)
    thread.start()
    try:
        yield from channel.drain()
    finally:
        channel.close()
        thread.join()


class Result(Protocol[R_co]):
    """What is still being computed: the part of a future that is used here."""

    def result(self) -> R_co:
        """Wait for it, and return it."""

    def exception(self) -> BaseException | None:
        """Wait for it, and return what went wrong."""


class Together(Generic[R]):
    """Several results that are waited for together."""

    def __init__(self, parts: "Sequence[Result[R]]") -> None:
        self._parts = parts

    def result(self) -> list[R]:
        """Wait for all parts."""
        return [part.result() for part in self._parts]

    def exception(self) -> BaseException | None:
        """Wait for all parts, and return the first error."""
        return next((e for e in [part.exception() for part in self._parts] if e), None)


def run_ahead(
    batches: Iterable[T], submit: Callable[[T], Result[R]], depth: int
) -> Iterator[tuple[T, R]]:
    """Keep several batches under way while the consumer works on the results before them.

    Args:
        batches: What is submitted, in order.
        submit: Starts the work on one batch.
        depth: How many batches are under way while a result is out for use.

    Yields:
        (batch, result), in the order of the batches.
    """
    under_way: deque[tuple[T, Result[R]]] = deque()
    try:
        for batch in batches:
            under_way.append((batch, submit(batch)))
            if len(under_way) > depth:
                done, result = under_way.popleft()
                yield done, result.result()
        while under_way:
            done, result = under_way.popleft()
            yield done, result.result()
    finally:
        for _, result in under_way:
            result.exception()  # an engine must not be torn down under a running request
