"""Every dialog with something in it, as a user would see it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from qtpy.QtWidgets import QDialog, QPushButton

from sleap.core.merge import plan_merge
from sleap.editing.journal.lost import LostWork
from sleap.errors import VideoError
from sleap.gui.actions import learning
from sleap.gui.canvas.light import LightPanel
from sleap.gui.dialogs import delete_predictions as deleting
from sleap.gui.dialogs.add_videos import AddVideosDialog
from sleap.gui.dialogs.delete_predictions import ConfirmDialog, DeleteDialog, Place
from sleap.gui.dialogs.delete_tracks import DeleteTracksDialog
from sleap.gui.dialogs.elsewhere import ChangedDialog, ElsewhereDialog
from sleap.gui.dialogs.export_analysis import ExportDialog
from sleap.gui.dialogs.export_clip import ClipDialog
from sleap.gui.dialogs.export_package import PackageDialog
from sleap.gui.dialogs.go_to import FrameDialog
from sleap.gui.dialogs.import_labels import ImportDialog
from sleap.gui.dialogs.merge import MergeDialog
from sleap.gui.dialogs.message import ErrorDialog
from sleap.gui.dialogs.missing_videos import MissingVideosDialog
from sleap.gui.dialogs.preferences import PreferencesDialog
from sleap.gui.dialogs.recovery import RecoveryDialog
from sleap.gui.dialogs.replace_videos import ReplaceVideosDialog
from sleap.gui.dialogs.text_report import ReportDialog
from sleap.gui.dialogs.unsaved import UnsavedDialog
from sleap.gui.help import report_dialog
from sleap.gui.help.about import AboutDialog
from sleap.gui.help.keys import KeysDialog
from sleap.gui.main_window import MainWindow
from sleap.io.guard import Holder

NOW = datetime(2026, 3, 2, 9, 30)
LOST = (
    LostWork(
        Path("day3.slp"),
        datetime(2026, 3, 2, 9, 5),
        4,
        ["Add Instance", "Move Node", "Move Node", "Set Instance Track"],
        Path("a"),
    ),
    LostWork(None, datetime(2026, 3, 1, 18, 0), 1, ["Add Videos"], Path("b")),
)

HOLDER = Holder(
    user="anna",
    host="microscope-2",
    pid=1,
    program="sleap-label",
    since=LOST[0].when.timestamp(),
    mark="",
)

Make = Callable[[MainWindow, Path], QDialog]


def _place(window: MainWindow) -> Place:
    return Place(window.session.labels, window.session.video, (10, 40))


def _deletion(title: str, options: object) -> Make:
    return lambda window, folder: DeleteDialog(window, title, options, _place(window))


def _merge(window: MainWindow, folder: Path) -> QDialog:
    """Make the dialog of a merge with two conflicts and a clean frame."""
    labels = window.session.labels
    other = labels.copy()
    for frame_idx in (0, 16):
        frame = other.find(other.videos[0], frame_idx)
        assert frame is not None
        frame[0].points["x"][:] += 12
    labels_of_day2 = other.add_frame(other.videos[1], 3)
    frame = other.find(other.videos[0], 8)
    assert frame is not None
    labels_of_day2.append(frame[0])
    return MergeDialog(window, "flies-by-anna.slp", plan_merge(labels, other), labels)


def _training(window: MainWindow, folder: Path) -> QDialog:
    lines = learning.training_commands(Path("flies.slp"), 2)
    return ReportDialog(window, "Run training", lines, learning.TRAINING)


def _tracks(window: MainWindow, folder: Path) -> QDialog:
    dialog = DeleteTracksDialog(window, window.session.labels)
    dialog.most.setValue(20)
    dialog.check_short.click()
    return dialog


def _recovery(window: MainWindow, folder: Path) -> QDialog:
    return RecoveryDialog(window, LOST, NOW)


def _details(window: MainWindow, folder: Path) -> QDialog:
    """Make the dialog of an error with its details unfolded."""
    dialog = ErrorDialog(window, "Export flies.pkg.slp", ValueError("no such thing"))
    next(one for one in dialog.findChildren(QPushButton) if "etails" in one.text()).click()
    return dialog


def _preferences(window: MainWindow, folder: Path) -> QDialog:
    names = window.session.labels.skeleton.node_names
    return PreferencesDialog(window, window.preferences, window.palettes, names)


def _unreadable(window: MainWindow, folder: Path) -> QDialog:
    error = VideoError(
        "Cannot open video 'day3.mp4': it was found nowhere. Locate it with File › Find Missing "
        "Videos…, or put it beside the project."
    )
    return ErrorDialog(window, "Open video", error)


DIALOGS: dict[str, Make] = {
    "add-videos": lambda window, folder: AddVideosDialog(
        window, [folder / "day1.mp4", folder / "day2.mp4"]
    ),
    "import-labels": lambda window, folder: ImportDialog(window, folder, "deeplabcut"),
    "export-analysis": lambda window, folder: ExportDialog(
        window, window.session.labels, window.session.video
    ),
    "export-clip": lambda window, folder: ClipDialog(
        window, window.session.labels.videos[0], (10, 90), window.session.look
    ),
    "export-package": lambda window, folder: PackageDialog(window, window.session.labels),
    "replace-videos": lambda window, folder: ReplaceVideosDialog(
        window, window.session.labels.videos, lambda video: 119
    ),
    "find-missing-videos": lambda window, folder: MissingVideosDialog(
        window, window.session.labels.videos, folder / "flies.slp"
    ),
    "merge": _merge,
    "delete-tracks": _tracks,
    "delete-custom": _deletion("Delete instances", deleting.Custom),
    "delete-low-score": _deletion("Delete predictions with low score", deleting.LowScore),
    "delete-beyond-instances": _deletion(
        "Delete predictions beyond instance limit", deleting.BeyondInstanceLimit
    ),
    "delete-beyond-frames": _deletion(
        "Delete predictions beyond frame limit", deleting.BeyondFrameLimit
    ),
    "delete-clip": lambda window, folder: ConfirmDialog(
        window, "Delete predictions from clip", 58, "on the selected frames 11 to 41"
    ),
    "open-elsewhere": lambda window, folder: ElsewhereDialog(window, "flies.slp", HOLDER),
    "changed-elsewhere": lambda window, folder: ChangedDialog(window, "flies.slp"),
    "run-training": _training,
    "go-to-frame": lambda window, folder: FrameDialog(window, 9000, 4711),
    "preferences": _preferences,
    "keyboard-reference": lambda window, folder: KeysDialog(window, window.shortcuts),
    "about": lambda window, folder: AboutDialog(window),
    "report-a-problem": lambda window, folder: report_dialog.ReportDialog(window),
    "recovery": _recovery,
    "unsaved": lambda window, folder: UnsavedDialog(window, "flies.slp", 12),
    "error": _unreadable,
    "unexpected-error": lambda window, folder: ErrorDialog(
        window, "Export flies.pkg.slp", ValueError("no such thing")
    ),
    "error-details": _details,
    "brightness": lambda window, folder: LightPanel(window.session, window),
}
"""Dialogs by the name of their picture."""
