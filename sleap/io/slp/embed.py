"""Training packages: labels files that hold the images of their frames.

For each video with chosen frames there is a group ``video{i}``: ``video``, one encoded image file
for each row (int8 vectors of varying length) or raw pixels, ``frame_numbers``, the index of each
row in the recording, and ``source_video``, the recording itself.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import h5py
import numpy as np

from sleap.core.labels import Labels
from sleap.core.tables import USER, IntArray
from sleap.core.video import Video
from sleap.errors import LabelsError, OptionError
from sleap.io.atomic import replacing
from sleap.io.slp import spec, videos
from sleap.io.slp.images import ENCODINGS, Encoding, write_images
from sleap.io.slp.sink import created
from sleap.io.slp.write import all_videos, write_labels, write_source
from sleap.progress import SILENT, Progress

Frames = Literal["user", "user+suggested", "user+suggested+predicted"]

FRAMES: tuple[Frames, ...] = ("user", "user+suggested", "user+suggested+predicted")


def write_package(
    labels: Labels,
    path: str | Path,
    frames: Frames = "user",
    encoding: Encoding = "png",
    quality: int = 95,
    progress: Progress | None = None,
) -> None:
    """Write a training package: the chosen frames, all that is labeled on them, and their images.

    Frames that are not chosen are left out, so that every frame of the package has its image.
    Skeletons, tracks and suggestions are kept. Images keep the index that they have in the
    recording; a package made of a package names the first recording as its source, and images
    that are stored in the wanted encoding already are copied as they are. Memory does not grow
    with the number of frames.

    Args:
        labels: The labels; they stay as they are.
        path: The package, by custom ``*.pkg.slp``; an old file is replaced whole or not at all.
        frames: "user" for the frames with user instances, "user+suggested", or also the frames
            with predictions.
        encoding: "png" (exact), "jpg" (smaller), or "raw" (exact, quick to read, large).
        quality: Of JPEG images, 1 to 100.
        progress: Told of each image; may cancel.

    Raises:
        LabelsError: If there is no such frame.
        VideoError: If a video is missing or a frame cannot be read.
        FileError: If the file cannot be written.
        OptionError: If ``frames`` or ``encoding`` is none of these.
        CancelledError: If the user stopped it.
    """
    _check_options(frames, encoding)
    progress = progress or SILENT
    listed = all_videos(labels)
    chosen, indices = _choose(labels, listed, frames)
    n_images = sum(len(rows) for rows in indices)
    if not n_images:
        raise LabelsError(
            f"There is nothing to put into '{path}': no frame is chosen by '{frames}'. "
            "Label some frames, or choose more with " + " or ".join(FRAMES[1:]) + "."
        )
    progress.begin("Embedding images", n_images)

    def advance() -> None:
        sink.check()
        progress.check()
        progress.advance()

    with replacing(path) as temporary, created(temporary) as (file, sink):
        entries = []
        for number, (video, rows) in enumerate(zip(listed, indices, strict=True)):
            if len(rows):
                group = file.create_group(spec.image_group(number))
                write_images(video, rows, group, encoding, quality, advance)
                embedded = _describe(video, rows, group, path)
                write_source(group, embedded)
                dataset = f"{group.name.strip('/')}/{spec.IMAGES}"
                entries.append(videos.encode(embedded, dataset=dataset))
            else:
                # Without an image there is nothing to embed: the recording is named as it was.
                entries.append(videos.encode(_recording(video)))
        write_labels(file, chosen, entries)
    progress.end()


def _check_options(frames: str, encoding: str) -> None:
    for value, known, what in ((frames, FRAMES, "frames"), (encoding, ENCODINGS, "encoding")):
        if value not in known:
            raise OptionError(f"Unknown {what} '{value}'. Choose one of: {', '.join(known)}.")


def _choose(
    labels: Labels, listed: Sequence[Video], frames: Frames
) -> tuple[Labels, list[IntArray]]:
    """Return labels of the chosen frames only, and the frame indices to embed by video."""
    chosen = labels.copy()
    table, instances = chosen.to_tables()[:2]
    owners = instances["frame_id"].astype(np.int64)
    if frames != "user+suggested+predicted":
        owners = owners[instances["instance_type"] == USER]
    is_chosen = np.zeros(len(table), bool)
    is_chosen[owners] = True
    suggested: dict[int, set[int]] = {number: set() for number in range(len(listed))}
    if frames != "user":
        numbers = {id(video): number for number, video in enumerate(listed)}
        for suggestion in labels.suggestions:
            suggested[numbers[id(suggestion.video)]].add(int(suggestion.frame_idx))
    indices: list[IntArray] = []
    for number in range(len(listed)):
        in_video = table["video"] == number
        also = np.fromiter(suggested[number], np.int64, len(suggested[number]))
        is_chosen |= in_video & np.isin(table["frame_idx"], also)
        labeled = table["frame_idx"][in_video & is_chosen].astype(np.int64)
        indices.append(np.union1d(labeled, also))
    chosen.store.remove_frames(np.flatnonzero(~is_chosen))
    return chosen, indices


def _describe(video: Video, indices: IntArray, group: h5py.Group, path: str | Path) -> Video:
    """Describe the images just written, as a video of the package."""
    attrs = group[spec.IMAGES].attrs
    height, width, channels = (int(attrs[name]) for name in ("height", "width", "channels"))
    kept = {key: value for key, value in video.metadata.items() if key in ("fps",)}
    return Video(
        str(path),
        shape=(len(indices), height, width, channels),
        grayscale=channels == 1 if video.grayscale is None else video.grayscale,
        dataset=f"{group.name.strip('/')}/{spec.IMAGES}",
        input_format="channels_last",
        source=_recording(video),
        frame_numbers=indices,
        is_embedded=True,
        metadata={"type": "HDF5Video", "shape": None, "convert_range": False, **kept},
    )


def _recording(video: Video) -> Video:
    """Return what the images of an embedded video were taken from; any other video as it is."""
    return (video.source or video) if video.is_embedded else video
