"""Labels written for other programs, from a copy, while editing goes on."""

from collections.abc import Callable
from pathlib import Path

from sleap.core.labels import Labels
from sleap.core.video import Video
from sleap.editing.snapshot import Snapshot
from sleap.gui import jobs
from sleap.gui.actions import paths
from sleap.gui.actions.action import Action, Row
from sleap.gui.actions.conditions import has_frames
from sleap.gui.actions.window import Window
from sleap.progress import Progress

WRITE_WHOLE = (("nwb", "NWB…", ".nwb"), ("coco", "COCO…", ".coco.json"))


def export_video(window: Window, format: str, title: str, suffix: str) -> None:
    """Ask where to, and write the labels of the current video."""
    video = window.session.video
    if video is None:
        return
    proposed = _proposed(window, video, suffix)
    path = paths.save_file(window.widget, title, proposed, f"{title} (*{suffix})", suffix)
    if path is not None:
        number = window.session.video_number
        _write(window, title, lambda labels: _save(labels, path, format, labels.videos[number]))


def export_all_videos(window: Window, format: str, title: str, suffix: str) -> None:
    """Ask for a folder, and write a file for each video that has labels."""
    folder = paths.open_folder(window.widget, f"{title}: where to", _folder(window))
    if folder is None:
        return
    base = Path(window.session.document.title).stem

    def save(labels: Labels) -> str:
        n_files = 0
        for number, video in enumerate(labels.videos):
            if len(labels.labeled_indices(video)):
                name = f"{base}.{number:03d}_{Path(video.name).stem}{suffix}"
                _save(labels, folder / name, format, video)
                n_files += 1
        return f"{n_files} files were written to {folder}."

    _write(window, title, save)


def export_whole(window: Window, format: str, title: str, suffix: str) -> None:
    """Ask where to, and write all labels."""
    stem = Path(window.session.document.title).name.removesuffix(".slp")
    path = paths.save_file(
        window.widget, title, _folder(window) / f"{stem}{suffix}", f"{title} (*{suffix})", suffix
    )
    if path is not None:
        _write(window, title, lambda labels: _save(labels, path, format))


def _save(labels: Labels, path: Path, format: str, video: Video | None = None) -> str:
    from sleap.io.files import save_file

    save_file(labels, path, format=format, video=video)
    return f"Written: {path}"


def _write(window: Window, title: str, save: Callable[[Labels], str]) -> None:
    snapshot = Snapshot(window.session.labels)

    def work(progress: Progress) -> str:
        return save(snapshot.labels())

    jobs.run(window.widget, title, work, window.tell)


def _folder(window: Window) -> Path:
    path = window.session.document.path
    return Path.home() if path is None else path.parent


def _proposed(window: Window, video: Video, suffix: str) -> Path:
    stem = Path(window.session.document.title).name.removesuffix(".slp")
    number = window.session.video_number
    return _folder(window) / f"{stem}.{number:03d}_{Path(video.name).stem}{suffix}"


def _of_videos(format: str, name: str, suffix: str, key: str = "") -> tuple[Action, Action]:
    title = f"Export {name}"
    return (
        Action(
            id=key or f"export {format} current",
            title=f"{name}, Current Video…",
            menu="File/Export",
            run=lambda window: export_video(window, format, title, suffix),
            enabled=has_frames,
            starts_section=True,
        ),
        Action(
            id=f"export {format} all",
            title=f"{name}, All Videos…",
            menu="File/Export",
            run=lambda window: export_all_videos(window, format, title, suffix),
            enabled=has_frames,
        ),
    )


def _whole(format: str, title: str, suffix: str) -> Action:
    return Action(
        id=f"export {format}",
        title=title,
        menu="File/Export",
        run=lambda window: export_whole(window, format, f"Export {title.rstrip('…')}", suffix),
        enabled=has_frames,
    )


ROWS: tuple[Row, ...] = (
    *_of_videos("analysis", "Analysis HDF5", ".analysis.h5", "export analysis"),
    *_of_videos("analysis.csv", "Analysis CSV", ".analysis.csv"),
    *(_whole(*facts) for facts in WRITE_WHOLE),
)
