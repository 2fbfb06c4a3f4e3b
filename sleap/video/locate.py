r"""Where a video lies now, from the paths that a project says.

Labels travel between machines and systems, so a stored path may be of another system
(``C:\data\a.mp4``, ``\\server\share\a.mp4``), absolute on another machine, or relative to the
labels file. A video is looked for in this order:

1. relative to the project: a relative stored path, and the relative path noted at the last save,
   from the folder of the labels file;
2. as stored: an absolute path, and the absolute path noted at the last save;
3. beside the project: the tails of the stored path (``a/b/c.mp4``, ``b/c.mp4``, ``c.mp4``) in the
   folder of the labels file and the other folders to search;
4. with a remembered prefix (see ``sleap.video.prefixes``) in the place of the stored one;
5. in the working directory: the stored path if it is relative, and its tails;
6. all these again, in other case or other Unicode characters (see ``sleap.video.spelling``).

The first file found is taken; but if the size of the recording is known by its fingerprint, a file
of that size is preferred to one of another.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from sleap.core.video import Video
from sleap.errors import VideoError
from sleap.video import fingerprint
from sleap.video.places import Clues, Place, places
from sleap.video.prefixes import Prefix
from sleap.video.spelling import Listings

RECORDING = "recording"
"""Key of ``Video.metadata`` for the ``relative`` and ``absolute`` path noted at the last save; of
the folder that all have in common for a sequence of images."""

FOUND = "found"
"""Key of ``Video.metadata`` for (``filename``, where that was found); never written to a file."""

MANY = 8
"""Of more images in one folder, the folder is listed, instead of asking for each."""


@frozen
class Found:
    """Where a video lies, and by what rule it was found.

    Attributes:
        location: The path; for a sequence of images, the list of their paths.
        rule: The rule, in words; of the first image for a sequence.
    """

    location: Path | list[Path]
    rule: str


def find_video(video: Video, search: Sequence[Path] = ()) -> Path | list[Path] | None:
    """Find the file or files of a video, in the order told above.

    Args:
        video: The video; its ``filename`` may be a list. The folders in its ``metadata["search"]``
            (that of the labels file it was read from) are looked in after ``search``.
        search: Folders to look in, best first.

    Returns:
        The path, or the list of paths for a sequence of images; None if any was not found.
    """
    found = search_video(video, search)
    return None if found is None else found.location


def search_video(
    video: Video,
    search: Sequence[Path] = (),
    *,
    known: Sequence[Prefix] | None = None,
    listings: Listings | None = None,
) -> Found | None:
    """Find a video, and tell by what rule; see ``find_video``.

    Args:
        video: The video.
        search: Folders to look in.
        known: Prefixes to try; None for the remembered ones.
        listings: Folders that were listed already, for a search for many videos.
    """
    listings = Listings() if listings is None else listings
    clues = _clues(video, search, listings, known=known)
    if isinstance(video.filename, str):
        place = _find(clues)
        return None if place is None else Found(place.path, place.rule)
    images = _find_images(video, clues)
    found = [place for place in images if place is not None]
    if not found or len(found) < len(images):
        return None
    return Found([place.path for place in found], found[0].rule)


def find_file(filename: str, search: Sequence[Path] = ()) -> Path | None:
    """Find one file or folder; see ``find_video``."""
    place = _find(Clues(filename, tuple(search)))
    return None if place is None else place.path


def missing(video: Video, search: Sequence[Path] = ()) -> VideoError:
    """Build the error that says that a video was not found, where it was looked for, what to do."""
    clues = _clues(video, search, Listings())
    names, lost = [str(video.filename)], [0]
    if not isinstance(video.filename, str):
        names = video.filename
        found = _find_images(video, clues)
        lost = [number for number, place in enumerate(found) if place is None]
        if not lost:
            return VideoError("Cannot open a video of no files: its list of images is empty.")
        clues = _image_clues(video, lost[0], common_folder(names), clues)
    looked = [str(place.path) for place in places(clues)]
    shown = looked if len(looked) <= 6 else [*looked[:3], "...", *looked[-2:]]
    more = f" (and {len(lost) - 1} more of {len(names)} images)" if len(lost) > 1 else ""
    return VideoError(
        f"Cannot open video '{names[lost[0]]}'{more}: no such file. Looked at {', '.join(shown)}. "
        "Put the video beside the labels file, or say where it lies now: File › Find Missing "
        "Videos… in the labeling program, or `sleap-convert --video-prefix OLD=NEW`."
    )


def head(video: Video) -> str:
    """Return the stored path of a video; for a sequence of images, of the folder they share."""
    return video.filename if isinstance(video.filename, str) else common_folder(video.filename)


def head_place(video: Video, location: Path | Sequence[Path]) -> Path | None:
    """Tell where the ``head`` of a video lies, from where the video was found.

    Returns:
        The absolute path; None for a sequence of images that lie otherwise than their paths say.
    """
    if isinstance(location, Path):
        return location.absolute()
    if isinstance(video.filename, str) or not (common := common_folder(video.filename)):
        return None
    below = Path(video.filename[0][len(common) :].replace("\\", "/").lstrip("/")).parts
    first = location[0].absolute()
    return first.parents[len(below) - 1] if first.parts[-len(below) :] == below else None


def common_folder(filenames: Sequence[str]) -> str:
    """Return the folder that many paths have in common, as the first writes it; "" if none."""
    folders = {name[: max(name.rfind("/"), name.rfind("\\"), 0)] for name in filenames}
    if not folders or "" in folders:
        return ""
    split = [re.split(r"([\\/])", folder) for folder in folders]
    shortest = min(split, key=len)
    n_same = next(
        (i for i, part in enumerate(shortest) if any(parts[i] != part for parts in split)),
        len(shortest),
    )
    return "".join(shortest[:n_same]).rstrip("\\/")


def _all_folders(video: Video, search: Sequence[Path]) -> tuple[Path, ...]:
    return (*search, *map(Path, video.metadata.get("search", ())))


def _clues(video: Video, search: Sequence[Path], listings: Listings, **given: Any) -> Clues:
    """Gather what is known of the file of a video."""
    noted = video.metadata.get(RECORDING) or {}
    return Clues(
        str(video.filename),
        _all_folders(video, search),
        noted.get("relative") or "",
        noted.get("absolute") or "",
        size=fingerprint.size_of(video.fingerprint) if video.dataset is None else None,
        listings=listings,
        **given,
    )


def _image_clues(video: Video, number: int, common: str, clues: Clues) -> Clues:
    """Gather what is known of one image of a sequence, from what is known of the sequence."""
    name = video.filename[number]
    below = name[len(common) :].replace("\\", "/").lstrip("/")
    relative, absolute = (hint and f"{hint}/{below}" for hint in (clues.relative, clues.absolute))
    return evolve(clues, filename=name, relative=relative, absolute=absolute, size=None)


def _find(clues: Clues) -> Place | None:
    first = None
    for place in _existing(clues):
        if clues.size is None or _size(place.path) == clues.size:
            return place
        first = first or place
    return first


def _existing(clues: Clues) -> Iterator[Place]:
    is_found = False
    for place in places(clues):
        if _exists(place.path):
            is_found = True
            yield place
    if is_found:
        return
    for place in places(clues):
        path = clues.listings.respell(place.path.absolute())
        if path is not None:
            yield Place(path, f"{place.rule}, spelled otherwise")


def _find_images(video: Video, clues: Clues) -> list[Place | None]:
    """Find the images of a sequence, folder by folder; None for what is not found.

    Where one image of a folder was found, the others are expected in the same folder. An image that
    is not there is searched for by itself; when that fails, the rest of its folder counts as lost.
    """
    groups: dict[str, list[int]] = {}
    bases = []
    for number, name in enumerate(video.filename):
        folder, _, base = name.replace("\\", "/").rpartition("/")
        groups.setdefault(folder, []).append(number)
        bases.append(base)
    has_hints = bool(clues.relative or clues.absolute)
    common = common_folder(video.filename) if has_hints else ""
    found: list[Place | None] = [None] * len(bases)
    for numbers in groups.values():
        folders: dict[Path, str] = {}
        is_lost = False
        for number in numbers:
            place = _among(folders, bases[number], clues.listings, is_many=len(numbers) > MANY)
            if place is None and not is_lost:
                place = _find(_image_clues(video, number, common, clues))
                is_lost = place is None
                if place is not None:
                    folders.setdefault(place.path.parent, place.rule)
            found[number] = place
    return found


def _among(
    folders: dict[Path, str], base: str, listings: Listings, *, is_many: bool
) -> Place | None:
    """Find an image in the folders where others of its sequence were found."""
    for folder, rule in folders.items():
        name = listings.find(folder, base) if is_many else base
        if name is not None and (is_many or _exists(folder / name)):
            return Place(folder / name, rule)
    return None


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name too long, or of characters that this system refuses
        return False
