"""What a network puts out."""

from enum import IntEnum
from typing import Any, Self

from sleap.errors import ProfileError


class OutputType(IntEnum):
    """The four kinds of networks, numbered as in profiles."""

    CONFMAPS = 0
    """One confidence map per node, of all animals in view."""
    PAFS = 1
    """Two part affinity field channels per edge."""
    CENTROIDS = 2
    """One confidence map of the centres of all animals."""
    TOPDOWN = 3
    """One confidence map per node, of the animal in the centre of a crop only."""

    @property
    def word(self) -> str:
        """The word for it in names of run folders."""
        return _WORDS[self]

    @classmethod
    def from_json(cls, value: Any, path: str = "output_type") -> Self:
        """Convert the number, or the word, that a profile holds.

        Raises:
            ProfileError: If it is neither.
        """
        by_name = {str(int(member)): member for member in cls}
        by_name |= {member.word: member for member in cls}
        by_name |= {member.name.lower(): member for member in cls}
        name = str(value).lower()
        if isinstance(value, bool) or name not in by_name:
            known = ", ".join(f"{int(member)} ({member.word})" for member in cls)
            raise ProfileError(f"{path} is {value!r}; expected one of {known}.")
        return by_name[name]


_WORDS = {
    OutputType.CONFMAPS: "confmaps",
    OutputType.PAFS: "pafs",
    OutputType.CENTROIDS: "centroids",
    OutputType.TOPDOWN: "topdown_confidence_maps",
}
