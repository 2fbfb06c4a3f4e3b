"""Finds out of which kind a file or folder is, and asks whoever knows that kind."""

from pathlib import Path
from typing import Any

from sleap.errors import FileError, FormatError, SleapError
from sleap.io.files import find_reader, load_file
from sleap.io.format import FORMATS
from sleap.io.slp.hdf5 import read_head
from sleap.io.slp.journal import is_journal
from sleap.workflows.inspection import models, text
from sleap.workflows.inspection.labels import describe_labels, describe_skeleton
from sleap.workflows.inspection.options import Inspection, InspectOptions

Facts = dict[str, Any]

MAX_JSON = 1 << 24
"""Bytes of a JSON file that is parsed to see what it is; larger ones are labels."""


def look(options: InspectOptions) -> Inspection:
    """See ``sleap.workflows.inspect.inspect``."""
    path = options.path
    if not path.exists():
        raise FileError(f"Cannot open '{path}': no such file or folder.")
    facts = {"path": str(path), "size": _size(path), **_describe(path, options)}
    return Inspection(facts, tuple(text.render(facts, verbose=options.verbose)))


def _describe(path: Path, options: InspectOptions) -> Facts:
    if path.is_dir():
        return _describe_folder(path)
    kind = _json_kind(path)
    if kind == "job":
        return models.describe_model(path)
    if kind == "skeleton":
        return _describe_skeleton_file(path, options)
    known = _is_labels(path)
    kinds = [_describe_labels_file, _describe_skeleton_file, _describe_video]
    if not known:
        kinds = [_describe_video, _describe_skeleton_file, _describe_labels_file]
    failures: list[SleapError] = []
    for describe in kinds:
        try:
            return describe(path, options)
        except SleapError as error:
            failures.append(error)
    # A file that looks like labels is damaged labels; any other is of no kind that the last knows.
    raise failures[0 if known else -1]


def _is_labels(path: Path) -> bool:
    head = read_head(path)
    formats = [FORMATS.get(name) for name in FORMATS]
    return any(format.read is not None and format.recognizes(path, head) for format in formats)


def _json_kind(path: Path) -> str:
    """Tell a training job ("job") or skeleton from other JSON by its keys; "" if neither."""
    if path.suffix.lower() != ".json" or path.stat().st_size > MAX_JSON:
        return ""
    try:
        data = models.read_json(path)
    except SleapError:
        return ""
    if models.is_job(data):
        return "job"
    if isinstance(data, dict) and ("nx_graph" in data or {"nodes", "links", "graph"} <= {*data}):
        return "skeleton"
    return ""


def _describe_labels_file(path: Path, options: InspectOptions) -> Facts:
    format = find_reader(path)
    labels = load_file(path, videos_search=options.search)
    facts = describe_labels(labels, options.search)
    name = next(name for name in FORMATS if FORMATS.get(name) is format)
    if is_journal(read_head(path)):
        facts["kind"] = "unfinished"
    elif name.startswith("analysis"):
        facts["kind"] = "analysis"
    return {**facts, "format": name, "format_title": format.title}


def _describe_skeleton_file(path: Path, options: InspectOptions) -> Facts:
    from sleap.io.skeleton_files import load_skeleton

    return {"kind": "skeleton", "skeletons": [describe_skeleton(load_skeleton(path))]}


def _describe_video(path: Path, options: InspectOptions) -> Facts:
    from sleap.video import open_video

    with open_video(path) as reader:
        shape = list(reader.shape)
        seconds = shape[0] / reader.fps if reader.fps else None
        return {
            "kind": "video",
            "shape": shape,
            "grayscale": reader.is_grayscale,
            "fps": reader.fps,
            "seconds": seconds,
            "dataset": reader.video.dataset,
        }


def _describe_folder(path: Path) -> Facts:
    if models.find_job(path) is not None:
        return models.describe_model(path)
    try:
        from sleap.video import open_video

        with open_video(path) as reader:
            return {
                "kind": "video",
                "shape": list(reader.shape),
                "grayscale": reader.is_grayscale,
                "fps": reader.fps,
                "seconds": None,
                "dataset": None,
            }
    except SleapError as error:
        raise FormatError(
            f"'{path}' is neither a model folder (it holds none of {', '.join(models.JOBS)}) nor a "
            "folder of images. Give a file."
        ) from error


def _size(path: Path) -> int:
    """Return the bytes of a file, or of the files of a folder."""
    if path.is_file():
        return path.stat().st_size
    return sum(one.stat().st_size for one in path.iterdir() if one.is_file())
