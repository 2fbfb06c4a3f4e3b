"""Too many tracks mended with the number of animals: ``python -m sleap.info.trackcleaner``.

Light until ``clean_tracks`` is called: the options import only attrs.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from attrs import field, frozen

from sleap.errors import LabelsError, OptionError
from sleap.progress import SILENT, Progress
from sleap.version import __version__

if TYPE_CHECKING:
    from sleap.core.labels import Labels
    from sleap.core.tables import IntArray


@frozen(kw_only=True)
class CleanTracksOptions:
    """Options of ``python -m sleap.info.trackcleaner``.

    Raises:
        OptionError: If there are no animals.
    """

    data_path: Path = field(
        converter=Path, metadata={"help": "Labels file with tracks", "positional": True}
    )
    instance_count: int = field(
        default=2, metadata={"help": "How many animals there are", "flags": ("-c",)}
    )
    output: str = field(
        default="",
        metadata={
            "help": "Labels file to write; {stem}.cleaned.h5 beside the labels if not given, or"
            " {stem}.cleaned.json of .json",
            "flags": ("-o",),
        },
    )

    @instance_count.validator
    def _check_count(self, attribute: object, value: int) -> None:
        if value < 1:
            raise OptionError(f"instance_count is {value}; expected at least 1.")

    @property
    def output_path(self) -> Path:
        """Where the cleaned labels are written."""
        if self.output:
            return Path(self.output)
        path = self.data_path
        stem = path.stem.removesuffix(".json") if path.suffix == ".zip" else path.stem
        ending = ".json" if path.suffix == ".json" else ".h5"
        return path.with_name(f"{stem}.cleaned{ending}")


@frozen
class CleanTracksReport:
    """What was done.

    Args:
        path: The file written.
        n_tracks_before: Tracks that had an instance.
        n_tracks: Those that have one now.
        n_dropped: Predictions that were too many.
    """

    path: Path
    n_tracks_before: int
    n_tracks: int
    n_dropped: int


def clean_tracks(options: CleanTracksOptions, progress: Progress = SILENT) -> CleanTracksReport:
    """Clean the tracks of a file, and write the result.

    Args:
        options: What to do.
        progress: Told how far it is.

    Returns:
        Where the result lies, and what became of the tracks.

    Raises:
        SleapError: If a file cannot be read or written, or has no tracks.
    """
    from sleap.io.files import load_file, save_file
    from sleap.workflows.track_table import used_tracks

    labels = load_file(options.data_path)
    cleaned = clean_labels(labels, options.instance_count, progress)
    cleaned.provenance["track_cleaning"] = {
        "instance_count": options.instance_count,
        "data_path": str(options.data_path),
        "sleap_version": __version__,
    }
    save_file(cleaned, options.output_path)
    return CleanTracksReport(
        options.output_path,
        len(used_tracks(labels)),
        len(cleaned.tracks),
        len(labels.store.live_instances) - len(cleaned.store.live_instances),
    )


def clean_labels(labels: "Labels", count: int, progress: Progress = SILENT) -> "Labels":
    """Drop the worst predictions beyond a number a frame, and join tracks that break singly.

    Each video is cleaned by itself. Nothing that the user set is dropped. Tracks are listed by the
    frame of their first instance, then by name; those without instances are left out.

    Args:
        labels: What to clean; left as it is.
        count: How many animals there are.
        progress: Told how far it is.

    Returns:
        New labels; videos and skeletons are shared with the old ones.

    Raises:
        LabelsError: If no instance has a track.
    """
    import numpy as np

    from sleap.core.arrays import frame_indices_of
    from sleap.core.tables import USER
    from sleap.tracking.cleanup import clean
    from sleap.workflows.track_table import (
        follow_user_instances,
        keep_tracks,
        rows_in_time,
        used_tracks,
    )

    result = labels.copy()
    if not len(used_tracks(result)):
        raise LabelsError(
            "No instance has a track: there is nothing to clean. Tracks are made by"
            " python -m sleap.nn.tracking."
        )
    table = result.store.instances.writable
    dropped = [np.empty(0, np.int64)]
    progress.begin("Cleaning", len(result.videos))
    for video in result.videos:
        progress.check()
        rows = rows_in_time(result, video, "all")
        scores = np.where(table["instance_type"][rows] == USER, np.inf, table["score"][rows])
        frames = frame_indices_of(result.store, rows)
        kept, tracks = clean(frames, table["track"][rows], scores, count)
        table["track"][rows] = tracks
        dropped.append(rows[~kept])
        progress.advance()
    progress.end()
    follow_user_instances(result, "all")
    result.remove_instances(np.concatenate(dropped))
    return keep_tracks(result, _by_first_frame(result))


def _by_first_frame(labels: "Labels") -> "IntArray":
    """Return the numbers of the tracks that are used, by the frame of their first instance."""
    import numpy as np

    from sleap.core.arrays import frame_indices_of
    from sleap.workflows.track_table import used_tracks

    rows = labels.store.live_instances
    tracks = labels.store.instances.rows["track"][rows]
    first = np.full(len(labels.tracks), np.iinfo(np.int64).max)
    tracked = tracks >= 0
    np.minimum.at(first, tracks[tracked], frame_indices_of(labels.store, rows[tracked]))
    used = used_tracks(labels).tolist()
    used.sort(key=lambda number: (first[number], labels.tracks[number].name))
    return np.array(used, np.int64)
