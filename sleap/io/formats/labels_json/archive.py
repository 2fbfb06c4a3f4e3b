"""Labels in a zip: the JSON, and a folder of images for each video whose frames were stored.

The folders are imgstores, ``frame_data_vid0``, ``frame_data_vid1``, ...; they are read straight
from the zip (``sleap.video.readers.imgstore``), so nothing is ever unpacked and no name in it can
lead anywhere.
"""

import errno
import io
import json
import logging
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np

from sleap.core.labels import Labels
from sleap.core.video import Video
from sleap.errors import FormatError, VideoError
from sleap.io.atomic import replacing
from sleap.io.formats.labels_json import read as reader
from sleap.io.formats.labels_json import write as writer
from sleap.io.slp import videos
from sleap.io.slp.write import all_videos
from sleap.video.opening import open_video
from sleap.video.reader import Reader

SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")

FOLDER = "frame_data_vid{}"
METADATA = "metadata.yaml"

FREE_SIZE = 1 << 24
"""Bytes of JSON that are read without asking how many the zip stores."""

MAX_RATIO = 200
"""Bytes of JSON for each byte stored, at most; labels reach about 20."""

CHUNK = 1000
"""Images in one folder of an imgstore."""

logger = logging.getLogger(__name__)


def holds_labels(path: Path) -> bool:
    """Tell whether a zip holds a JSON file."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _find_json(archive) is not None
    except (OSError, zipfile.BadZipFile, ValueError, RuntimeError):
        return False


def read(path: Path, search: Sequence[Path] = ()) -> Labels:
    """Read labels from a zip.

    A video whose frames are stored in the zip becomes one that is read from it: the path of the
    zip and, as its dataset, the folder.

    Args:
        path: The zip.
        search: Folders in which videos may lie, to look in after that of the zip.

    Raises:
        FormatError: If it holds no labels, or is damaged.
    """
    with _damage_told(), zipfile.ZipFile(path) as archive:
        found = _find_json(archive)
        if found is None:
            raise FormatError("it is a zip without a JSON file of labels.")
        if found.file_size > max(FREE_SIZE, MAX_RATIO * found.compress_size):
            raise FormatError(
                f"'{found.filename}' claims {found.file_size} bytes, "
                f"and the zip stores {found.compress_size} of it."
            )
        folders = {
            name.rpartition("/")[0] for name in archive.namelist() if name.endswith(f"/{METADATA}")
        }
        with archive.open(found) as file:
            return reader.read(file, path, search, lambda item: _decode_video(item, path, folders))


def write(labels: Labels, path: Path, *, embed: bool = False) -> None:
    """Write labels to a zip, replacing an old one whole or not at all.

    Images that lie in a zip already come along.

    Args:
        labels: What to write.
        path: Where; an old file is replaced.
        embed: Whether to store the images of the labeled frames of the other videos, too.

    Raises:
        FileError: If the file cannot be written.
        FormatError: If images to bring along cannot be read.
        VideoError: If a video to store images of cannot be read.
    """
    listed = all_videos(labels)
    folders = _choose_folders(listed)
    with replacing(path) as temporary, zipfile.ZipFile(temporary, "w") as archive:
        entries = []
        for number, video in enumerate(listed):
            if is_zipped(video):
                _copy_images(video, archive, folders[number])
            elif embed and (frames := _labeled_frames(labels, video)):
                _store_images(video, frames, archive, folders[number])
            else:
                entries.append(videos.encode(video))
                continue
            entries.append(_entry(video, folders[number]))
        name = re.sub(r"(\.json)?\.zip$", "", path.name, flags=re.IGNORECASE) + ".json"
        info = zipfile.ZipInfo(name, datetime.now(UTC).timetuple()[:6])
        info.compress_type = zipfile.ZIP_DEFLATED
        with archive.open(info, "w", force_zip64=True) as file:
            writer.write(labels, file, entries)


def is_zipped(video: Video) -> bool:
    """Tell whether the images of a video lie in a zip."""
    name = video.filename
    return isinstance(name, str) and name.lower().endswith(".zip") and bool(video.dataset)


def _find_json(archive: zipfile.ZipFile) -> zipfile.ZipInfo | None:
    """Find the labels: the JSON file nearest to the top, outside of the folders of images."""
    found = [
        info
        for info in archive.infolist()
        if info.filename.lower().endswith(".json")
        and "frame_data_vid" not in info.filename
        and not info.filename.startswith("__MACOSX/")
    ]
    return min(found, key=lambda info: info.filename.count("/"), default=None)


def _decode_video(item: Any, path: Path, folders: set[str]) -> Video:
    video = videos.decode(item, path)
    if isinstance(video.filename, str):
        name = video.filename.replace("\\", "/").removeprefix("./").rstrip("/")
        folder = name.removesuffix(f"/{METADATA}")
        # Some entries name the folder by where it once lay.
        base = folder.rsplit("/", 1)[-1]
        inside = folder if folder in folders else base if base in folders else None
        if inside is not None:
            video.filename, video.dataset = str(path), inside
            video.metadata.pop("filename", None)
    return video


def _choose_folders(listed: Sequence[Video]) -> list[str]:
    """Choose the names of the folders; images that lie in a zip keep theirs where it is free."""
    names = [FOLDER.format(number) for number in range(len(listed))]
    kept = [str(video.dataset).strip("/") if is_zipped(video) else "" for video in listed]
    if len(set(filter(None, kept))) == len(list(filter(None, kept))):
        others = [name for name, own in zip(names, kept, strict=True) if not own]
        if not set(others) & set(kept):
            return [own or name for name, own in zip(names, kept, strict=True)]
    return names


def _entry(video: Video, folder: str) -> dict[str, Any]:
    by_number = video.metadata.get("index_by_original", True)
    backend = {"filename": f"{folder}/{METADATA}", "index_by_original": by_number}
    if video.grayscale is not None:
        backend["grayscale"] = video.grayscale
    return {"backend": backend}


def _labeled_frames(labels: Labels, video: Video) -> list[int]:
    return sorted({frame.frame_idx for frame in labels if frame.video is video and len(frame)})


def _copy_images(video: Video, archive: zipfile.ZipFile, folder: str) -> None:
    """Copy the images of a video, as they are, from the zip that holds them."""
    prefix = str(video.dataset).strip("/") + "/"
    with _damage_told(), zipfile.ZipFile(str(video.filename)) as source:
        for info in source.infolist():
            rest = info.filename.removeprefix(prefix)
            if not info.filename.startswith(prefix) or not _is_plain(rest):
                continue
            with (
                source.open(info) as old,
                archive.open(_new_member(f"{folder}/{rest}"), "w") as new,
            ):
                shutil.copyfileobj(old, new)


def _is_plain(name: str) -> bool:
    return bool(re.fullmatch(r"(\d{6}/)?[\w.-]+", name)) and ".." not in name


def _new_member(name: str) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(name, datetime.now(UTC).timetuple()[:6])


def _store_images(
    video: Video, frames: Sequence[int], archive: zipfile.ZipFile, folder: str
) -> None:
    from sleap.video.encode import encode_image

    with open_video(video, search=videos.search_folders(video)) as pixels:
        known = set(pixels.frame_indices.tolist())
        there = [frame for frame in frames if frame in known]
        if len(there) < len(frames):
            logger.warning(
                "%d of %d labeled frames are not in '%s'.",
                len(frames) - len(there),
                len(frames),
                video.name,
            )
        if not there:
            raise VideoError(f"'{video.name}' has none of the {len(frames)} labeled frames.")
        for place, (_, image) in enumerate(pixels.iterate(there)):
            # Red and blue exchanged, as this format has always held them.
            data = encode_image(image[:, :, ::-1], "png")
            name = f"{folder}/{place // CHUNK:06d}/{place % CHUNK:06d}.png"
            archive.writestr(_new_member(name), data)
        for chunk in range(0, len(there), CHUNK):
            index = io.BytesIO()
            numbers = np.array(there[chunk : chunk + CHUNK], np.int64)
            np.savez(index, frame_number=numbers, frame_time=numbers.astype(np.float64))
            name = f"{folder}/{chunk // CHUNK:06d}/index.npz"
            archive.writestr(_new_member(name), index.getvalue())
        archive.writestr(_new_member(f"{folder}/{METADATA}"), _store_metadata(pixels))


def _store_metadata(pixels: Reader) -> str:
    """Describe the store in YAML, of which JSON is a part."""
    _, height, width, channels = pixels.shape
    return json.dumps(
        {
            "__store": {
                "chunksize": CHUNK,
                "class": "DirectoryImgStore",
                "created_utc": datetime.now(UTC).replace(tzinfo=None).isoformat(),
                "encoding": None,
                "extension": ".png",
                "format": "png",
                "imgdtype": "uint8",
                "imgshape": [height, width] if channels == 1 else [height, width, channels],
                "timezone_local": "UTC",
                "uuid": uuid4().hex,
                "version": 2,
            }
        },
        indent=1,
    )


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise FormatError(f"the zip is damaged ({error}).") from error
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
        raise FormatError("the zip is damaged: a part lies outside of it.") from error
    except RuntimeError as error:
        if isinstance(error, RecursionError):
            raise
        raise FormatError(f"the zip cannot be read ({error}).") from error
