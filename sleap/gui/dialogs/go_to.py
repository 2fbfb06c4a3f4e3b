"""A frame to go to, or to select to."""

from qtpy.QtWidgets import QFormLayout, QLabel, QSpinBox, QWidget

from sleap.gui.dialogs.base import Dialog


class FrameDialog(Dialog[int]):
    """Asks for a frame; on screen frames are counted from 1.

    Args:
        parent: The window it belongs to.
        n_frames: How many frames the video has.
        frame_idx: Index of the current frame.
        title: What is done with the frame.
        accept: What the button says.
    """

    def __init__(
        self,
        parent: QWidget | None,
        n_frames: int,
        frame_idx: int = 0,
        title: str = "Go to frame",
        accept: str = "&Go",
    ) -> None:
        super().__init__(title, parent, accept=accept)
        self.box = QSpinBox()
        self.box.setRange(1, max(n_frames, 1))
        self.box.setGroupSeparatorShown(True)
        self.box.setAccelerated(True)
        self.box.setValue(frame_idx + 1)
        self.box.setMinimumWidth(self.fontMetrics().horizontalAdvance("0" * 16))
        self.box.selectAll()
        label = QLabel(f"&Frame (1 to {max(n_frames, 1):,})")
        label.setBuddy(self.box)
        form = QFormLayout()
        form.addRow(label, self.box)
        self.body.addLayout(form)
        self.box.setFocus()

    def value(self) -> int:
        """Return the index of the frame, from 0."""
        return self.box.value() - 1


def ask_frame(parent: QWidget | None, n_frames: int, frame_idx: int = 0) -> int | None:
    """Ask for a frame to go to; the index, from 0."""
    return FrameDialog(parent, n_frames, frame_idx).ask()


def ask_select_to(parent: QWidget | None, n_frames: int, frame_idx: int = 0) -> int | None:
    """Ask up to which frame to select, from the current one; the index, from 0."""
    title = f"Select from frame {frame_idx + 1:,} to"
    return FrameDialog(parent, n_frames, frame_idx, title, "&Select").ask()
