"""The menu Predict: training and tracking, negative samples, training packages, clips."""

from pathlib import Path

from qtpy.QtCore import QUrl
from qtpy.QtGui import QDesktopServices

from sleap.editing.edits import frames
from sleap.editing.snapshot import Snapshot
from sleap.gui import jobs
from sleap.gui.actions import learning, paths
from sleap.gui.actions.action import Action, Row
from sleap.gui.actions.conditions import has_frames, has_video
from sleap.gui.actions.window import Window
from sleap.gui.dialogs.export_clip import ask_clip
from sleap.gui.dialogs.export_package import ask_package
from sleap.gui.session import Session
from sleap.progress import Progress

PACKAGE = "Training packages (*.pkg.slp)"


def mark_negative(window: Window) -> None:
    """Let the user click on a place without an animal."""

    def mark(x: float, y: float) -> None:
        session = window.session
        window.run(
            frames.add_negative_anchor,
            session.video,
            session.frame_idx,
            x,
            y,
            title="Mark Negative Training Sample",
        )

    window.pick_point("Click on a place without an animal. Esc: none.", mark)


def clear_negative(window: Window) -> None:
    """Remove the marks on the current frame."""
    session = window.session
    n_removed = window.run(
        frames.clear_negative_anchors,
        session.video,
        session.frame_idx,
        title="Clear Negative Samples",
    )
    if n_removed is not None:
        window.tell(f"{n_removed} negative samples were removed.")


def has_anchors(session: Session) -> bool:
    """Tell whether the current frame has marks of places without an animal."""
    anchors = session.labels.negative_anchors.get(session.video_number, ())
    return any(frame_idx == session.frame_idx for frame_idx, *_ in anchors)


def export_package(window: Window) -> None:
    """Ask what and where to, and write a training package of the labels as they are now."""
    options = ask_package(window.widget, window.session.labels)
    if options is None:
        return
    document = window.session.document
    folder = document.path.parent if document.path else Path.home()
    stem = Path(document.title).name.removesuffix(".slp").removesuffix(".pkg")
    path = paths.save_file(
        window.widget, "Export Training Package", folder / f"{stem}.pkg.slp", PACKAGE, ".pkg.slp"
    )
    if path is None:
        return
    snapshot = Snapshot(window.session.labels)

    def work(progress: Progress) -> str:
        from sleap.workflows.package import describe, package

        report = package(snapshot.labels(), path, options, progress)
        return " ".join(describe(report, path))

    jobs.run(window.widget, f"Export {path.name}", work, window.tell)


def export_clip(window: Window) -> None:
    """Ask where to, and film the selected frames, or all, with the look of the window."""
    session = window.session
    if session.video is None:
        return
    first, last = session.frame_range or (0, session.n_frames - 1)
    options = ask_clip(window.widget, session.video, (first, last), session.look)
    if options is None:
        return
    document = session.document
    folder = document.path.parent if document.path else Path.home()
    path = paths.save_file(
        window.widget,
        "Export Labeled Clip",
        folder / f"{Path(session.video.name).stem}.labeled.mp4",
        "Videos (*.mp4)",
        ".mp4",
    )
    if path is None:
        return
    number = session.video_number
    snapshot = Snapshot(session.labels)
    folders = () if document.path is None else (document.path.parent,)

    def work(progress: Progress) -> int:
        from sleap.render.clip import render_clip

        labels = snapshot.labels()
        return render_clip(
            labels,
            path,
            video=labels.videos[number],
            frames=range(first, last + 1),
            fps=options.fps,
            style=options.style,
            search=folders,
            progress=progress,
        )

    def done(n_frames: int) -> None:
        window.tell(f"{n_frames:,} frames were written to {path}.")
        if options.open_when_done:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    jobs.run(window.widget, f"Film {path.name}", work, done)


ROWS: tuple[Row, ...] = (
    *learning.ROWS,
    Action(
        id="mark negative sample",
        title="Mark Negative Training Sample…",
        menu="Predict",
        run=mark_negative,
        enabled=has_video,
        hint="Click on a place where there is no animal; kept in the file, not used in training",
        starts_section=True,
    ),
    Action(
        id="clear negative samples",
        title="Clear Current Frame Negative Samples",
        menu="Predict",
        run=clear_negative,
        enabled=has_anchors,
    ),
    Action(
        id="export package",
        title="Export Training Package…",
        menu="Predict",
        run=export_package,
        enabled=has_frames,
        hint="Write labels with their images into one file, to train on any machine",
        starts_section=True,
    ),
    Action(
        id="export clip",
        title="Export Labeled Clip…",
        menu="Predict",
        run=export_clip,
        enabled=has_video,
    ),
)
