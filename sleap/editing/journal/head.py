"""The first record of a journal: whose it is, and what it builds on."""

import time
from pathlib import Path
from typing import Any

from attrs import asdict, field, frozen

from sleap.core.labels import Labels
from sleap.editing.journal.base import Base
from sleap.editing.journal.folder import own_holder
from sleap.editing.journal.plain import Decoder, Encoder, Objects
from sleap.editing.journal.records import BASE, HEAD, Piece, Record, pack
from sleap.errors import FormatError
from sleap.io.guard import FileState

_NUMBERS = ("n_frames", "n_instances", "digest")
_ROWS = ("frames", "instances")


@frozen
class Head:
    """What a journal builds on.

    Args:
        source: The file that the labels were read from, or saved to; None for new labels.
        state: What that looked like.
        is_project: Whether that is where the labels are saved.
        base: Where its rows lay in the labels being edited; None: where they lie in the file.
        holder: Which process writes the journal.
        when: When it was begun, seconds since 1970.
        format: Name of the format to read it by; None to tell it from the file.
    """

    source: Path | None = None
    state: FileState | None = None
    is_project: bool = False
    base: Base | None = None
    holder: dict[str, Any] = field(factory=own_holder, repr=False)
    when: float = field(factory=time.time)
    format: str | None = None

    def pack(self) -> list[Piece]:
        """Make the record."""
        arrays: list[Any] = []
        value = {
            "version": 1,
            "source": None if self.source is None else str(self.source),
            "state": None if self.state is None else asdict(self.state),
            "is_project": self.is_project,
            "format": self.format,
            "base": None if self.base is None else _encode_base(self.base, arrays),
            "holder": self.holder,
            "when": self.when,
        }
        return pack(HEAD, value, arrays)

    @classmethod
    def read(cls, record: Record) -> "Head":
        """Read the record.

        Raises:
            FormatError: If it is none.
        """
        value = record.value
        try:
            if record.kind != HEAD or value["version"] != 1:
                raise FormatError("A journal does not begin with a known head.")
            base = value["base"]
            return cls(
                None if value["source"] is None else Path(value["source"]),
                None if value["state"] is None else FileState(**value["state"]),
                bool(value["is_project"]),
                None if base is None else _decode_base(base, record),
                dict(value["holder"]),
                float(value["when"]),
                value.get("format"),
            )
        except (LookupError, TypeError, ValueError) as error:
            raise FormatError("The head of a journal is damaged.") from error


def pack_base(mark: int, base: Base) -> list[Piece]:
    """Make the record that tells what is being saved."""
    arrays: list[Any] = []
    return pack(BASE, {"mark": mark, "base": _encode_base(base, arrays)}, arrays)


def read_base(record: Record) -> Base:
    """Read the record that tells what was being saved."""
    return _decode_base(record.value["base"], record)


def _encode_base(base: Base, arrays: list[Any]) -> dict[str, Any]:
    encoder = Encoder(Objects(Labels()), arrays)
    return {name: encoder.value(getattr(base, name)) for name in (*_NUMBERS, *_ROWS)}


def _decode_base(value: dict[str, Any], record: Record) -> Base:
    decoder = Decoder(Objects(Labels()), record.arrays)
    return Base(
        int(value["n_frames"]),
        int(value["n_instances"]),
        decoder.value(value["frames"]),
        decoder.value(value["instances"]),
        str(value["digest"]),
    )
