"""A table of named things that a package offers: backbones, formats, similarities."""

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from sleap.errors import UnknownNameError, did_you_mean

T = TypeVar("T")


class Registry(Generic[T]):
    """Names mapped to what they stand for, in order of registration.

    Args:
        kind: What one entry is, in the singular ("backbone"); used in messages.
    """

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._entries: dict[str, T] = {}

    def register(self, name: str) -> Callable[[T], T]:
        """Return a decorator that enters its object under ``name``.

        Raises:
            ValueError: If the name is taken.
        """

        def enter(entry: T) -> T:
            if name in self._entries:
                raise ValueError(f"{self.kind} '{name}' is registered twice")
            self._entries[name] = entry
            return entry

        return enter

    def get(self, name: str) -> T:
        """Return the entry of that name.

        Raises:
            UnknownNameError: If there is none; the message lists the known names.
        """
        if name not in self._entries:
            raise UnknownNameError(
                f"Unknown {self.kind} '{name}'.{did_you_mean(name, self._entries)} "
                f"Known: {', '.join(self._entries)}."
            )
        return self._entries[name]

    @property
    def names(self) -> list[str]:
        """The known names, in order of registration."""
        return list(self._entries)

    def __contains__(self, name: object) -> bool:
        """Tell whether a name is known."""
        return name in self._entries

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names."""
        return iter(self._entries)

    def __len__(self) -> int:
        """Count the entries."""
        return len(self._entries)
