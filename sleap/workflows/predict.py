"""Finding poses in videos with trained models, and following them: what ``sleap-track`` does.

Light until ``predict`` is called: the options import only attrs.
"""

import os
import platform
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import asdict, field, frozen

from sleap.errors import FileError, OptionError
from sleap.inference.options import InferenceOptions
from sleap.progress import SILENT, Progress
from sleap.tracking.options import TrackingOptions
from sleap.version import __version__

if TYPE_CHECKING:
    from sleap.core.poses import Poses
    from sleap.core.track import Track
    from sleap.inference.predictor import Predictor
    from sleap.io.slp.append import PredictionWriter
    from sleap.workflows.recordings import Recording

SUFFIXES = (".h5", ".hdf5", ".slp")


def _as_texts(paths: Iterable[str | Path] | str | Path) -> list[str]:
    return [str(path) for path in ([paths] if isinstance(paths, str | Path) else paths)]


@frozen(kw_only=True)
class VideoOptions:
    """How an HDF5 video is read."""

    dataset: str = field(default="", metadata={"help": "Dataset of an HDF5 video"})
    input_format: str = field(
        default="",
        metadata={
            "help": "Order of the axes of an HDF5 video: (frames, height, width, channels), or "
            "(frames, channels, width, height); told from the shape if not given",
            "choices": ("", "channels_last", "channels_first"),
        },
    )


@frozen(kw_only=True)
class PredictOptions(InferenceOptions):
    """Options of ``sleap-track``.

    Raises:
        OptionError: If a value is out of its range.
    """

    data_path: Path = field(
        converter=Path,
        metadata={
            "help": "Video, HDF5 video, project or training package",
            "positional": True,
        },
    )
    models: list[str] = field(
        converter=_as_texts,
        metadata={
            "help": "Folder of a trained model, or its training_job.json; repeat it for each "
            "model, in any order",
            "flags": ("-m", "--model"),
        },
    )
    frames: str = field(
        default="",
        metadata={"help": "Frames to predict, such as 1,2,3 or 123-456 or 1-3,7; all if not given"},
    )
    output: str = field(
        default="",
        metadata={
            "help": "Labels file to write; {DATA_PATH}.predictions.h5 if not given",
            "flags": ("-o",),
        },
    )
    only_labeled_frames: bool = field(
        default=False,
        metadata={
            "help": "Of a project, predict only frames that were labeled by hand",
            "flags": ("--only-labeled-frames",),
        },
    )
    only_suggested_frames: bool = field(
        default=False,
        metadata={
            "help": "Of a project, predict only suggested frames",
            "flags": ("--only-suggested-frames",),
        },
    )
    video: VideoOptions = field(factory=VideoOptions, metadata={"prefix": "video."})
    tracking: TrackingOptions = field(factory=TrackingOptions, metadata={"prefix": "tracking."})

    @property
    def output_path(self) -> Path:
        """Where the predictions are written."""
        return Path(self.output or f"{self.data_path}.predictions.h5")


def predict(options: PredictOptions, progress: Progress = SILENT) -> Path:
    """Find the poses in the videos of a file, track them if asked to, and write them.

    What is found is written as the work goes on; memory does not grow with the video. Frames on
    which nothing is found are left out. What can be wrong with the input is found out before the
    networks are loaded.

    Args:
        options: What to do.
        progress: Told how far it is.

    Returns:
        The labels file that was written.

    Raises:
        SleapError: If a model, the video, the frames or the output cannot be used.
        CancelledError: If the user stopped it; ``{output}.partial`` holds what was found.
    """
    from sleap.inference.loading import choose_predictor, load_models
    from sleap.inference.model_set import combine
    from sleap.workflows.recordings import Wanted, find_recordings

    started = datetime.now()
    check_output(options.output_path, options.data_path)
    models = load_models(options.models)
    combine(models)
    wanted = Wanted(
        frames=options.frames,
        only_labeled=options.only_labeled_frames,
        only_suggested=options.only_suggested_frames,
        dataset=options.video.dataset,
        input_format=options.video.input_format,
    )
    recordings = find_recordings(options.data_path, wanted)
    predictor = choose_predictor(models, options, progress)
    run = _Run(
        options, predictor, describe_run(options, predictor.mode, started), started, progress
    )
    try:
        if len(recordings) == 1:
            run.write(recordings[0], options.output_path)
        else:
            run.write_all(recordings, options.output_path)
    finally:
        predictor.close()
    return options.output_path


