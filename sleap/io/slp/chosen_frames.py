"""Which frames of labels go into a training package, and the labels of these alone."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
from attrs import frozen

from sleap.core.arrays import choose_instances, frames_of
from sleap.core.extract import extract
from sleap.core.labels import Labels
from sleap.core.tables import USER, BoolArray, IntArray
from sleap.core.video import Video
from sleap.errors import VideoError
from sleap.io.slp import videos
from sleap.io.slp.origin import Origin

Frames = Literal["user", "user+suggested", "user+suggested+predicted"]

FRAMES: tuple[Frames, ...] = ("user", "user+suggested", "user+suggested+predicted")


@frozen
class LeftOut:
    """Frames of one video that were chosen and are not in the package.

    Args:
        video: Name of the video.
        n_labeled: Labeled frames left out.
        n_suggested: Suggested frames without labels whose image is missing; the suggestions
            themselves are kept.
    """

    video: str
    n_labeled: int
    n_suggested: int

    def __str__(self) -> str:
        """Say what is missing of which video."""
        parts = [f"{self.n_labeled} labeled frames"] * bool(self.n_labeled)
        parts += [f"the images of {self.n_suggested} suggested frames"] * bool(self.n_suggested)
        return f"{' and '.join(parts)} of '{self.video}', as their images are missing"


class ChosenFrames:
    """The frames of labels that are chosen, labeled or only suggested.

    Args:
        labels: The labels; they stay as they are.
        listed: Their videos, and behind them those that only suggestions name.
        frames: Which to choose.

    Attributes:
        indices: For each of the listed videos, (n,) ascending frame indices to embed.
    """

    def __init__(self, labels: Labels, listed: Sequence[Video], frames: Frames) -> None:
        self._labels = labels
        store = labels.store
        self._rows = store.live_frames
        self._videos = store.frames.rows["video"][self._rows].astype(np.int64)
        self._frame_indices = store.frames.rows["frame_idx"][self._rows].astype(np.int64)
        kind = None if frames == "user+suggested+predicted" else USER
        has = np.zeros(len(store.frames), bool)
        has[frames_of(store, choose_instances(store, kind=kind))] = True
        self._is_chosen = has[self._rows]
        self.indices: list[IntArray] = []
        suggested: dict[int, set[int]] = {number: set() for number in range(len(listed))}
        if frames != "user":
            numbers = {id(video): number for number, video in enumerate(listed)}
            for suggestion in labels.suggestions:
                suggested[numbers[id(suggestion.video)]].add(int(suggestion.frame_idx))
        for number in range(len(listed)):
            also = np.fromiter(suggested[number], np.int64, len(suggested[number]))
            self._is_chosen |= self._are(number, also)
            self.indices.append(np.union1d(self._labeled(number), also))

    def leave_out_missing(self, origins: Sequence[Origin], skip_missing: bool) -> list[LeftOut]:
        """Take out the frames whose images are nowhere; say which.

        Args:
            origins: Where the images of each listed video are.
            skip_missing: Whether labeled frames may be left out.

        Raises:
            VideoError: If one of them is labeled, and this is not allowed.
        """
        left_out = []
        for number, origin in enumerate(origins):
            has = origin.has(self.indices[number])
            if has.all():
                continue
            missing = self.indices[number][~has]
            labeled = np.intersect1d(missing, self._labeled(number))
            if len(labeled) and not skip_missing:
                raise VideoError(_missing_images(origin, labeled))
            self.indices[number] = self.indices[number][has]
            self._is_chosen &= ~self._are(number, missing)
            n_suggested = len(missing) - len(labeled)
            left_out.append(LeftOut(origin.video.name, len(labeled), n_suggested))
        return left_out

    def labels(self) -> Labels:
        """Return labels of the chosen frames only; all videos, tracks and skeletons are kept."""
        labels, store = self._labels, self._labels.store
        part = extract(store, self._rows[self._is_chosen], np.arange(len(labels.videos)))
        for name, used, listed in (
            ("track", part.tracks, labels.tracks),
            ("skeleton", part.skeletons, labels.skeletons),
        ):
            old = np.array([store.find_in(listed, one) for one in used] + [-1], np.int64)
            part.instances[name] = old[part.instances[name].astype(np.int64)]
        return Labels.from_tables(
            frames=part.frames,
            instances=part.instances,
            points=part.points,
            pred_points=part.pred_points,
            videos=labels.videos,
            skeletons=labels.skeletons,
            tracks=labels.tracks,
            suggestions=labels.suggestions,
            provenance=labels.provenance,
            negative_anchors=labels.negative_anchors,
            metadata=labels.metadata,
        )

    def _are(self, number: int, frame_indices: IntArray) -> BoolArray:
        """Return (n_rows,) bool: which labeled frames are these of a video."""
        are: BoolArray = (self._videos == number) & np.isin(self._frame_indices, frame_indices)
        return are

    def _labeled(self, number: int) -> IntArray:
        """Return the indices of the chosen frames of a video that are labeled."""
        labeled: IntArray = self._frame_indices[(self._videos == number) & self._is_chosen]
        return labeled


def _missing_images(origin: Origin, labeled: IntArray) -> str:
    from sleap.video.locate import missing

    skip = "To go on without its frames, allow missing videos (--skip-missing)."
    if origin.is_missing:
        return f"{missing(origin.video, videos.search_folders(origin.video))} {skip}"
    some = ", ".join(map(str, labeled[:5])) + (", ..." if len(labeled) > 5 else "")
    source = origin.video.source
    named = f"'{source.name}', which is missing" if source is not None else "a recording not named"
    return (
        f"'{origin.package}' has no image of {len(labeled)} labeled frames ({some}); they are in "
        f"{named}. Put the recording beside the labels file. {skip}"
    )
