"""Embedded images of a damaged package: those that are whole."""

import struct
import zlib
from typing import Any

import h5py
import numpy as np
from attrs import frozen

from sleap.core.tables import IntArray
from sleap.io.slp import fragments, spec
from sleap.io.slp.pieces import Pieces

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"

_VECTOR = h5py.vlen_dtype(np.dtype(np.int8))


@frozen(eq=False)
class RescuedImages:
    """The images of one video.

    Args:
        pieces: Where they are read.
        dataset: The damaged dataset.
        attrs: Its attributes.
        rows: (n,) rows of whole images.
        numbers: (n,) their indices in the recording.
        n_lost: How many are lost.
        source: The entry of the recording, if it is known.
    """

    pieces: Pieces
    dataset: h5py.Dataset
    attrs: dict[str, Any]
    rows: IntArray
    numbers: IntArray
    n_lost: int
    source: Any

    def __len__(self) -> int:
        """Count the images."""
        return len(self.rows)

    def write(self, group: h5py.Group) -> None:
        """Write them into a group of a new file, one at a time."""
        group.create_dataset(spec.FRAME_NUMBERS, data=self.numbers)
        shape = self.dataset.shape
        if len(shape) == 4:
            images = group.create_dataset(
                spec.IMAGES,
                (len(self), *shape[1:]),
                self.dataset.dtype,
                chunks=(1, *shape[1:]),
                compression="gzip",
                compression_opts=1,
            )
        else:
            images = group.create_dataset(spec.IMAGES, (len(self),), dtype=_VECTOR)
        for place, row in enumerate(self.rows.tolist()):
            images[place] = self.dataset[row]
        for key, value in self.attrs.items():
            images.attrs[key] = value


def rescue(pieces: Pieces, name: str, frame_idx: IntArray) -> RescuedImages | None:
    """Find the whole images of a video.

    Args:
        pieces: The damaged file.
        name: The dataset of the images.
        frame_idx: Ascending indices of the labeled frames of the video, for a package that lost
            its own list and has one image for each.

    Returns:
        The images; None if there are none or it is not known of which frames they are.
    """
    dataset = pieces.find(name)
    group_name = name.strip("/").rpartition("/")[0]
    group = pieces.find(group_name)
    if not isinstance(dataset, h5py.Dataset) or not isinstance(group, h5py.Group):
        return None
    shape = pieces.try_piece(f"the shape of '{name}'", lambda: dataset.shape)
    if not shape or len(shape) not in (1, 2, 4):
        return None
    # An image takes some bytes in the file: absurd numbers are damage.
    n = min(shape[0], pieces.damaged.size // 16)
    numbers, is_known = _read_numbers(pieces, f"{group_name}/{spec.FRAME_NUMBERS}", n)
    if not is_known.any() and len(frame_idx) == n:
        numbers, is_known = frame_idx, np.ones(n, bool)

    def is_row_whole(row: int) -> bool:
        return pieces.try_piece(f"image {row} of '{name}'", lambda: is_whole(dataset[row])) is True

    rows = [row for row in range(n) if is_known[row] and is_row_whole(row)]
    attrs = {}
    for key in pieces.try_piece(f"the attributes of '{name}'", lambda: list(dataset.attrs)) or ():
        value = pieces.read_attribute(dataset, key)
        if value is not None:
            attrs[key] = value
    return RescuedImages(
        pieces=pieces,
        dataset=dataset,
        attrs=attrs,
        rows=np.array(rows, np.int64),
        numbers=numbers[rows],
        n_lost=n - len(rows),
        source=_read_source(pieces, f"{group_name}/{spec.SOURCE_VIDEO}"),
    )


def is_whole(image: Any) -> bool:
    """Tell whether an image is complete: a PNG with all its checksums, a JPEG with its end.

    Args:
        image: (n,) bytes of a file, zeros behind it allowed; or (height, width, channels) pixels.
    """
    if image.ndim == 3:
        return True
    data = np.ascontiguousarray(image).view(np.uint8).tobytes().rstrip(b"\0")
    if data.startswith(JPEG):
        return data.endswith(b"\xff\xd9")
    if not data.startswith(PNG):
        return False
    place = len(PNG)
    while place + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, place)
        body = data[place + 4 : place + 8 + length]
        checksum = data[place + 8 + length : place + 12 + length]
        if checksum != struct.pack(">I", zlib.crc32(body)):
            return False
        if body[:4] == b"IEND":
            return True
        place += 12 + length
    return False


def _read_numbers(pieces: Pieces, name: str, n: int) -> tuple[IntArray, Any]:
    dataset = pieces.find(name)
    part = pieces.read_rows(dataset) if isinstance(dataset, h5py.Dataset) else None
    numbers, is_known = np.zeros(n, np.int64), np.zeros(n, bool)
    if part is not None and part.rows.ndim == 1 and part.rows.dtype.kind in "iu":
        length = min(n, len(part.rows))
        numbers[:length] = part.rows[:length]
        is_known[:length] = part.is_there[:length] & (numbers[:length] >= 0)
    return numbers, is_known


def _read_source(pieces: Pieces, name: str) -> Any:
    group = pieces.find(name)
    text = None if group is None else pieces.read_attribute(group, "json")
    return fragments.parse_item(text)
