"""A recording as files: a video, the truth about it, and labels as a person would set them."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sleap.core.labels import Labels
from sleap.core.tables import FRAMES, INSTANCES, POINTS, PRED_POINTS, USER
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.errors import FileError, OptionError
from sleap.io.files import save_file
from sleap.progress import SILENT, Progress
from sleap.samples.recording import Recording
from sleap.video.writer import VideoWriter

IntArray = npt.NDArray[np.int64]


def labels(
    recording: Recording,
    video: Video,
    frame_indices: Sequence[int] | IntArray | None = None,
    *,
    with_tracks: bool = True,
    covered: str = "keep",
) -> Labels:
    """Label frames of a recording with the truth.

    Args:
        recording: The recording.
        video: What the labels say they belong to.
        frame_indices: Which frames; None for all.
        with_tracks: Whether instances have tracks, one per animal.
        covered: What becomes of nodes under another animal: "keep" labels them all the same,
            "hide" marks them as not visible, "drop" leaves them out. Nodes outside of the
            picture are always left out.

    Returns:
        Labels with user instances; an instance without any node left is left out.
    """
    if covered not in ("keep", "hide", "drop"):
        raise OptionError(f"covered is '{covered}': expected keep, hide or drop.")
    chosen = np.arange(len(recording)) if frame_indices is None else np.asarray(frame_indices)
    places = recording.points[chosen]
    n_frames, n_animals, n_nodes, _ = places.shape
    height, width = recording.size
    inside = ((places > -0.5) & (places < np.array([width, height]) - 0.5)).all(axis=-1)
    shown = inside if covered == "keep" else inside & recording.visible[chosen]
    kept = inside if covered != "drop" else shown
    there = kept.any(axis=-1)  # (n_frames, n_animals)
    points = np.zeros((n_frames, n_animals, n_nodes), POINTS)
    points["x"] = np.where(kept, places[..., 0], np.nan)
    points["y"] = np.where(kept, places[..., 1], np.nan)
    points["visible"], points["complete"] = shown, kept
    rows = points[there].reshape(-1)
    owners, animals = np.nonzero(there)
    instances = np.zeros(len(owners), INSTANCES)
    instances["instance_id"] = np.arange(len(owners))
    instances["instance_type"] = USER
    instances["frame_id"] = owners
    instances["track"] = animals if with_tracks else -1
    instances["from_predicted"] = -1
    instances["score"], instances["tracking_score"] = 0.0, np.nan
    instances["point_id_start"] = np.arange(len(owners)) * n_nodes
    instances["point_id_end"] = instances["point_id_start"] + n_nodes
    ends = np.cumsum(there.sum(axis=1))
    frames = np.zeros(n_frames, FRAMES)
    frames["frame_id"], frames["frame_idx"] = np.arange(n_frames), chosen
    frames["instance_id_start"], frames["instance_id_end"] = ends - there.sum(axis=1), ends
    tracks = [Track(f"animal_{k}") for k in range(n_animals)] if with_tracks else []
    return Labels.from_tables(
        frames=frames,
        instances=instances,
        points=rows,
        pred_points=np.zeros(0, PRED_POINTS),
        videos=[video],
        skeletons=[recording.skeleton],
        tracks=tracks,
        provenance={"recording": _describe(recording)},
    )


def write(
    recording: Recording,
    folder: str | Path,
    *,
    n_labeled: int = 40,
    choice: str = "even",
    fps: float = 30.0,
    progress: Progress = SILENT,
) -> dict[str, Path]:
    """Write a recording as files.

    Args:
        recording: The recording.
        folder: Where to; made if missing.
        n_labeled: How many frames are labeled in ``labels.slp``.
        choice: "even" spreads them over the recording, "random" draws them (by its seed).
        fps: Frames per second of the video.
        progress: Told how far the work is.

    Returns:
        The files: "video" (``video.mp4``), "truth" (``truth.slp``, all frames, with tracks) and
        "labels" (``labels.slp``, the chosen frames, with tracks).

    Raises:
        OptionError: If ``choice`` is neither.
        FileError: If the folder cannot be written.
    """
    folder = Path(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(
            f"Cannot make the folder '{folder}': {error.strerror}. Choose another place."
        ) from error
    files = {"video": folder / "video.mp4"}
    files |= {name: folder / f"{name}.slp" for name in ("truth", "labels")}
    progress.begin("Painting", len(recording))
    with VideoWriter(files["video"], fps, quality=92) as writer:
        for index in range(len(recording)):
            progress.check()
            writer.write(recording.frame(index))
            progress.advance()
    progress.end()
    height, width = recording.size
    shape = (len(recording), height, width, recording.channels)
    chosen = choose_frames(recording, n_labeled, choice)
    for name, indices in (("truth", None), ("labels", chosen)):
        video = Video(str(files["video"]), shape=shape, grayscale=recording.channels == 1)
        save_file(labels(recording, video, indices), files[name])
    return files


def choose_frames(recording: Recording, n: int, choice: str = "even") -> IntArray:
    """Choose frames to label; ascending, at most as many as there are.

    Raises:
        OptionError: If ``choice`` is neither "even" nor "random".
    """
    if choice not in ("even", "random"):
        raise OptionError(f"choice is '{choice}': expected even or random.")
    n = min(n, len(recording))
    if choice == "even":
        return np.unique(np.rint(np.linspace(0, len(recording) - 1, n)).astype(np.int64))
    rng = np.random.default_rng((recording.seed, 8))
    return np.sort(rng.choice(len(recording), n, replace=False).astype(np.int64))


def _describe(recording: Recording) -> str:
    """Say what a recording is, in one line."""
    height, width = recording.size
    return (
        f"synthetic {recording.body} x {recording.n_animals}, {len(recording)} frames of "
        f"{width} x {height}, seed {recording.seed}"
    )
