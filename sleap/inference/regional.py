"""Frames of which only some regions are looked at: batches across frames, frames in order again."""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from attrs import define, field, frozen

from sleap.inference.batches import Frame, ImagePath, Placement
from sleap.inference.engine import UInt8Array

FloatArray = npt.NDArray[np.float64]

FRAMES_PER_REGION = 2
"""A batch is sent off incomplete after this many frames for each region it has room for."""


@define(eq=False)
class PendingFrame:
    """A frame, and what was found in its regions so far.

    Attributes:
        frame: The frame.
        n_waiting: Regions whose result is not there yet.
        found: Results, in the order in which the regions were finished.
    """

    frame: Frame
    n_waiting: int = 0
    found: list[Any] = field(factory=list)

    def add(self, result: Any) -> None:
        """Take the result of one region."""
        self.found.append(result)
        self.n_waiting -= 1


@frozen(eq=False)
class Region:
    """A square part of a frame.

    Attributes:
        owner: Its frame.
        centre: (2,), (x, y) in pixels of the frame.
        side: Pixels, of the frame or of the scaled frame as the predictor has it.
        score: Confidence that an animal is there.
    """

    owner: PendingFrame
    centre: FloatArray
    side: int
    score: float


@frozen(eq=False)
class Crops:
    """A batch of regions, ready for a network.

    Attributes:
        regions: The regions, of one side; none where frames without regions go by.
        images: (n, height, width, channels).
        placements: Where each image lies in its frame.
    """

    regions: list[Region]
    images: UInt8Array
    placements: list[Placement]


def pend(
    frame: Frame, centres: FloatArray, sides: Iterable[int], scores: FloatArray
) -> tuple[PendingFrame, list[Region]]:
    """Make the regions of a frame.

    Args:
        frame: The frame.
        centres: (n, 2), (x, y) in pixels of the frame.
        sides: n numbers.
        scores: (n,).
    """
    owner = PendingFrame(frame, len(centres))
    return owner, [
        Region(owner, centre, int(side), float(score))
        for centre, side, score in zip(centres, sides, scores, strict=True)
    ]


class RegionBatcher:
    """Collects regions of equal size across frames, and gives the frames back in order."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._frames: deque[PendingFrame] = deque()

    def batches(
        self, located: Iterable[tuple[PendingFrame, list[Region]]]
    ) -> Iterator[list[Region]]:
        """Yield batches of regions of one side; an empty one may come where frames have none."""
        waiting: dict[int, list[Region]] = {}
        n_frames = 0
        for owner, regions in located:
            self._frames.append(owner)
            n_frames += 1
            for region in regions:
                batch = waiting.setdefault(region.side, [])
                batch.append(region)
                if len(batch) == self._size:
                    yield waiting.pop(region.side)
            if n_frames >= FRAMES_PER_REGION * self._size:
                yield from waiting.values() if waiting else [[]]
                waiting, n_frames = {}, 0
        yield from waiting.values() if waiting else [[]]

    def finished(self) -> Iterator[PendingFrame]:
        """Yield the frames whose results are all there, in order."""
        while self._frames and self._frames[0].n_waiting == 0:
            yield self._frames.popleft()


def cut(regions: list[Region], path: ImagePath, side: int) -> Crops:
    """Make the network's input of a batch of regions.

    Args:
        regions: Regions of one side.
        path: What is done to frames.
        side: Side of the crops, pixels of the scaled frame.

    Returns:
        The crops; see ``ImagePath.crops``.
    """
    images: list[UInt8Array] = []
    placements: list[Placement] = []
    start = 0
    for stop in range(1, len(regions) + 1):
        if stop == len(regions) or regions[stop].owner is not regions[start].owner:
            centres = np.array([region.centre for region in regions[start:stop]])
            crops, places = path.crops(regions[start].owner.frame.image, centres, side)
            images.append(crops)
            placements += places
            start = stop
    if not images:
        return Crops([], np.zeros((0, side, side, path.channels), dtype=np.uint8), [])
    return Crops(regions, np.concatenate(images), placements)
