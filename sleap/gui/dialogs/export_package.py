"""What goes into a training package: which frames, how stored, and about how large that is."""

import numpy as np
from attrs import evolve, field, frozen
from qtpy.QtWidgets import QWidget

from sleap.core.labels import Labels
from sleap.core.video import Video
from sleap.gui.dialogs.base import Dialog, count
from sleap.gui.forms import Form
from sleap.progress import Progress
from sleap.workflows.package import ENCODINGS, FRAMES, PackageOptions

PNG_BYTES = 0.3
"""Bytes of PNG for one value of a pixel: 0.14 to 0.42 on seven recordings of flies and mice."""


@frozen(kw_only=True)
class PackageForm:
    """What the form asks."""

    frames: str = field(
        default="user",
        metadata={
            "title": "Frames",
            "help": "Which frames are put into the package with their images",
            "choices": FRAMES,
            "texts": (
                "Labeled by the user",
                "Labeled by the user, and suggested",
                "Labeled by the user, suggested, and predicted",
            ),
        },
    )
    encoding: str = field(
        default="png",
        metadata={
            "title": "Images",
            "help": "PNG keeps every pixel; JPEG is smaller and changes them a little; raw keeps "
            "them and is quick to read",
            "choices": ENCODINGS,
            "texts": ("PNG, exact", "JPEG, smaller", "Raw, exact and large"),
        },
    )
    quality: int = field(
        default=95,
        metadata={"title": "JPEG quality", "help": "100 is nearly exact", "limits": (1, 100)},
    )
    skip_missing: bool = field(
        default=False,
        metadata={
            "title": "Leave out frames of videos that are missing",
            "help": "Without this, a missing video is an error, and nothing is written",
        },
    )


@frozen
class Estimate:
    """About what a package holds.

    Attributes:
        n_images: How many images.
        n_bytes: About how many bytes; 0 if the size of no video is known.
        n_missing: Videos with chosen frames whose files are not found.
    """

    n_images: int
    n_bytes: float
    n_missing: int = 0


class PackageDialog(Dialog[PackageOptions]):
    """Asks what goes into a package.

    Args:
        parent: The window it belongs to.
        labels: What is exported.
    """

    def __init__(self, parent: QWidget | None, labels: Labels) -> None:
        super().__init__(
            "Export training package",
            parent,
            accept="&Export…",
            intro="A package is one file with labels and the images they were made on. It trains a "
            "model on any machine, without the videos.",
        )
        self.labels = labels
        self.form: Form[PackageForm] = Form(PackageForm(), taken="ce")
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self.form.changed.connect(self._update)
        self.n_missing: int | None = None
        self._update()
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("x") * 64)
        videos = list(labels.videos)
        self.work("Look for videos", lambda progress: _count_missing(videos, progress), self._found)

    def value(self) -> PackageOptions:
        """Return the options of ``sleap.workflows.package.package``."""
        asked = self.form.value()
        return PackageOptions(
            embed=asked.frames,
            encoding=asked.encoding,
            quality=asked.quality,
            skip_missing=asked.skip_missing,
        )

    def _found(self, n_missing: int) -> None:
        self.n_missing = n_missing
        self._update()

    def _update(self) -> None:
        options = self.value()
        self.form.enable_field("quality", options.encoding == "jpg")
        expected = evolve(estimate(self.labels, options), n_missing=self.n_missing or 0)
        if not expected.n_images:
            self.allow("No frame is of this kind: there is nothing to export.")
            return
        self.allow()
        text = count(expected.n_images, "image")
        if expected.n_bytes:
            text += f", about {say_size(expected.n_bytes)}"
        text += "."
        if expected.n_missing:
            are = "is" if expected.n_missing == 1 else "are"
            text += f" {count(expected.n_missing, 'video')} {are} missing"
            skips = options.skip_missing
            text += "; frames of it are left out." if skips else ": locate first, or leave out."
        self.say(text, "warning" if expected.n_missing else "quiet")


def estimate(labels: Labels, options: PackageOptions) -> Estimate:
    """Estimate what a package would hold."""
    suggested: dict[int, list[int]] = {}
    if options.embed != "user":
        for one in labels.suggestions:
            suggested.setdefault(id(one.video), []).append(int(one.frame_idx))
    kinds = ["user", "predicted"] if options.embed.endswith("predicted") else ["user"]
    n_images, n_bytes = 0, 0.0
    for video in labels.videos:
        parts = [np.array(suggested.get(id(video), []), np.int64)]
        parts += [labels.labeled_indices(video, kind) for kind in kinds]
        chosen = np.unique(np.concatenate(parts))
        n_images += len(chosen)
        if video.height and video.width:
            n_values = video.height * video.width * (video.channels or 1)
            n_bytes += len(chosen) * n_values * bytes_per_value(options)
    return Estimate(n_images, n_bytes)


def bytes_per_value(options: PackageOptions) -> float:
    """Return about how many bytes one value of a pixel takes.

    The curve for JPEG goes through what the seven recordings take on average: 0.13 at quality 95,
    0.05 at 75, 0.03 at 50.
    """
    if options.encoding == "jpg":
        return float(0.03 + 0.1 * (options.quality / 95) ** 7)
    return PNG_BYTES if options.encoding == "png" else 1.0


def say_size(n_bytes: float) -> str:
    """Write a size as people read it: "240 kB", "3.2 MB"."""
    for unit in ("bytes", "kB", "MB", "GB"):
        if n_bytes < 1000:
            return (
                f"{n_bytes:.0f} {unit}"
                if unit == "bytes" or n_bytes >= 10
                else f"{n_bytes:.1f} {unit}"
            )
        n_bytes /= 1000
    return f"{n_bytes:.1f} TB"


def _count_missing(videos: list[Video], progress: Progress) -> int:
    from sleap.video.locate import find_video

    n_missing = 0
    for video in videos:
        progress.check()
        n_missing += not find_video(video)
    return n_missing


def ask_package(parent: QWidget | None, labels: Labels) -> PackageOptions | None:
    """Ask what goes into a training package; None if the user gave up."""
    return PackageDialog(parent, labels).ask()
