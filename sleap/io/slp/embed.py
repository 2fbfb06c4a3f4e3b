"""Training packages: labels files that hold the images of their frames.

For each video there is a group ``video{i}``: ``video``, one encoded image file for each row (int8
vectors of varying length) or raw pixels, ``frame_numbers``, the index of each row in the recording,
and ``source_video``, the recording itself. The group of a video of which no frame is chosen holds
one image of one pixel and no frame number, so that videos keep their numbers.
"""

from collections.abc import Sequence
from pathlib import Path

import h5py
from attrs import frozen

from sleap.core.labels import Labels
from sleap.core.tables import IntArray
from sleap.core.video import Video
from sleap.errors import LabelsError, OptionError
from sleap.io.atomic import replacing
from sleap.io.slp import spec, videos
from sleap.io.slp.chosen_frames import FRAMES, ChosenFrames, Frames, LeftOut
from sleap.io.slp.images import ENCODINGS, Encoding, write_images, write_placeholder
from sleap.io.slp.origin import find_origin
from sleap.io.slp.sink import created
from sleap.io.slp.write import all_videos, write_labels, write_source
from sleap.progress import SILENT, Progress


@frozen
class PackageReport:
    """What went into a package.

    Args:
        n_images: Images embedded.
        n_copied: Of these, copied as they were in another package.
        n_videos: Videos that have images in it.
        left_out: What was chosen and had no image, by video.
    """

    n_images: int
    n_copied: int
    n_videos: int
    left_out: tuple[LeftOut, ...] = ()


def write_package(
    labels: Labels,
    path: str | Path,
    frames: Frames = "user",
    encoding: Encoding = "png",
    quality: int = 95,
    progress: Progress | None = None,
    *,
    skip_missing: bool = False,
) -> PackageReport:
    """Write a training package: the chosen frames, all that is labeled on them, and their images.

    Frames that are not chosen are left out, so that every frame of the package has its image.
    Videos, skeletons, tracks and suggestions are kept, and so are the numbers of the videos. Images
    keep the index that they have in the recording; a package made of a package names the first
    recording as its source, and images that are stored in the wanted encoding already are copied
    as they are. Memory does not grow with the number of frames.

    Args:
        labels: The labels; they stay as they are.
        path: The package, by custom ``*.pkg.slp``; an old file is replaced whole or not at all.
        frames: "user" for the frames with user instances, "user+suggested", or also the frames
            with predictions.
        encoding: "png" (exact), "jpg" (smaller), or "raw" (exact, quick to read, large).
        quality: Of JPEG images, 1 to 100.
        progress: Told of each image; may cancel.
        skip_missing: Whether to leave out the labeled frames of videos that are not found, in
            place of an error; the report says which.

    Returns:
        What is in the package, and what could not be.

    Raises:
        LabelsError: If there is no such frame.
        VideoError: If a video is missing or a frame cannot be read.
        FileError: If the file cannot be written.
        OptionError: If ``frames`` or ``encoding`` is none of these, or ``quality`` out of range.
        CancelledError: If the user stopped it.
    """
    _check_options(frames, encoding, quality)
    progress = progress or SILENT
    listed = all_videos(labels)
    choice = ChosenFrames(labels, listed, frames)
    origins = [find_origin(video) for video in listed]
    left_out = choice.leave_out_missing(origins, skip_missing)
    n_images = sum(len(rows) for rows in choice.indices)
    if not n_images:
        raise LabelsError(_nothing_to_embed(path, frames, left_out))
    progress.begin("Embedding images", n_images)

    def advance() -> None:
        sink.check()
        progress.check()
        progress.advance()

    n_copied = 0
    with replacing(path) as temporary, created(temporary) as (file, sink):
        entries = []
        for number, (origin, rows) in enumerate(zip(origins, choice.indices, strict=True)):
            group = file.create_group(spec.image_group(number))
            if len(rows):
                n_copied += write_images(origin, rows, group, encoding, quality, advance)
            else:
                write_placeholder(group)
            embedded = _describe(origin.video, rows, group, path)
            write_source(group, embedded, Path(path).parent)
            dataset = f"{group.name.strip('/')}/{spec.IMAGES}"
            entries.append(videos.encode(embedded, dataset=dataset, folder=Path(path).parent))
        write_labels(file, choice.labels(), entries)
    progress.end()
    n_videos = sum(len(rows) > 0 for rows in choice.indices)
    return PackageReport(n_images, n_copied, n_videos, tuple(left_out))


def _check_options(frames: str, encoding: str, quality: int) -> None:
    for value, known, what in ((frames, FRAMES, "frames"), (encoding, ENCODINGS, "encoding")):
        if value not in known:
            raise OptionError(f"Unknown {what} '{value}'. Choose one of: {', '.join(known)}.")
    if not 1 <= quality <= 100:
        raise OptionError(f"The quality of JPEG images is {quality}; expected 1 to 100.")


def _nothing_to_embed(path: str | Path, frames: str, left_out: Sequence[LeftOut]) -> str:
    if left_out:
        lost = "; ".join(map(str, left_out))
        return f"There is nothing to put into '{path}': no image was found. Left out: {lost}."
    return (
        f"There is nothing to put into '{path}': no frame is chosen by '{frames}'. "
        "Label some frames, or choose more with " + " or ".join(FRAMES[1:]) + "."
    )


def _describe(video: Video, indices: IntArray, group: h5py.Group, path: str | Path) -> Video:
    """Describe the images just written, as a video of the package."""
    attrs = group[spec.IMAGES].attrs
    height, width, channels = (int(attrs[name]) for name in ("height", "width", "channels"))
    kept = {key: value for key, value in video.metadata.items() if key in ("fps",)}
    return Video(
        str(path),
        shape=(max(len(indices), 1), height, width, channels),
        grayscale=channels == 1 if video.grayscale is None and len(indices) else video.grayscale,
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
