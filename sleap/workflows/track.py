"""Following animals in predictions that exist already: ``python -m sleap.nn.tracking``.

Light until ``track`` is called: the options import only attrs.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import asdict, define, field, frozen

from sleap.errors import LabelsError, OptionError
from sleap.progress import SILENT, Progress
from sleap.tracking.options import TrackingOptions
from sleap.version import __version__

if TYPE_CHECKING:
    import numpy as np

    from sleap.core.labels import Labels
    from sleap.core.poses import Poses
    from sleap.core.tables import FloatArray, IntArray
    from sleap.core.track import Track
    from sleap.core.video import Video
    from sleap.tracking.tracker import Tracker

# The original named its output after the functions at work.
_CANDIDATES = {
    "simple": "SimpleCandidateMaker",
    "flow": "FlowCandidateMaker",
    "simplemaxtracks": "SimpleMaxTracksCandidateMaker",
    "flowmaxtracks": "FlowMaxTracksCandidateMaker",
}
_SIMILARITIES = {
    "instance": "instance_similarity",
    "centroid": "centroid_distance",
    "iou": "instance_iou",
    "normalized_instance": "normalized_instance_similarity",
    "object_keypoint": "object_keypoint_similarity",
}
_MATCHERS = {"greedy": "greedy_matching", "hungarian": "hungarian_matching"}


@frozen(kw_only=True)
class TrackOptions:
    """Options of ``python -m sleap.nn.tracking``.

    Raises:
        OptionError: If no tracker is chosen.
    """

    data_path: Path = field(
        converter=Path, metadata={"help": "Labels file with predictions", "positional": True}
    )
    output: str = field(
        default="",
        metadata={
            "help": "Labels file to write; {DATA_PATH}.{candidates}.{similarity}.{matching}.h5 if"
            " not given",
            "flags": ("-o",),
        },
    )
    user_instances: bool = field(
        default=False,
        metadata={
            "help": "Give new tracks to instances set by the user, too, in place of those they have"
        },
    )
    tracking: TrackingOptions = field(factory=TrackingOptions, metadata={"prefix": ""})

    @property
    def output_path(self) -> Path:
        """Where the tracked labels are written."""
        chosen = self.tracking
        candidates = _CANDIDATES.get(chosen.tracker, chosen.tracker)
        names = f"{candidates}.{_SIMILARITIES[chosen.similarity]}.{_MATCHERS[chosen.match]}"
        return Path(self.output or f"{self.data_path}.{names}.h5")


def track(options: TrackOptions, progress: Progress = SILENT) -> Path:
    """Give the predictions of a file new tracks, each video by itself, and write the result.

    Predictions lose the tracks they had; tracks that no instance has any more are left out. What
    the user set keeps its track unless ``user_instances`` is chosen.

    Args:
        options: What to do.
        progress: Told how far it is.

    Returns:
        The path of the written file.

    Raises:
        SleapError: If the file cannot be read or written, or has nothing to track.
    """
    if not options.tracking.is_on:
        raise OptionError("No tracker is chosen: add --tracker simple or --tracker flow.")
    from sleap.io.files import load_file, save_file

    labels = load_file(options.data_path)
    tracked = track_labels(
        labels,
        options.tracking,
        user_instances=options.user_instances,
        search=(options.data_path.parent,),
        progress=progress,
    )
    tracked.provenance["tracking"] = {
        **asdict(options.tracking),
        "data_path": str(options.data_path),
        "sleap_version": __version__,
    }
    save_file(tracked, options.output_path)
    return options.output_path


def track_labels(
    labels: "Labels",
    options: TrackingOptions,
    *,
    user_instances: bool = False,
    search: tuple[Path, ...] = (),
    progress: Progress = SILENT,
) -> "Labels":
    """Give predictions new tracks, each video by itself.

    Args:
        labels: What to track; left as it is.
        options: How to track.
        user_instances: Whether instances set by the user get new tracks, too.
        search: Folders in which to look for the videos, if images are needed.
        progress: Told how far it is.

    Returns:
        New labels; videos and skeletons are shared with the old ones.

    Raises:
        LabelsError: If there is nothing to track.
        VideoError: If images are needed and cannot be read.
    """
    import numpy as np

    from sleap.workflows.track_table import (
        follow_user_instances,
        keep_tracks,
        rows_in_time,
        used_tracks,
    )

    result = labels.copy()
    kind = "all" if user_instances else "predicted"
    rows = [rows_in_time(result, video, kind) for video in result.videos]
    if not any(len(part) for part in rows):
        hint = "" if user_instances else " To track what the user set, add --user_instances."
        raise LabelsError(f"The labels have no predicted instance to track.{hint}")
    table = result.store.instances.writable
    table["track"][np.concatenate(rows)] = -1
    table["tracking_score"][np.concatenate(rows)] = np.nan
    kept = [result.tracks[index] for index in used_tracks(result).tolist()]
    taken_names = {track.name for track in kept}

    dropped = []
    for video, part in zip(result.videos, rows, strict=True):
        found = _track_video(result, video, part, options, taken_names, search, progress)
        table["track"][part] = np.where(found.tracks < 0, -1, len(result.tracks) + found.tracks)
        table["tracking_score"][part] = found.scores
        dropped.append(part[~found.kept])
        result.tracks.extend(found.names)
        taken_names |= {track.name for track in found.names}
    follow_user_instances(result, kind)
    result.remove_instances(np.concatenate(dropped))
    return keep_tracks(result, used_tracks(result))


@define(eq=False)
class _Found:
    """What tracking one video gave; arrays by row of its instances."""

    tracks: "IntArray"
    scores: "FloatArray"
    kept: "np.ndarray[Any, np.dtype[np.bool_]]"
    names: "list[Track]"


def _read_poses(labels: "Labels", rows: "IntArray") -> "Iterator[tuple[Poses, slice]]":
    """Go through the poses of rows that are in order of time, frame by frame."""
    import numpy as np

    from sleap.core.arrays import frame_indices_of, gather_points
    from sleap.core.poses import Poses
    from sleap.core.tables import USER

    indices = frame_indices_of(labels.store, rows)
    starts = np.flatnonzero(np.r_[True, indices[1:] != indices[:-1]][: len(rows)])
    n_nodes = max((skeleton.n_nodes for skeleton in labels.skeletons), default=0)
    records = labels.store.instances.rows[rows]
    # What the user set is better than any prediction: culling never drops it first.
    is_user = records["instance_type"] == USER
    scores = np.where(is_user, np.inf, records["score"])
    for start, end in zip(starts.tolist(), [*starts[1:].tolist(), len(rows)], strict=True):
        place = slice(start, end)
        values = gather_points(labels.store, rows[place], n_nodes, 3)
        confidences = np.where(is_user[place, None], 1.0, values[:, :, 2])
        yield Poses(int(indices[start]), values[:, :, :2], confidences, scores[place]), place


def _track_video(
    labels: "Labels",
    video: "Video",
    rows: "IntArray",
    options: TrackingOptions,
    taken_names: set[str],
    search: tuple[Path, ...],
    progress: Progress,
) -> _Found:
    import numpy as np

    from sleap.core.arrays import frame_indices_of
    from sleap.tracking.tracker import Tracker
    from sleap.video.opening import open_video

    n = len(rows)
    found = _Found(np.full(n, -1), np.full(n, np.nan), np.zeros(n, bool), [])
    if n == 0:
        return found
    size = (video.height, video.width) if video.height and video.width else None
    with ExitStack() as stack:
        needs_size = options.similarity == "normalized_instance" and size is None
        reader = None
        if options.uses_flow or needs_size:
            reader = stack.enter_context(open_video(video, search=search))
            size = reader.shape[1:3]
        tracker = Tracker(options, labels.skeleton, frame_size=size, taken_names=taken_names)
        indices = np.unique(frame_indices_of(labels.store, rows)).tolist()
        images: Iterator[Any] | None = None
        if tracker.needs_image and reader is not None:
            images = reader.iterate(indices)
        progress.begin(f"Tracking {video.name}", len(indices))
        for poses, place in _read_poses(labels, rows):
            progress.check()
            image = None if images is None else next(images)[1]
            _note(found, place, tracker, tracker.track(poses, image))
            progress.advance(1, tracks=len(tracker.tracks))
        progress.end()
    found.names = tracker.tracks
    return found


def _note(found: _Found, place: slice, tracker: "Tracker", poses: "Poses") -> None:
    rows = place.start + tracker.kept
    found.tracks[rows] = poses.tracks
    found.scores[rows] = poses.tracking_scores
    found.kept[rows] = True