def check_output(path: Path, source: Path) -> None:
    """Refuse an output that cannot be written, before anything is computed.

    Raises:
        OptionError: If the name has another suffix, or is that of the input.
        FileError: If it is a folder, or lies in a folder that is missing or cannot be written to.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise OptionError(
            f"Cannot write predictions to '{path}': expected a name that ends in "
            f"{' or '.join(SUFFIXES)}."
        )
    if path.exists() and source.exists() and path.samefile(source):
        raise OptionError(f"The output '{path}' is the input itself. Choose another name with -o.")
    folder = path.parent
    if path.is_dir():
        raise FileError(f"Cannot write '{path}': it is a folder. Give a file name with -o.")
    if not folder.is_dir():
        raise FileError(
            f"Cannot write '{path}': the folder '{folder}' does not exist. Create it, or choose "
            f"another with -o."
        )
    if not os.access(folder, os.W_OK):
        raise FileError(
            f"Cannot write '{path}': the folder '{folder}' cannot be written to. Choose another "
            f"with -o."
        )


def describe_run(options: PredictOptions, mode: str, started: datetime) -> dict[str, Any]:
    """Say how predictions came about, for the file's provenance."""
    return {
        "model_paths": [str(Path(model).absolute()) for model in options.models],
        "predictor": mode,
        "sleap_version": __version__,
        "platform": platform.platform(),
        "command": " ".join(sys.argv),
        "data_path": str(options.data_path),
        "output_path": str(options.output_path),
        "start_timestamp": str(started),
        "args": asdict(options, value_serializer=_as_plain),
    }


def _as_plain(instance: object, attribute: object, value: Any) -> Any:
    """Turn what JSON does not know into text."""
    return str(value) if isinstance(value, Path) else value


@frozen(eq=False)
class _Run:
    """One prediction under way."""

    options: PredictOptions
    predictor: "Predictor"
    provenance: dict[str, Any]
    started: datetime
    progress: Progress
    names: set[str] = field(factory=set)
    """Names of the tracks of the videos so far."""

    def write(self, recording: "Recording", path: Path) -> None:
        """Find the poses of one video, and write them to a file of their own as they come."""
        from sleap.io.slp.append import PredictionWriter

        with PredictionWriter(
            path,
            video=recording.video,
            skeleton=self.predictor.skeleton,
            provenance=self.provenance,
        ) as writer:
            self._stream(recording, writer)
            writer.provenance.update(self._end())

    def write_all(self, recordings: "list[Recording]", path: Path) -> None:
        """Find the poses of several videos, each into a file of its own, then join the files."""
        from sleap.core.labels import Labels
        from sleap.io.files import load_file, save_file

        parts = [
            path.with_name(f"{path.stem}.video{i}{path.suffix}") for i in range(len(recordings))
        ]
        for recording, part in zip(recordings, parts, strict=True):
            self.write(recording, part)
        skeleton = self.predictor.skeleton
        joined = Labels(
            videos=[recording.video for recording in recordings],
            skeletons=[skeleton],
            provenance=self.provenance | self._end(),
        )
        for recording, part in zip(recordings, parts, strict=True):
            labels = load_file(part)
            joined.tracks.extend(labels.tracks)
            joined.add_poses(
                recording.video, labels.poses(labels.videos[0]), skeleton, labels.tracks
            )
        save_file(joined, path)
        for part in parts:
            part.unlink()

    def _end(self) -> dict[str, Any]:
        finished = datetime.now()
        return {
            "finish_timestamp": str(finished),
            "total_elapsed": (finished - self.started).total_seconds(),
        }

    def _stream(self, recording: "Recording", writer: "PredictionWriter") -> None:
        """Send the poses of a video to a writer."""
        n_frames = len(recording.frames)
        self.progress.begin(f"Predicting {recording.name}", n_frames)
        with recording.open() as reader:
            found = self.predictor.stream(reader, recording.frames, self.progress)
            with closing(found):
                for poses in self._tracked(found, writer.tracks):
                    writer.write(poses)
        writer.flush()
        self.progress.end()
        timings = self.predictor.timings
        self.progress.say(
            f"{recording.name}: {n_frames} frames in {timings.total:.1f} s "
            f"({timings.frames_per_second:.1f} frames/s; {timings.network_share:.0%} of the time "
            f"in the network); animals on {writer.n_frames} of them."
        )

    def _tracked(
        self, found: "Iterator[tuple[Poses, Any]]", tracks: "list[Track]"
    ) -> "Iterator[Poses]":
        """Follow animals through the frames of one video; leave out frames without any.

        Args:
            found: The poses of each frame, with its image.
            tracks: Gets the tracks of the video.
        """
        if not self.options.tracking.is_on:
            yield from (poses for poses, _ in found if len(poses))
            return
        from sleap.tracking.tracker import Tracker

        tracker = Tracker(
            self.options.tracking, self.predictor.skeleton, taken_names=frozenset(self.names)
        )
        for poses, image in found:
            if not len(poses):
                continue
            tracked = tracker.track(poses, image)
            tracks[:] = tracker.tracks
            if len(tracked):
                yield tracked
        self.names.update(track.name for track in tracks)
