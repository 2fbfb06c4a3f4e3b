"""Relinks the videos of labels; see ``sleap.workflows.relink``.

For each video these are tried in turn, and the first that holds the recording is taken: the file
given for it; the prefixes given; the prefixes learned from the files given for other videos; where
every video is looked for when it is opened (``sleap.video.locate``); the folders to search.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from attrs import define, field, frozen

from sleap.core.labels import Labels
from sleap.core.video import Video, basename
from sleap.errors import FileError, OptionError, did_you_mean
from sleap.video import prefixes
from sleap.video.folder_search import FolderSearch
from sleap.video.locate import FOUND, RECORDING, common_folder, head, head_place, search_video
from sleap.video.places import BESIDE, RELATIVE, STORED
from sleap.video.prefixes import Prefix
from sleap.video.spelling import Listings
from sleap.workflows.relink_options import Content, Relinked, RelinkOptions
from sleap.workflows.video_content import Check, compare

logger = logging.getLogger(__name__)

Location = Path | list[Path]


@frozen
class Candidate:
    """A place where a video may lie.

    Attributes:
        location: The path, or paths of images.
        rule: By what it was found.
        filename: What to store; None to leave the stored path as it is.
        prefix: The prefix that led there.
        needs_proof: Whether only equal content tells that it is this one: there are several.
    """

    location: Location
    rule: str
    filename: str | list[str] | None = None
    prefix: Prefix | None = None
    needs_proof: bool = False


@define
class Relinking:
    """One run over the videos of labels."""

    options: RelinkOptions
    folder: Path
    given: list[Prefix]
    learned: list[Prefix] = field(factory=list)
    worked: list[Prefix] = field(factory=list)
    listings: Listings = field(factory=Listings)
    search: FolderSearch = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.search = FolderSearch(self.options.folders)

    def relink(self, video: Video, file: Path | None) -> Relinked:
        """Find one video, and change its path if it is found by something new."""
        old = video.filename if isinstance(video.filename, str) else (video.filename or [""])[0]
        refused: tuple[Candidate, Check] | None = None
        for candidate in self._candidates(video, file):
            check = Check(Content.UNCHECKED)
            if self.options.must_exist:
                check = compare(video, candidate.location, is_asked=self.options.check)
            is_proven = check.content is Content.EQUAL or not candidate.needs_proof
            if is_proven and (check.is_accepted or self.options.force):
                self._accept(video, candidate, check, file)
                return _report(video, old, candidate, check)
            refused = refused or (candidate, check)
        if refused is not None:
            return _report(video, old, *refused, is_refused=True)
        reason = f"'{file}' is not there" if file else "it was found nowhere"
        return Relinked(
            video=video,
            old=old,
            new=None,
            rule="",
            content=Content.UNCHECKED,
            is_changed=False,
            reason=reason,
        )

    def _candidates(self, video: Video, file: Path | None) -> Iterator[Candidate]:
        if file is not None:
            yield from _at_file(video, file, self.listings)
            return
        for prefix in (*self.given, *self.learned):
            filename = _moved(video, prefix, self.folder)
            if filename is None:
                continue
            location = _as_location(filename)
            if not self.options.must_exist or _all_exist(location, self.listings):
                yield Candidate(location, f"the prefix {prefix}", filename, prefix)
        if not self.options.must_exist:
            return
        found = search_video(video, [self.folder], listings=self.listings)
        if found is not None:
            # What lies where it should, or beside the project, is found wherever both go.
            is_at_home = found.rule in (RELATIVE, STORED, BESIDE)
            yield Candidate(
                found.location, found.rule, None if is_at_home else _as_text(found.location)
            )
        if self.options.folders:
            yield from self._in_folders(video)

    def _in_folders(self, video: Video) -> Iterator[Candidate]:
        first = video.filename if isinstance(video.filename, str) else "".join(video.filename[:1])
        paths = self.search.find(first)
        for path in paths:
            location: Location = path
            if not isinstance(video.filename, str):
                location = _images_like(video, path)
                if not _all_exist(location, self.listings):
                    continue
            yield Candidate(
                location, "the search of folders", _as_text(location), needs_proof=len(paths) > 1
            )

    def _accept(self, video: Video, candidate: Candidate, check: Check, file: Path | None) -> None:
        """Change the path of a video, and learn from it where others may lie."""
        old = head(video)
        if candidate.filename is not None:
            _change(video, candidate.filename)
        if self.options.must_exist:
            place = head_place(video, candidate.location)
            if place is not None:
                video.metadata[FOUND] = (video.filename, str(place))
            check.note(video)
            if file is not None and place is not None and old:
                learned = prefixes.learn(_absolute(old, self.folder), place)
                if learned is not None:
                    self.learned.append(learned)
                    self.worked += [learned] if prefixes.is_rooted(old) else []
            if candidate.prefix in self.given:
                self.worked.append(candidate.prefix)


def relink(labels: Labels, path: Path, options: RelinkOptions) -> list[Relinked]:
    """Find the videos of labels; see ``sleap.workflows.relink.relink``."""
    given = [prefixes.parse(text) for text in options.prefixes]
    listed = list(_recordings(labels, path))
    files = _match_files(options.files, listed)
    run = Relinking(options, path.absolute().parent, given)
    # What is given for one video tells of the others, whatever their order.
    order = sorted(range(len(listed)), key=lambda number: number not in files)
    reports = {number: run.relink(listed[number], files.get(number)) for number in order}
    if options.remember:
        for prefix in dict.fromkeys(run.worked):
            if prefixes.is_rooted(prefix.old):
                try:
                    prefixes.remember(prefix)
                except FileError as error:
                    logger.warning("%s", error)
    return [reports[number] for number in range(len(listed))]


def _recordings(labels: Labels, path: Path) -> Iterator[Video]:
    """Yield the videos of labels that lie outside of their file, and those behind images in it."""
    seen: set[int] = set()
    queue = [*labels.videos, *(suggestion.video for suggestion in labels.suggestions)]
    while queue:
        video = queue.pop(0)
        if id(video) in seen:
            continue
        seen.add(id(video))
        if not (video.is_embedded and _is_same_file(video, path)):
            yield video
        if video.source is not None:
            queue.insert(0, video.source)


def _is_same_file(video: Video, path: Path) -> bool:
    with suppress(OSError):
        return Path(str(video.filename)).samefile(path)
    return Path(str(video.filename)).absolute() == path.absolute()


def _match_files(files: Mapping[str, str | Path], listed: Sequence[Video]) -> dict[int, Path]:
    """Tell which video each stored path means, by number."""
    heads = [head(video) or video.name for video in listed]
    matched: dict[int, Path] = {}
    for name, file in files.items():
        wanted = prefixes.split(name)
        numbers = [n for n, stored in enumerate(heads) if prefixes.split(stored) == wanted]
        if not numbers:
            numbers = [n for n, stored in enumerate(heads) if basename(stored) == name]
        if len(numbers) != 1:
            why = "several videos are called so" if numbers else "no video is called so"
            raise OptionError(
                f"Cannot relink '{name}': {why}.{did_you_mean(name, heads)} "
                f"Give the stored path, one of: {', '.join(heads[:10])}."
            )
        matched[numbers[0]] = Path(file).absolute()
    return matched


def _at_file(video: Video, file: Path, listings: Listings) -> Iterator[Candidate]:
    """Yield the file given for a video, or its images in the folder given."""
    location: Location = file
    if not isinstance(video.filename, str):
        common = common_folder(video.filename)
        rests = [name[len(common) :].replace("\\", "/").lstrip("/") for name in video.filename]
        location = [file / rest for rest in rests]
    if _all_exist(location, listings):
        yield Candidate(location, "the file given", _as_text(location))


def _moved(video: Video, prefix: Prefix, folder: Path) -> str | list[str] | None:
    """Apply a prefix to the stored path, or to what it is from the project; None if it fits not."""
    if isinstance(video.filename, str):
        noted = (video.metadata.get(RECORDING) or {}).get("absolute")
        texts = (video.filename, _absolute(video.filename, folder), noted)
        return next((path for text in texts if text and (path := prefix.apply(text))), None)
    folders: dict[str, str | None] = {}
    moved = []
    for name in video.filename:
        end = max(name.rfind("/"), name.rfind("\\"))
        stored = name[: end + 1]
        if stored not in folders:
            any_name = f"{stored}-"
            folders[stored] = prefix.apply(any_name) or prefix.apply(_absolute(any_name, folder))
        new = folders[stored]
        if new is None:
            return None
        moved.append(new[:-1] + name[end + 1 :])
    return moved


def _images_like(video: Video, first: Path) -> list[Path]:
    """Place images around the first as their stored paths lie around its; none if they do not."""
    place = head_place(video, [first])
    if place is None:
        return []
    common = common_folder(video.filename)
    rests = [name[len(common) :].replace("\\", "/").lstrip("/") for name in video.filename]
    return [place / rest for rest in rests]


def _all_exist(location: Location, listings: Listings) -> bool:
    if isinstance(location, Path):
        with suppress(OSError, ValueError):
            return location.exists()
        return False
    return bool(location) and all(path.name in listings.names(path.parent) for path in location)


def _absolute(stored: str, folder: Path) -> str:
    return stored if prefixes.is_rooted(stored) else str(folder / stored.replace("\\", "/"))


def _as_location(filename: str | list[str]) -> Location:
    return Path(filename) if isinstance(filename, str) else [Path(name) for name in filename]


def _as_text(location: Location) -> str | list[str]:
    return str(location) if isinstance(location, Path) else [str(path) for path in location]


def _change(video: Video, filename: str | list[str]) -> None:
    video.filename = filename
    for key in (RECORDING, FOUND):
        video.metadata.pop(key, None)


def _report(
    video: Video, old: str, candidate: Candidate, check: Check, *, is_refused: bool = False
) -> Relinked:
    location = candidate.location
    first = location if isinstance(location, Path) else location[0]
    now = video.filename if isinstance(video.filename, str) else (video.filename or [""])[0]
    reason = ""
    if is_refused:
        reason = check.reason or "several files are called so, and none is known to be this one"
    return Relinked(
        video=video,
        old=old,
        new=first,
        rule=candidate.rule,
        content=check.content,
        is_changed=now != old,
        reason=reason,
    )
