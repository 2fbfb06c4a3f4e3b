"""h5py's file, group and dataset, which check an object before it is opened or read."""

import math
from typing import Any

import h5py
import numpy as np
from h5py import h5f

from sleap.errors import FormatError
from sleap.hdf5.structure import Dataset, Structure
from sleap.hdf5.values import check_values

MAX_DEPTH = 8
"""Links followed, at most."""


class CheckedGroup(h5py.Group):  # type: ignore[misc]  # h5py has no types
    """A group of a checked file.

    Args:
        id: As the library names it.
        structure: The file.
        address: Where it lies.
    """

    def __init__(self, id: Any, structure: Structure, address: int) -> None:
        super().__init__(id)
        self._structure = structure
        self._address = address

    @property
    def file(self) -> "CheckedFile":
        """The file."""
        return CheckedFile(h5py.h5i.get_file_id(self.id), self._structure)

    def find_address(self, name: str, depth: int = 0) -> int | None:
        """Return where a member lies; None if there is none.

        Args:
            name: Its name, or several with ``/`` between.
            depth: How many links led here.

        Raises:
            FormatError: If a link leads out of the file, or in circles.
        """
        structure = self._structure
        return _find_address(
            structure, structure.root if name[:1] == "/" else self._address, name, depth
        )

    def __getitem__(self, name: Any) -> Any:
        """Open a member, by its name or by a reference.

        Raises:
            FormatError: If it is damaged, or its values lie in another file.
            KeyError: If there is none.
        """
        if isinstance(name, h5py.Reference):
            return wrap(super().__getitem__(name), self._structure)
        text = name.decode("utf-8", "surrogateescape") if isinstance(name, bytes) else str(name)
        address = self.find_address(text)
        if address is None:
            raise KeyError(f"there is no '{text[:200]}'")
        found = self._structure.find(address)
        return wrap(super().__getitem__(found.name), self._structure)


class CheckedFile(CheckedGroup, h5py.File):  # type: ignore[misc]  # h5py has no types
    """A checked file.

    Args:
        name: The file, or as the library names it when it is open.
        structure: Its structure; closed with the file if the file was opened here.
        options: Of ``h5py.File``.
    """

    def __init__(self, name: Any, structure: Structure, **options: Any) -> None:
        self._owns = not isinstance(name, h5f.FileID)
        if self._owns:
            h5py.File.__init__(self, name, "r", **options)
        else:
            h5py.File.__init__(self, name)
        self._structure = structure
        self._address = structure.root

    def list_datasets(self) -> list[tuple[str, tuple[int, ...] | None]]:
        """List the paths and shapes of all datasets that may be opened, in order of their paths."""
        return sorted(
            (found.name, found.dataset.shape)
            for found in self._structure.objects.values()
            if found.dataset is not None and not found.refused
        )

    def close(self) -> None:
        """Close the file."""
        super().close()
        if self._owns:
            self._structure.source.close()


class CheckedDataset(h5py.Dataset):  # type: ignore[misc]  # h5py has no types
    """A dataset of a checked file.

    Args:
        id: As the library names it.
        structure: The file.
        facts: What the file says of it.
    """

    def __init__(self, id: Any, structure: Structure, facts: Dataset) -> None:
        super().__init__(id)
        self._structure = structure
        self._facts = facts

    @property
    def file(self) -> CheckedFile:
        """The file."""
        return CheckedFile(h5py.h5i.get_file_id(self.id), self._structure)

    def __getitem__(self, args: Any, new_dtype: Any = None) -> Any:
        """Read values.

        Raises:
            FormatError: If they are damaged, or claim too much memory.
        """
        self._check(args)
        return super().__getitem__(args, new_dtype)

    def __array__(self, dtype: Any = None, copy: bool | None = True) -> Any:
        """Read all values.

        Raises:
            FormatError: If they are damaged, or claim too much memory.
        """
        self._check(())
        return super().__array__(dtype, copy)

    def read_direct(self, dest: Any, source_sel: Any = None, dest_sel: Any = None) -> None:
        """Read values into an array.

        Raises:
            FormatError: If they are damaged.
        """
        self._check(())
        super().read_direct(dest, source_sel, dest_sel)

    def _check(self, args: Any) -> None:
        start, stop, count = _select(args, self.shape or ())
        try:
            check_values(self._structure, self._facts, start, stop, count)
        except FormatError as error:
            raise FormatError(f"'{self.name}' cannot be read: {error}") from error


def wrap(opened: Any, structure: Structure) -> Any:
    """Make an object that the library opened a checked one.

    Raises:
        FormatError: If it is none of those that can be reached, or must not be opened.
    """
    address = h5py.h5o.get_info(opened.id).addr
    found = structure.find(address)
    if isinstance(opened, h5py.Dataset):
        if found.dataset is None:
            raise FormatError(f"'{found.name}' is no dataset.")
        return CheckedDataset(opened.id, structure, found.dataset)
    if isinstance(opened, h5py.Group):
        return CheckedGroup(opened.id, structure, address)
    return opened


def _find_address(structure: Structure, address: int, name: str, depth: int) -> int | None:
    here: int | None = address
    for part in name.strip("/").split("/"):
        if part in ("", "."):
            continue
        if here is None:
            return None
        links = structure.find(here).links
        if part not in links:
            return None
        target = links[part]
        here = target if target is not None else _follow(structure, here, part, depth)
    return here


def _follow(structure: Structure, address: int, name: str, depth: int) -> int | None:
    found = structure.find(address)
    target = found.targets.get(name)
    if target is None or depth >= MAX_DEPTH:
        raise FormatError(f"'{name[:200]}' is a link that leads out of the file or in circles.")
    start = structure.root if target.startswith("/") else address
    return _find_address(structure, start, target, depth + 1)


def _select(args: Any, shape: tuple[int, ...]) -> tuple[int, int, int]:
    """Return the rows that a selection begins with and ends before, and its elements at most."""
    parts = list(args) if isinstance(args, tuple) else [args]
    if Ellipsis in [part for part in parts if part is Ellipsis]:
        place = next(number for number, part in enumerate(parts) if part is Ellipsis)
        parts[place : place + 1] = [slice(None)] * (len(shape) - len(parts) + 1)
    ranges = []
    for part, length in zip(parts, shape, strict=False):
        if isinstance(part, int | np.integer) and not isinstance(part, bool):
            row = int(part) + (length if part < 0 else 0)
            ranges.append((row, row + 1))
        elif isinstance(part, slice) and (part.step is None or part.step > 0):
            start, stop, _ = part.indices(length)
            ranges.append((start, max(stop, start)))
        else:
            ranges.append((0, length))
    ranges += [(0, length) for length in shape[len(ranges) :]]
    count = math.prod(stop - start for start, stop in ranges)
    start, stop = ranges[0] if ranges else (0, 1)
    return start, stop, count
