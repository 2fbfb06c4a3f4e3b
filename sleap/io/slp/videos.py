"""A video as an entry of a labels file, in each of the forms that programs have written.

The kind of a video was never written by name at first; it follows from the keys and the extension:

============ ==================================================================================
kind         keys of ``backend``
============ ==================================================================================
media file   filename, grayscale, bgr, dataset "", input_format ""
HDF5         filename, dataset, input_format, convert_range; in a package the filename is "."
numpy array  filename (``.npy``)
images       filename, filenames, height_, width_, channels_, grayscale
imgstore     filename, index_by_original
============ ==================================================================================

Newer files add ``type``, ``shape``, ``fps`` and ``has_embedded_images``, repeat the filename beside
``backend``, and hold the video that images were taken from as ``source_video``; ours also hold
``recording`` (see ``sleap.io.slp.recording``). All keys are kept in ``Video.metadata`` and written
back.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from sleap.core.video import Shape, Video
from sleap.errors import FormatError
from sleap.io.slp import hdf5, recording, spec
from sleap.io.slp.recording import SEARCH
from sleap.video.locate import FOUND

Json = dict[str, Any]

ENTRY = "entry"
"""Key of ``Video.metadata`` for what stands beside ``backend`` in the file."""

_NOT_OF_BACKEND = frozenset({ENTRY, SEARCH, FOUND, recording.KEY})
"""Keys of ``Video.metadata`` for what is no part of ``backend``."""

_HDF5_SUFFIXES = (".h5", ".hdf5", ".slp")


def decode(item: Any, path: Path, file: h5py.File | None = None, depth: int = 0) -> Video:
    """Read the entry of a video.

    The stored path is kept as it is; it is resolved when the video is opened.

    Args:
        item: The entry.
        path: The labels file.
        file: The same, open, to look for embedded images; None for the source of such a video.
        depth: How many videos have this one as their source.

    Raises:
        FormatError: If there is no filename in it.
    """
    if not isinstance(item, dict) or depth > hdf5.MAX_DEPTH:
        raise FormatError(f"A video should be described by an object, and is {item!r:.60}.")
    given = item.get("backend")
    backend: Json = given if isinstance(given, dict) else {}
    entry = {
        key: value
        for key, value in item.items()
        if key not in ("backend", "filename", "source_video", recording.KEY) and value is not None
    }
    source = item.get("source_video")
    facts = recording.read(item)
    places = {recording.KEY: facts.places} if facts.places else {}
    video = Video(
        _filename(item, backend, path),
        shape=_shape(backend) or facts.shape,
        grayscale=_as_bool(backend.get("grayscale")),
        dataset=backend.get("dataset") or None,
        input_format=backend.get("input_format") or None,
        source=decode(source, path, depth=depth + 1) if isinstance(source, dict) else None,
        fingerprint=facts.fingerprint,
        metadata={**backend, **({ENTRY: entry} if entry else {}), **places},
    )
    video.is_embedded = isinstance(video.filename, str) and spec.is_image_dataset(video.dataset)
    if file is not None and video.is_embedded and video.filename == str(path):
        _describe_images(video, file, path, depth)
    return video


def encode(video: Video, *, dataset: str | None = None, folder: Path | None = None) -> Json:
    """Write the entry of a video.

    Nothing is decoded, and no disk is asked but, where labels move to another folder, that of the
    old labels file.

    Args:
        video: The video.
        dataset: The dataset of its images if they lie in the labels file that is written;
            None to refer to the file that it names.
        folder: Folder of the labels file that is written; without it, no path relative to it is
            noted.
    """
    backend = {key: value for key, value in video.metadata.items() if key not in _NOT_OF_BACKEND}
    is_new = not backend
    has_shape = is_new or "shape" in backend or "height_" in backend or dataset is not None
    folder = None if folder is None else folder.absolute()
    facts = recording.write(video, folder, has_shape=has_shape)
    if not isinstance(video.filename, str):
        backend |= _image_keys(video, is_new)
    elif dataset is not None or _is_hdf5(video):
        backend.setdefault("convert_range", False)
        backend["dataset"] = dataset or video.dataset or ""
        backend["input_format"] = video.input_format or backend.get("input_format") or ""
        if video.is_embedded:
            backend["has_embedded_images"] = True
    elif is_new and not video.filename.lower().endswith(".npy"):
        backend |= {"grayscale": None, "bgr": True, "dataset": "", "input_format": ""}
    if isinstance(video.filename, str):
        backend["filename"] = spec.THIS_FILE if dataset is not None else _stored_name(video)
    if video.grayscale is not None or "grayscale" in backend:
        backend["grayscale"] = video.grayscale
    if video.shape is not None and (is_new or "shape" in backend):
        backend["shape"] = list(video.shape)
    item = {**video.metadata.get(ENTRY, {}), "backend": backend}
    if facts and dataset is None:
        item[recording.KEY] = facts
    if video.source is not None:
        item["source_video"] = encode(video.source, folder=folder)
    return item


def search_folders(video: Video) -> list[Path]:
    """Return the folders in which the file of a video may lie: that of its labels file first."""
    return [Path(folder) for folder in video.metadata.get(SEARCH, ())]


def remember_search(video: Video, folders: Sequence[Path]) -> None:
    """Note where the file of a video, and of its sources, may be searched."""
    video.metadata[SEARCH] = [str(folder) for folder in folders]
    if video.source is not None:
        remember_search(video.source, folders)


def _filename(item: Json, backend: Json, path: Path) -> str | list[str]:
    images = backend.get("filenames") or item.get("filename")
    if isinstance(images, list) and images:
        return [str(name) for name in images]
    name = backend.get("filename") or item.get("filename")
    if isinstance(name, list):
        return [str(one) for one in name]
    if not isinstance(name, str):
        raise FormatError(f"A video has no filename: {item!r:.200}.")
    return str(path) if name == spec.THIS_FILE else name


def _stored_name(video: Video) -> str:
    """Name the file; one that holds images is named by its full path, as it may lie anywhere."""
    name = str(video.filename)
    return Path(name).absolute().as_posix() if video.is_embedded else name


def _shape(backend: Json) -> Shape | None:
    shape = backend.get("shape")
    if not isinstance(shape, list) or len(shape) != 4:
        images = backend.get("filenames")
        sizes = [backend.get(f"{name}_") for name in ("height", "width", "channels")]
        shape = [len(images) if isinstance(images, list) else 0, *sizes]
    if not all(isinstance(size, int) and size >= 0 for size in shape) or not any(shape):
        return None
    frames, height, width, channels = shape
    return frames, height, width, channels


def _describe_images(video: Video, file: h5py.File, path: Path, depth: int) -> None:
    """Add what the group of embedded images says: numbers of frames, shape, source."""
    group_name = str(video.dataset).rpartition("/")[0]
    group = hdf5.find_group(file, group_name)
    images = hdf5.find_dataset(group, spec.IMAGES) if group is not None else None
    if group is None or images is None:
        raise FormatError(f"Its video '{video.dataset}' is not in the file.")
    n_rows = images.shape[0] if images.ndim else 0
    numbers = hdf5.find_dataset(group, spec.FRAME_NUMBERS)
    video.frame_numbers = np.arange(n_rows) if numbers is None else numbers[()].astype(np.int64)
    if spec.is_placeholder(images):
        n_rows, video.frame_numbers = 0, np.empty(0, np.int64)
    if len(video.frame_numbers) != n_rows:
        raise FormatError(
            f"'{group_name}' holds {n_rows} images and {len(video.frame_numbers)} frame numbers."
        )
    if "height" in images.attrs and "width" in images.attrs:
        sizes = [int(images.attrs[name]) for name in ("height", "width")]
        video.shape = (n_rows, sizes[0], sizes[1], int(images.attrs.get("channels", 1)))
    elif images.ndim == 4:
        frames, height, width, channels = images.shape
        video.shape = (int(frames), int(height), int(width), int(channels))
    source = hdf5.find_group(group, spec.SOURCE_VIDEO)
    if video.source is None and source is not None and "json" in source.attrs:
        item = hdf5.parse_json(source.attrs["json"], f"{group_name}/{spec.SOURCE_VIDEO}")
        video.source = decode(item, path, depth=depth + 1)
    if not n_rows and video.source is not None and video.source.shape is not None:
        video.shape = (0, *video.source.shape[1:])


def _image_keys(video: Video, is_new: bool) -> Json:
    names = list(video.filename)
    keys: Json = {"filename": names[0] if names else "", "filenames": names}
    if video.shape is not None and is_new:
        keys |= dict(zip(("height_", "width_", "channels_"), video.shape[1:], strict=True))
    return keys


def _is_hdf5(video: Video) -> bool:
    name = str(video.filename).lower()
    return video.is_embedded or bool(video.dataset) or name.endswith(_HDF5_SUFFIXES)


def _as_bool(value: Any) -> bool | None:
    return None if value is None else bool(value)
