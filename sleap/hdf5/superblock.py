"""The beginning of a file: where its root group lies."""

from attrs import frozen

from sleap.errors import FormatError
from sleap.hdf5.group import Limits
from sleap.hdf5.source import SIGNATURE, UNDEFINED, Fields, Source

MAX_BLOCK = 1 << 26
"""Bytes of a foreign block before the file, at most."""


@frozen
class Superblock:
    """What the beginning says.

    Args:
        root: Address of the root group.
        limits: How large the nodes of the old trees are.
        extension: Address of an object with further facts, or ``UNDEFINED``.
        cached: Where the tree and the heap of the root group lie, if that is said here.
    """

    root: int
    limits: Limits
    extension: int = UNDEFINED
    cached: tuple[int, int] | None = None


def read_superblock(source: Source) -> Superblock:
    """Find and read the beginning; from then on the source counts as the file does.

    Raises:
        FormatError: If there is none, or it is of a kind that is not read here.
    """
    place = _find(source)
    fields = Fields(
        source.take(place, min(112, source.size - place), "its beginning"), "its beginning"
    )
    fields.take(8)
    version = fields.number(1)
    if version in (0, 1):
        block, base = _read_old(fields, version)
    elif version in (2, 3):
        block, base = _read_new(fields)
    else:
        raise FormatError(f"it is HDF5 of a version that is not known ({version}).")
    if base not in (0, place):
        raise FormatError("its beginning is damaged.")
    # The library counts from where the signature is, whatever the block says.
    source.begin_at(place)
    return block


def _find(source: Source) -> int:
    place = 0
    while place + 48 <= source.size and place <= MAX_BLOCK:
        if source.take(place, 8, "its beginning") == SIGNATURE:
            return place
        place = max(512, 2 * place)
    raise FormatError("it is not an HDF5 file.")


def _read_old(fields: Fields, version: int) -> tuple[Superblock, int]:
    fields.take(4)
    sizes = fields.number(1), fields.number(1)
    fields.take(1)
    leaf, group = fields.number(2), fields.number(2)
    fields.take(4)
    chunks = fields.number(2) if version == 1 else 32
    fields.take(2 if version == 1 else 0)
    base, _, _, driver = (fields.number(8) for _ in range(4))
    if sizes != (8, 8) or driver != UNDEFINED:
        raise FormatError("it counts or is split in a way that is not read here.")
    fields.take(8)
    root, kind = fields.number(8), fields.number(4)
    fields.take(4)
    cached = (fields.number(8), fields.number(8)) if kind == 1 else None
    if kind > 1:
        raise FormatError("its beginning is damaged.")
    limits = Limits(leaf, group, chunks)
    limits.check()
    return Superblock(root, limits, cached=cached), base


def _read_new(fields: Fields) -> tuple[Superblock, int]:
    sizes = fields.number(1), fields.number(1)
    fields.take(1)
    base, extension, _, root = (fields.number(8) for _ in range(4))
    if sizes != (8, 8):
        raise FormatError("it counts in a way that is not read here.")
    return Superblock(root, Limits(), extension), base
