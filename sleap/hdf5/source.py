"""The bytes of a file, taken in small pieces whose places are checked."""

from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from sleap.errors import FormatError

SIGNATURE = b"\x89HDF\r\n\x1a\n"

UNDEFINED = (1 << 64) - 1
"""An address that stands for "nowhere"."""


class Source:
    """Reads pieces of an HDF5 file by the addresses that the file uses.

    Used as a context manager. The work is bounded: taking more than a few times the size of the
    file means that the file leads in circles.

    Args:
        file: The file, or something open that seeks and reads as a binary file does.

    Attributes:
        size: Bytes behind the base address.

    Raises:
        OSError: If the file cannot be opened.
    """

    def __init__(self, file: str | Path | BinaryIO) -> None:
        self._file = self._open(Path(file)) if isinstance(file, str | Path) else file
        length = self._file.seek(0, 2)
        self._base = 0
        self.size = length
        self._left = (1 << 22) + 8 * length

    @staticmethod
    def _open(path: Path) -> BinaryIO:
        return path.open("rb", buffering=4096)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __del__(self) -> None:
        # As h5py closes its own handle of a file that nobody holds any more.
        if hasattr(self, "_file"):
            self.close()

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def begin_at(self, base: int) -> None:
        """Count addresses from here on: the file has a foreign block before it."""
        self._base += base
        self.size -= base

    def take(self, address: int, length: int, what: str) -> bytes:
        """Take some bytes.

        Args:
            address: Where.
            length: How many.
            what: What they are, for the message.

        Raises:
            FormatError: If they are not in the file.
        """
        if address < 0 or length < 0 or address + length > self.size:
            raise FormatError(f"{what} should lie at byte {address}, outside of the file.")
        self._left -= length + 16
        if self._left < 0:
            raise FormatError("its structure leads in circles.")
        self._file.seek(self._base + address)
        data = self._file.read(length)
        if len(data) != length:
            raise FormatError(f"{what} at byte {address} is incomplete.")
        return data

    def check(self, address: int, length: int, what: str) -> None:
        """Check that bytes are in the file, without reading them.

        Raises:
            FormatError: If they are not.
        """
        if address < 0 or length < 0 or address + length > self.size:
            raise FormatError(f"{what} should lie at byte {address}, outside of the file.")


class Fields:
    """Takes numbers and texts out of a piece, one after the other.

    Args:
        data: The piece.
        what: What it is, for messages.
    """

    def __init__(self, data: bytes, what: str) -> None:
        self.data = data
        self.place = 0
        self.what = what

    def take(self, length: int) -> bytes:
        """Take some bytes.

        Raises:
            FormatError: If there are not so many.
        """
        end = self.place + length
        if length < 0 or end > len(self.data):
            raise FormatError(f"{self.what} is too short.")
        taken = self.data[self.place : end]
        self.place = end
        return taken

    def number(self, length: int) -> int:
        """Take an unsigned little-endian number of some bytes.

        Raises:
            FormatError: If there are not so many.
        """
        return int.from_bytes(self.take(length), "little")

    def text(self, *, padded: bool = False) -> bytes:
        """Take a text that ends with a zero byte; padded to eight bytes if so.

        Raises:
            FormatError: If it does not end.
        """
        end = self.data.find(b"\0", self.place)
        if end < 0:
            raise FormatError(f"{self.what} holds a name without an end.")
        length = end + 1 - self.place
        return self.take(-(-length // 8) * 8 if padded else length).rstrip(b"\0")

    def expect(self, *signatures: bytes) -> None:
        """Check the four letters at the beginning.

        Raises:
            FormatError: If they are others.
        """
        found = self.take(4)
        if found not in signatures:
            raise FormatError(
                f"{self.what} begins with {found!r}, and should with {signatures[0]!r}."
            )

    @property
    def left(self) -> int:
        """Bytes not yet taken."""
        return len(self.data) - self.place
