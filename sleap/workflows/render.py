"""A video with the poses drawn on it: ``sleap-render`` and ``python -m sleap.io.visuals``.

Light until ``render`` is called: the options import only attrs.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import Attribute, field, frozen

from sleap.errors import FileError, LabelsError, OptionError
from sleap.progress import SILENT, Progress
from sleap.render.palette import PALETTES
from sleap.render.style import BACKGROUNDS, Style

if TYPE_CHECKING:
    from sleap.core.labels import Labels
    from sleap.core.video import Video
    from sleap.video.reader import Reader

COLORED = {"instances": "track", "nodes": "node", "edges": "edge"}
"""What ``--distinctly_color`` takes, and what a style calls it."""

CROPS = {"half": 2, "quarter": 4}
"""Crops by name, and what they divide the width and the height of the video by."""


def _within(low: float, high: float) -> Any:
    """Return a validator: the value must lie from ``low`` to ``high``, which NaN does not."""

    def check(instance: object, attribute: "Attribute[Any]", value: float) -> None:
        if not low <= value <= high:
            raise OptionError(
                f"{attribute.name} is {value:g}; expected a number from {low:g} to {high:g}."
            )

    return check


@frozen(kw_only=True)
class RenderOptions:
    """Options of ``sleap-render``.

    Raises:
        OptionError: If a value is out of its range.
    """

    data_path: Path = field(
        converter=Path,
        metadata={"help": "Labels file of any known format", "positional": True},
    )
    output: str = field(
        default="",
        metadata={
            "help": "Video to write, .avi, .mp4, .mov or .mkv (default: {DATA_PATH}.avi)",
            "flags": ("-o",),
        },
    )
    video_index: int = field(
        default=0,
        metadata={
            "help": "Which video of the labels, counted from 0",
            "flags": ("--video-index",),
        },
    )
    frames: str = field(
        default="",
        metadata={"help": "Frames to draw, counted from 0: 1,2,3 or 123-456 (default: all)"},
    )
    only_labeled_frames: bool = field(
        default=False,
        metadata={
            "help": "Leave out frames without instances",
            "flags": ("--only-labeled-frames",),
        },
    )
    fps: float = field(
        default=25.0,
        validator=_within(0.1, 1000),
        metadata={"help": "Frames per second of the clip", "flags": ("-f",)},
    )
    scale: float = field(
        default=1.0,
        validator=_within(0.01, 10),
        metadata={"help": "Factor by which the picture is shrunk or enlarged"},
    )
    crop: str = field(
        default="",
        metadata={
            "help": "Show only a part that follows the animals: its width,height in pixels of the"
            " video, or half or quarter of each",
            "metavar": "W,H",
        },
    )
    show_edges: bool = field(default=True, metadata={"help": "Draw the edges"})
    edge_is_wedge: bool = field(
        default=False,
        metadata={"help": "Draw edges as wedges that narrow towards their destination"},
    )
    marker_size: float = field(
        default=4.0,
        validator=_within(0, 100),
        metadata={"help": "Radius of the nodes, 0 for none", "unit": "pixels of the clip"},
    )
    palette: str = field(
        default="standard",
        metadata={
            "help": "Colours; with a +, the last repeats",
            "choices": (*PALETTES,),
        },
    )
    distinctly_color: str = field(
        default="instances",
        metadata={
            "help": "What has a colour of its own; instances take that of their track",
            "choices": (*COLORED,),
        },
    )
    background: str = field(
        default="original",
        metadata={"help": "Draw on the video, or on a plain colour", "choices": BACKGROUNDS},
    )
    trail_length: int = field(
        default=0,
        validator=_within(0, 10_000),
        metadata={"help": "Draw where each track was this many frames back", "unit": "frames"},
    )
    track_names: bool = field(default=False, metadata={"help": "Write the names of the tracks"})
    node_names: bool = field(default=False, metadata={"help": "Write the names of the nodes"})

    @property
    def output_path(self) -> Path:
        """Where the clip is written."""
        return Path(self.output or f"{self.data_path}.avi")


@frozen(kw_only=True)
class VisualsOptions(RenderOptions):
    """Options of ``python -m sleap.io.visuals``: those of ``sleap-render``, slower."""

    fps: float = field(
        default=15.0,
        validator=_within(0.1, 1000),
        metadata={"help": "Frames per second of the clip", "flags": ("-f",)},
    )


@frozen
class RenderReport:
    """What was rendered.

    Attributes:
        path: The clip.
        line: How many frames of which video, and how long they last.
    """

    path: Path
    line: str


def render(options: RenderOptions, progress: Progress = SILENT) -> RenderReport:
    """Draw the poses of one video of a labels file, and write a clip.

    Predictions that a user instance was made from are not drawn. An earlier clip of the same name
    is replaced once the new one is whole.

    Args:
        options: What to draw, and how.
        progress: Told how far it is.

    Returns:
        What was written.

    Raises:
        OptionError: If the video, a frame or the crop is not there.
        LabelsError: If the labels have no video.
        SleapError: If a file or video cannot be read, or the clip not be written.
        CancelledError: If the user stopped it; no clip is left.
    """
    from sleap.io.files import load_file
    from sleap.render.clip import render_clip
    from sleap.video import open_video

    labels = load_file(options.data_path)
    path = options.output_path
    if not path.absolute().parent.is_dir():
        raise FileError(
            f"Cannot write '{path}': the folder '{path.parent}' does not exist. Create it, or "
            "choose another with -o."
        )
    video = _find_video(labels, options)
    search = (options.data_path.absolute().parent,)
    with open_video(video, search=search) as reader:
        frames = _find_frames(labels, video, reader, options)
        style = _make_style(options, (reader.shape[2], reader.shape[1]))
    n_frames = render_clip(
        labels,
        path,
        video=video,
        frames=frames,
        fps=options.fps,
        style=style,
        search=search,
        progress=progress,
    )
    count = f"{n_frames} frame{'' if n_frames == 1 else 's'}"
    return RenderReport(path, f"{video.name}: {count}, {n_frames / options.fps:.1f} s")


def _find_video(labels: "Labels", options: RenderOptions) -> "Video":
    if not labels.videos:
        raise LabelsError(f"'{options.data_path}' has no video: there is nothing to draw on.")
    if not 0 <= options.video_index < len(labels.videos):
        shown = ", ".join(f"{number} {video.name}" for number, video in enumerate(labels.videos))
        raise OptionError(
            f"'{options.data_path}' has no video {options.video_index}. Videos: {shown}."
        )
    return labels.videos[options.video_index]


def _find_frames(
    labels: "Labels", video: "Video", reader: "Reader", options: RenderOptions
) -> list[int]:
    """Return the frames to draw, ascending."""
    import numpy as np

    from sleap.core.arrays import frame_indices_of
    from sleap.workflows.frame_ranges import parse_frames
    from sleap.workflows.recordings import choose_frames

    ranges = parse_frames(options.frames) if options.frames else None
    chosen = choose_frames(reader.frame_indices, ranges, video.name, is_only=True)
    if options.only_labeled_frames:
        rows = labels.instance_rows(video, "all")
        chosen = np.intersect1d(chosen, frame_indices_of(labels.store, rows))
    if not len(chosen):
        raise OptionError(
            f"There is nothing to draw: the labels have no instance on the frames asked for of "
            f"'{video.name}'. Leave --only-labeled-frames out, or choose another --video-index."
        )
    return [int(frame) for frame in chosen]


def _make_style(options: RenderOptions, size: tuple[int, int]) -> Style:
    """Say how to draw on a video of ``size``, (width, height) px."""
    edges = "wedge" if options.edge_is_wedge else "line"
    return Style(
        palette=options.palette,
        color_by=COLORED.get(options.distinctly_color, options.distinctly_color),
        edges=edges if options.show_edges else "none",
        marker_size=options.marker_size,
        node_names=options.node_names,
        track_names=options.track_names,
        trail_length=options.trail_length,
        background=options.background,
        scale=options.scale,
        crop=parse_crop(options.crop, size),
    )


def parse_crop(text: str, size: tuple[int, int]) -> tuple[int, int] | None:
    """Read the size of a crop: ``400,300``, ``half`` or ``quarter``.

    Args:
        text: What was typed; empty for no crop.
        size: (width, height) of the video, px.

    Returns:
        (width, height) px; None for no crop.

    Raises:
        OptionError: If it is anything else.
    """
    if not text:
        return None
    if text in CROPS:
        return max(size[0] // CROPS[text], 1), max(size[1] // CROPS[text], 1)
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != 2 or not all(part.isdecimal() and int(part) > 0 for part in parts):
        raise OptionError(
            f"Cannot read the crop '{text}': expected its width and height such as 400,300, or "
            f"{' or '.join(CROPS)}."
        )
    return int(parts[0]), int(parts[1])
