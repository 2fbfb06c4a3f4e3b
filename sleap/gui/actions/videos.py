"""Videos of the project: added, replaced, looked for."""

from pathlib import Path

from sleap.core.video import Video
from sleap.editing.edits import videos as edits
from sleap.editing.transaction import Transaction
from sleap.gui import jobs
from sleap.gui.actions.window import Window
from sleap.gui.dialogs.add_videos import ask_videos
from sleap.gui.dialogs.missing_videos import Filenames, ask_missing_videos
from sleap.gui.dialogs.replace_videos import Replacement, ask_replacements
from sleap.progress import Progress
from sleap.video import prefixes

MOVIES = frozenset(
    (".mp4", ".avi", ".mov", ".mkv", ".mpg", ".mpeg", ".m4v", ".wmv", ".webm", ".npy")
)
"""Suffixes of files that are videos, and nothing else."""


def add(window: Window) -> None:
    """Ask for videos, and how to read them, and add them."""
    found = ask_videos(window.widget)
    if found:
        put(window, found)


def add_files(window: Window, files: list[Path]) -> None:
    """Open videos in the background, and add them to the project."""

    def work(progress: Progress) -> list[Video]:
        from sleap.video import load_video

        progress.begin("Open videos", len(files))
        found = []
        for path in files:
            progress.check()
            found.append(load_video(path))
            progress.advance()
        return found

    jobs.run(window.widget, "Add videos", work, lambda found: put(window, found))


def put(window: Window, videos: list[Video]) -> None:
    """Add opened videos, and show the first of them."""
    session = window.session
    numbers = window.run(edits.add_videos, videos, title="Add Videos")
    if numbers:
        session.go_to(0, session.labels.videos[numbers[0]])


def replace(window: Window, chosen: Video | None = None) -> None:
    """Ask for files to replace videos, and let the videos be those; labels stay."""
    session = window.session
    labels, listed = session.labels, list(session.labels.videos)
    current = next((place for place, one in enumerate(listed) if one is chosen), -1)

    def last_labeled(video: Video) -> int:
        indices = labels.labeled_indices(video)
        return int(indices.max()) if len(indices) else -1

    answer = ask_replacements(
        window.widget, listed, last_labeled, current if current >= 0 else session.video_number
    )
    if answer:
        window.run(replace_all, listed, answer, title="Replace Videos")
        window.videos_changed()


def replace_all(tx: Transaction, listed: list[Video], answer: list[Replacement]) -> None:
    """Replace several videos, as one step."""
    for one in answer:
        edits.replace_video(tx, listed[one.number], one.video, truncate=one.truncate)


def remember(listed: list[Video], places: Filenames) -> None:
    """Remember which beginnings of paths changed: videos of other projects are found by that."""
    learned = {
        prefix
        for number, new in places.items()
        if isinstance(stored := listed[number].filename, str)
        and isinstance(new, str)
        and (prefix := prefixes.learn(stored, new)) is not None
    }
    for prefix in learned:
        prefixes.remember(prefix)


def find_missing(window: Window, file: Path | None = None, *, is_asked: bool = True) -> None:
    """Look for all videos in the background, and ask for those not found.

    Args:
        window: The window.
        file: The file the labels are from; None: that of the project.
        is_asked: Whether the user asked for it, and is told if nothing is missing.
    """
    document = window.session.document
    listed = list(window.session.labels.videos)
    project = file or document.path or Path.cwd() / document.title

    def work(progress: Progress) -> bool:
        from sleap.video.locate import find_video

        return any(find_video(video, (project.parent,)) is None for video in listed)

    def done(is_missing: bool) -> None:
        if window.session.document is not document:
            return
        if not is_missing:
            if is_asked:
                window.tell("All videos are there.")
            return
        places = ask_missing_videos(window.widget, listed, project)
        if places:
            window.attempt("Remember where videos lie", lambda: remember(listed, places))
            window.run(edits.relink_videos, places, title="Find Missing Videos")
            window.videos_changed()

    jobs.run(window.widget, "Look for videos", work, done)
