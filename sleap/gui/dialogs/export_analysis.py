"""Labels written for analysis: in which format, of which videos, and what is lost by that."""

from attrs import field, frozen
from qtpy.QtWidgets import QWidget

from sleap.core.labels import Labels
from sleap.core.video import Video
from sleap.gui.dialogs.base import Dialog, count
from sleap.gui.dialogs.filters import title, writable
from sleap.gui.forms import Form
from sleap.io.format import FACETS, Format

FIRST = ("analysis", "analysis.csv", "nwb")


@frozen(kw_only=True)
class ExportForm:
    """What the form asks."""

    format: str = field(
        default="analysis", metadata={"title": "Format", "help": "The format of the file"}
    )
    videos: str = field(
        default="current",
        metadata={
            "title": "Videos",
            "help": "A format of one video a file writes one file for each",
            "choices": ("current", "all"),
            "texts": ("The current video", "All videos"),
        },
    )


@frozen
class ExportChoice:
    """The answer.

    Attributes:
        format: Name of the format in the registry.
        title: What the format is called.
        suffix: How names of its files end.
        all_videos: Whether all videos are written, and not only the current one.
        is_whole: Whether one file holds all videos.
    """

    format: str
    title: str
    suffix: str
    all_videos: bool
    is_whole: bool


class ExportDialog(Dialog[ExportChoice]):
    """Asks for format and videos.

    Args:
        parent: The window it belongs to.
        labels: What is exported.
        video: The current video.
        format: Name of the format that is shown first.
    """

    def __init__(
        self,
        parent: QWidget | None,
        labels: Labels,
        video: Video | None = None,
        format: str = "analysis",
    ) -> None:
        super().__init__("Export", parent, accept="&Export…")
        self.labels, self.video = labels, video
        self.formats: dict[str, Format] = dict(writable())
        names = [name for name in FIRST if name in self.formats]
        names += [name for name in self.formats if name not in names]
        self.form: Form[ExportForm] = Form(
            ExportForm(format=format, videos="all" if video is None else "current"),
            choices={
                "format": {
                    name: f"{title(one)} ({one.suffixes[0]})"
                    for name in names
                    for one in [self.formats[name]]
                }
            },
            taken="ce",
        )
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self.form.changed.connect(self._update)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("x") * 64)
        self._update()

    def value(self) -> ExportChoice:
        """Return the answer."""
        asked = self.form.value()
        entry = self.formats[asked.format]
        is_whole = entry.write is not None
        is_all = is_whole or asked.videos == "all" or self.video is None
        return ExportChoice(asked.format, title(entry), entry.suffixes[0], is_all, is_whole)

    def _update(self) -> None:
        asked = self.form.value()
        entry = self.formats[asked.format]
        is_whole = entry.write is not None
        self.form.enable_field("videos", not is_whole and self.video is not None)
        n_videos = sum(len(self.labels.labeled_indices(one)) > 0 for one in self.labels.videos)
        if is_whole:
            files = f"One file holds {count(n_videos, 'video')}."
        else:
            n_files = n_videos if self.value().all_videos else 1
            files = f"{count(n_files, 'file')}{', one for each video' if n_files > 1 else ''}."
        lost = [text for name, text in FACETS.items() if name not in entry.holds]
        lost = [text for text in lost if text != FACETS["videos"] or is_whole]
        says = f" The format does not hold {_join(lost)}." if lost else ""
        self.allow("" if n_videos else "No video has labels: there is nothing to export.")
        if n_videos:
            self.say(files + says)


def _join(texts: list[str]) -> str:
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"


def ask_export(
    parent: QWidget | None,
    labels: Labels,
    video: Video | None = None,
    format: str = "analysis",
) -> ExportChoice | None:
    """Ask in which format to export, and of which videos; None if the user gave up."""
    return ExportDialog(parent, labels, video, format).ask()
