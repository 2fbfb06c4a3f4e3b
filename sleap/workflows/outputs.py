"""Which files a conversion writes: their names, formats and videos."""

from collections.abc import Sequence
from pathlib import Path

from attrs import frozen

from sleap.core.labels import Labels
from sleap.core.video import Video
from sleap.errors import FileError, LabelsError, OptionError, did_you_mean
from sleap.io.files import find_format
from sleap.io.format import FORMATS, Format
from sleap.io.slp.hdf5 import read_head
from sleap.workflows.convert_options import ConvertOptions
from sleap.workflows.package import SUFFIX as PACKAGE_SUFFIX

ALIASES = {"h5": "slp", "hdf5": "slp"}
"""Further names of formats; the documented ones are also endings."""

_ENDINGS = (".json.zip", ".pkg.slp", ".slp", ".h5", ".hdf5", ".json", ".mat", ".csv", ".nwb")


@frozen(eq=False)
class Target:
    """One file to write.

    Args:
        path: The file.
        format: Its format.
        video: The only video in it, for formats of one video a file.
    """

    path: Path
    format: Format
    video: Video | None = None


def find_targets(options: ConvertOptions, labels: Labels, video: Video | None) -> list[Target]:
    """Choose what is written.

    Args:
        options: What was asked for.
        labels: What is written.
        video: The only video that was chosen, None for all.

    Returns:
        The files, each once.

    Raises:
        FileError: If the format of a name is not known or only read, or the input would be lost.
        UnknownNameError: If there is no format of the given name.
        OptionError: If there are too few names, or one twice.
        LabelsError: If no video has frames, for formats of one video a file.
    """
    groups: dict[str, tuple[Format, list[Path]]] = {}
    for path, format in _name_files(options):
        groups.setdefault(format.title, (format, []))[1].append(path)
    targets: list[Target] = []
    for format, paths in groups.values():
        if format.write is not None:
            targets += [Target(path, format) for path in paths]
        else:
            used = [video] if video is not None else _used_videos(labels, format)
            targets += _one_per_video(options.input_path, format, paths, labels, used)
    _check_targets(targets, options)
    return targets


def strip_ending(path: Path) -> str:
    """Return the name of a labels file without its ending."""
    name = path.name
    for ending in _ENDINGS:
        if name.lower().endswith(ending) and len(name) > len(ending):
            return name[: -len(ending)]
    return path.stem


def _name_files(options: ConvertOptions) -> list[tuple[Path, Format]]:
    """Return the names that were given or follow from the input, with their formats."""
    given = FORMATS.get(ALIASES.get(options.format, options.format)) if options.format else None
    if given is not None and not given.can_write:
        raise FileError(f"Cannot write {given.title}: it is a format only read here.")
    if options.output:
        return [_name_output(Path(name), name, given, options) for name in options.output]
    if given is None:
        given = FORMATS.get("slp")
        return [(options.input_path.with_name(_default_name(options)), given)]
    if given.write is None:
        return [(options.input_path.parent, given)]
    return [(_beside(options.input_path, options.format, given), given)]


def _name_output(
    path: Path, text: str, given: Format | None, options: ConvertOptions
) -> tuple[Path, Format]:
    if not path.is_dir() and not text.endswith(("/", "\\")):
        return path, given or find_format(path)
    if given is None and not options.package.is_on:
        raise OptionError(f"'{path}' is a folder: say with --format what to write into it.")
    if given is None or options.package.is_on:
        return path / (strip_ending(options.input_path) + PACKAGE_SUFFIX), FORMATS.get("slp")
    if given.write is None:
        return path, given
    return path / _beside(options.input_path, options.format, given).name, given


def _default_name(options: ConvertOptions) -> str:
    stem = strip_ending(options.input_path)
    if options.package.is_on:
        return f"{stem}{PACKAGE_SUFFIX}"
    if options.merge:
        return f"{stem}.merged.slp"
    if options.video_prefix or options.search:
        return f"{stem}.relinked.slp"
    return f"{options.input_path.name}.slp"


def _beside(path: Path, name: str, format: Format) -> Path:
    """Return the documented name, ``{input}.{format}``, with an ending that tells the format."""
    suffix = format.suffixes[0]
    if name in ALIASES:
        ending = f".{name}"
    elif name in suffix.split("."):
        ending = suffix
    else:
        ending = f".{name}{suffix}"
    return path.with_name(path.name + ending)


def _used_videos(labels: Labels, format: Format) -> list[Video]:
    used = [video for video in labels.videos if len(labels.frame_rows(video))]
    if not used:
        raise LabelsError(
            f"{format.title} holds one video a file, and no video has labeled frames."
        )
    return used


def _one_per_video(
    source: Path, format: Format, paths: Sequence[Path], labels: Labels, used: Sequence[Video]
) -> list[Target]:
    # Without any output the folder of the input stands for it.
    folder = paths[0] if paths[0] == source.parent or paths[0].is_dir() else None
    if folder is None and len(paths) != len(used):
        raise OptionError(
            f"{format.title} holds one video a file, and {len(used)} videos have frames: give "
            f"{len(used)} outputs, or a folder, or choose one video with --video."
        )
    if folder is not None:
        stem, suffix = strip_ending(source), format.suffixes[0]
        paths = [
            folder / f"{stem}.{labels.videos.index(video):03}_{_stem(video)}{suffix}"
            for video in used
        ]
    return [Target(path, format, video) for path, video in zip(paths, used, strict=True)]


def _stem(video: Video) -> str:
    """Name a video in a filename; embedded images by their recording."""
    named = video.source if video.is_embedded and video.source is not None else video
    return strip_ending(Path(named.name))


def _check_targets(targets: Sequence[Target], options: ConvertOptions) -> None:
    seen: set[Path] = set()
    for target in targets:
        resolved = target.path.absolute()
        if resolved in seen:
            raise OptionError(f"'{target.path}' would be written twice: give two names.")
        seen.add(resolved)
        if not target.path.exists() or not target.path.samefile(options.input_path):
            continue
        format = target.format
        is_same = format.find_suffix(target.path) and format.recognizes(
            target.path, read_head(target.path)
        )
        if options.package.is_on or not is_same:
            what = "a training package" if options.package.is_on else format.title
            raise FileError(
                f"Cannot write '{target.path}': it is the input, and {what} does not hold all of "
                "it. Choose another name."
            )


def find_video(labels: Labels, text: str) -> Video:
    """Find a video by its number or name.

    Raises:
        OptionError: If there is none, or several of that name.
    """
    if text.isdecimal() and int(text) < len(labels.videos):
        return labels.videos[int(text)]
    for names in (
        [str(video.filename) for video in labels.videos],
        [video.name for video in labels.videos],
    ):
        if names.count(text) == 1:
            return labels.videos[names.index(text)]
    names = [video.name for video in labels.videos]
    several = "several videos" if text in names else "no video"
    shown = ", ".join(f"{number} {name}" for number, name in enumerate(names))
    raise OptionError(
        f"There are {several} '{text}'.{did_you_mean(text, names)} Videos: {shown or 'none'}."
    )
