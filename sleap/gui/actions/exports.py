"""Labels written for other programs, from a copy, while editing goes on."""

from collections.abc import Iterator
from pathlib import Path

from sleap.editing.snapshot import Snapshot
from sleap.gui import jobs
from sleap.gui.actions import paths
from sleap.gui.actions.action import Action, Row
from sleap.gui.actions.conditions import has_frames
from sleap.gui.actions.window import Window
from sleap.gui.dialogs.export_analysis import ExportChoice, ask_export
from sleap.progress import Progress

OF_ONE_VIDEO = (
    ("analysis", "Analysis HDF5", ".analysis.h5"),
    ("analysis.csv", "Analysis CSV", ".analysis.csv"),
    ("deeplabcut", "DeepLabCut CSV", ".dlc.csv"),
)
"""Formats of one video a file: name, title, ending."""

WHOLE = (("nwb", "NWB", ".nwb"), ("coco", "COCO", ".coco.json"))
"""Formats of all videos in a file that have a row of their own in the menu."""


def export(window: Window) -> None:
    """Ask for format and videos, and write them."""
    chosen = ask_export(window.widget, window.session.labels, window.session.video)
    if chosen is not None:
        write(window, chosen)


def write(window: Window, chosen: ExportChoice) -> None:
    """Ask where to, and write labels in a format."""
    title, labels = f"Export {chosen.title}", window.session.labels
    if chosen.is_whole or not chosen.all_videos:
        number = window.session.video_number
        stem = _stem(window) if chosen.is_whole else _stem(window, number)
        proposed = _folder(window) / f"{stem}{chosen.suffix}"
        kind = f"{chosen.title} (*{chosen.suffix})"
        path = paths.save_file(window.widget, title, proposed, kind, chosen.suffix)
        files = {} if path is None else {number: path}
    else:
        folder = paths.open_folder(window.widget, f"{title}: where to", _folder(window))
        if folder is None:
            return
        files = {
            number: folder / f"{_stem(window, number)}{chosen.suffix}"
            for number, video in enumerate(labels.videos)
            if len(labels.labeled_indices(video))
        }
        old = [path for path in files.values() if path.exists()]
        if old and not paths.may_replace(window.widget, *old):
            return
    if files:
        _write(window, title, chosen, files)


def _write(window: Window, title: str, chosen: ExportChoice, files: dict[int, Path]) -> None:
    """Write files in the background, and tell which, and what they cannot hold."""
    snapshot = Snapshot(window.session.labels)

    def work(progress: Progress) -> str:
        from sleap.io.files import save_file
        from sleap.io.format import FORMATS
        from sleap.workflows.losses import describe_losses, find_losses

        labels, entry = snapshot.labels(), FORMATS.get(chosen.format)
        lost: dict[str, None] = {}
        progress.begin(title, len(files))
        for number, path in files.items():
            progress.check()
            video = None if chosen.is_whole else labels.videos[number]
            save_file(labels, path, format=chosen.format, video=video)
            text = describe_losses(find_losses(labels, entry, video), entry)
            lost.update({text: None} if text else {})
            progress.advance()
        first = next(iter(files.values()))
        n_files = len(files)
        told = f"Written: {first}" if n_files == 1 else f"{n_files} files written to {first.parent}"
        return " ".join([f"{told}.", *lost])

    jobs.run(window.widget, title, work, window.tell)


def _folder(window: Window) -> Path:
    path = window.session.document.path
    return Path.home() if path is None else path.parent


def _stem(window: Window, number: int = -1) -> str:
    """Name a file after the project, and one of its videos."""
    stem = Path(window.session.document.title).name.removesuffix(".slp")
    if number < 0:
        return stem
    return f"{stem}.{number:03d}_{Path(window.session.labels.videos[number].name).stem}"


def _action(id: str, title: str, chosen: ExportChoice, *, starts_section: bool = False) -> Action:
    return Action(
        id=id,
        title=title,
        menu="File/Export",
        run=lambda window: write(window, chosen),
        enabled=has_frames,
        starts_section=starts_section,
    )


def _of_video(format: str, title: str, suffix: str) -> Iterator[Action]:
    for is_all, which in ((False, "Current"), (True, "All")):
        yield _action(
            f"export {format}{' all' if is_all else ''}",
            f"{title}, {which} Video{'s' if is_all else ''}…",
            ExportChoice(format, title, suffix, is_all, is_whole=False),
            starts_section=not is_all,
        )


ROWS: tuple[Row, ...] = (
    *(action for facts in OF_ONE_VIDEO for action in _of_video(*facts)),
    *(
        _action(
            f"export {format}",
            f"{title}…",
            ExportChoice(format, title, suffix, all_videos=True, is_whole=True),
            starts_section=number == 0,
        )
        for number, (format, title, suffix) in enumerate(WHOLE)
    ),
    Action(
        id="export other",
        title="Other Format…",
        menu="File/Export",
        run=export,
        enabled=has_frames,
        hint="Choose format and videos, and see what a format does not hold",
    ),
)
