"""Heaps: the names of a group, and the values of varying length."""

from sleap.errors import FormatError
from sleap.hdf5.source import UNDEFINED, Fields, Source

_LAST = 1
"""Where the list of free places of a local heap ends."""


class LocalHeap:
    """The names of the links of one group of the old kind.

    Args:
        source: The file.
        address: Where the heap lies.

    Raises:
        FormatError: If it is damaged.
    """

    def __init__(self, source: Source, address: int) -> None:
        fields = Fields(source.take(address, 32, "the heap of a group"), "the heap of a group")
        fields.expect(b"HEAP")
        fields.take(4)
        size, free, place = (fields.number(8) for _ in range(3))
        self._data = source.take(place, size, "the names of a group")
        self._check_free(free)

    def text(self, offset: int) -> bytes:
        """Return the name that begins at an offset.

        Raises:
            FormatError: If there is none.
        """
        end = self._data.find(b"\0", offset)
        if offset >= len(self._data) or end < 0:
            raise FormatError("a name of a group lies outside of its heap.")
        return self._data[offset:end]

    def _check_free(self, place: int) -> None:
        seen: set[int] = set()
        while place not in (_LAST, UNDEFINED):
            if place in seen or place + 16 > len(self._data):
                raise FormatError("the free places of a group's heap lead in circles.")
            seen.add(place)
            following = int.from_bytes(self._data[place : place + 8], "little")
            size = int.from_bytes(self._data[place + 8 : place + 16], "little")
            if size < 16 or place + size > len(self._data):
                raise FormatError("a free place of a group's heap is damaged.")
            place = following


class GlobalHeap:
    """The values of varying length, in collections that are checked when they are first used.

    Args:
        source: The file.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._collections: dict[int, dict[int, int]] = {}

    def find(self, address: int, number: int) -> int:
        """Return the bytes of an object.

        Args:
            address: Where its collection lies.
            number: Its number there.

        Raises:
            FormatError: If the collection is damaged, or has no such object.
        """
        objects = self._collections.get(address)
        if objects is None:
            if len(self._collections) > 1000:
                self._collections.clear()
            objects = self._collections[address] = self._read(address)
        if number not in objects:
            raise FormatError(f"a value of varying length is not in the heap at byte {address}.")
        return objects[number]

    def _read(self, address: int) -> dict[int, int]:
        what = "the heap of values of varying length"
        fields = Fields(self._source.take(address, 16, what), what)
        fields.expect(b"GCOL")
        version, size = fields.number(1), (fields.take(3), fields.number(8))[1]
        if version != 1 or size < 4096:
            raise FormatError(f"{what} at byte {address} is damaged.")
        self._source.check(address, size, what)
        # Small collections are read at once; of large ones (images) only the heads of objects.
        whole = self._source.take(address, size, what) if size <= 1 << 14 else None
        objects: dict[int, int] = {}
        place = 16
        while place + 16 <= size:
            head = (
                whole[place : place + 16]
                if whole is not None
                else self._source.take(address + place, 16, what)
            )
            number = int.from_bytes(head[:2], "little")
            length = int.from_bytes(head[8:], "little")
            # The free place counts its own head, an object does not.
            step = length if number == 0 else 16 + -(-length // 8) * 8
            if step < 16 or place + step > size or number in objects:
                raise FormatError(f"{what} at byte {address} is damaged.")
            if number:
                objects[number] = length
            place += step
        return objects
