"""How a clip with the labels drawn on it is rendered."""

from pathlib import Path

from attrs import field, frozen
from qtpy.QtWidgets import QWidget

from sleap.core.video import Video
from sleap.gui.dialogs.base import Dialog, count
from sleap.gui.forms import Form
from sleap.gui.look import Look
from sleap.render.palette import PALETTES
from sleap.render.style import BACKGROUNDS, COLOR_BY, Style

CROPS = {"none": 1.0, "half": 0.5, "quarter": 0.25}


@frozen(kw_only=True)
class ClipForm:
    """What the form asks."""

    fps: float = field(
        default=30.0,
        metadata={
            "title": "Speed",
            "help": "Frames of the clip in a second; fewer than the video has shows it slower",
            "limits": (1, 240),
            "unit": "frames per second",
            "decimals": 2,
            "step": 1,
        },
    )
    scale: float = field(
        default=1.0,
        metadata={
            "title": "Scale",
            "help": "Factor by which the picture is shrunk or enlarged",
            "limits": (0.1, 4.0),
            "step": 0.1,
            "decimals": 2,
        },
    )
    crop: str = field(
        default="none",
        metadata={
            "title": "Crop",
            "help": "Show a part that follows the animals",
            "choices": tuple(CROPS),
            "texts": ("The whole frame", "Half the width and height", "A quarter of each"),
        },
    )
    background: str = field(
        default="original",
        metadata={
            "title": "Background",
            "help": "Draw on the video, or on a plain colour",
            "choices": BACKGROUNDS,
            "texts": ("The video", "Black", "White", "Grey"),
        },
    )
    use_look: bool = field(
        default=True,
        metadata={
            "title": "Colours and marks as in the window",
            "help": "Draw as the window does now; without it, as chosen below",
        },
    )
    palette: str = field(
        default="standard",
        metadata={"title": "Palette", "help": "Colours of the labels", "choices": tuple(PALETTES)},
    )
    color_by: str = field(
        default="track",
        metadata={
            "title": "Colour by",
            "help": "What has a colour of its own",
            "choices": COLOR_BY,
        },
    )
    node_names: bool = field(
        default=False, metadata={"title": "Names of nodes", "help": "Write the names of the nodes"}
    )
    open_when_done: bool = field(
        default=True,
        metadata={"title": "Open the clip when it is done", "help": "Show it in the player"},
    )


@frozen(kw_only=True)
class ClipOptions:
    """How to render a clip.

    Attributes:
        fps: Frames per second of the clip.
        style: How to draw, for ``sleap.render.clip.render_clip``.
        open_when_done: Whether to open the clip then.
    """

    fps: float
    style: Style
    open_when_done: bool


class ClipDialog(Dialog[ClipOptions]):
    """Asks how to render a clip.

    Args:
        parent: The window it belongs to.
        video: The video.
        frames: Its first and last frame to render, both included.
        look: How the window draws.
        start: What the form shows at first.
    """

    def __init__(
        self,
        parent: QWidget | None,
        video: Video,
        frames: tuple[int, int],
        look: Look | None = None,
        start: ClipForm | None = None,
    ) -> None:
        super().__init__("Export labeled clip", parent, accept="&Export…")
        self.video, self.frames, self.look = video, frames, look
        without = [] if look is not None else ["use_look"]
        start = start or ClipForm(use_look=look is not None)
        self.form = Form(start, without=without, taken="ce")
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self.form.changed.connect(self._update)
        self._update()
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("x") * 58)

    def value(self) -> ClipOptions:
        """Return the options."""
        asked = self.form.value()
        crop = self._crop(asked.crop)
        if asked.use_look and self.look is not None:
            style = style_of(self.look, asked.background, asked.scale, crop)
        else:
            style = Style(
                palette=asked.palette,
                color_by=asked.color_by,
                node_names=asked.node_names,
                background=asked.background,
                scale=asked.scale,
                crop=crop,
            )
        return ClipOptions(fps=asked.fps, style=style, open_when_done=asked.open_when_done)

    def _crop(self, name: str) -> tuple[int, int] | None:
        share = CROPS[name]
        if share == 1 or not self.video.width or not self.video.height:
            return None
        return max(round(self.video.width * share), 1), max(round(self.video.height * share), 1)

    def _update(self) -> None:
        if not self.form.is_valid:
            self.allow("Correct what is marked above.")
            return
        asked = self.form.value()
        for name in ("palette", "color_by", "node_names"):
            self.form.enable_field(name, not asked.use_look)
        n_frames = self.frames[1] - self.frames[0] + 1
        note = f"{count(n_frames, 'frame')}, {say_seconds(n_frames / asked.fps)}"
        width, height = self._crop(asked.crop) or (self.video.width, self.video.height)
        if width and height:
            note += f", {round(width * asked.scale):,} × {round(height * asked.scale):,} pixels"
        self.allow("", f"{note}.")


def style_of(
    look: Look,
    background: str = "original",
    scale: float = 1.0,
    crop: tuple[int, int] | None = None,
) -> Style:
    """Draw a clip as the window draws: the same colours, marks and trails."""
    return Style(
        palette=look.palette if look.palette in PALETTES else "standard",
        color_by="track" if look.color_by == "instance" else look.color_by,
        edges=look.edge_style if look.show_edges else "none",
        marker_size=float(look.marker_size),
        line_width=3.2 if look.bold_lines else 1.6,
        node_names=look.show_node_names,
        hidden_nodes=look.show_non_visible,
        trail_length=look.trail_length,
        background=background,
        scale=scale,
        crop=crop,
    )


def say_seconds(seconds: float) -> str:
    """Write how long a clip is: "4.5 s", "2 min 5 s"."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    return f"{int(seconds // 60)} min {round(seconds % 60)} s"


def propose_name(project: Path, video: Video, frames: tuple[int, int]) -> Path:
    """Propose the name of a clip, beside the project."""
    stem = Path(video.name).stem
    return project.with_name(f"{stem}.{frames[0] + 1}-{frames[1] + 1}.labeled.mp4")


def ask_clip(
    parent: QWidget | None, video: Video, frames: tuple[int, int], look: Look | None = None
) -> ClipOptions | None:
    """Ask how to render a clip; None if the user gave up."""
    return ClipDialog(parent, video, frames, look).ask()
