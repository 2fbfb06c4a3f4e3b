"""Videos of the project: added, replaced, looked for."""

from pathlib import Path

from sleap.core.video import Video
from sleap.editing.edits import videos as edits
from sleap.gui import jobs
from sleap.gui.actions import paths
from sleap.gui.actions.window import Window
from sleap.progress import Progress

PATTERNS = (
    "*.mp4 *.avi *.mov *.mkv *.mpg *.mpeg *.m4v *.wmv *.webm *.h5 *.hdf5 *.npy *.tif *.png *.jpg"
)
MOVIES = frozenset(
    (".mp4", ".avi", ".mov", ".mkv", ".mpg", ".mpeg", ".m4v", ".wmv", ".webm", ".npy")
)
"""Suffixes of files that are videos, and nothing else."""


def add(window: Window, folder: Path) -> None:
    """Ask for videos and add them."""
    files = paths.open_files(
        window.widget, "Add Videos", folder, [f"Videos ({PATTERNS})", paths.ALL_FILES]
    )
    if files:
        add_files(window, files)


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


def replace(window: Window) -> None:
    """Ask where the current video lies now."""
    if window.session.video is not None:
        relink(window, [window.session.video])


def relink(window: Window, chosen: list[Video]) -> None:
    """Ask where videos lie now, one after the other, and note that as one step."""
    places = {}
    listed = window.session.labels.videos
    for video in chosen:
        filters = [f"Videos ({PATTERNS})", paths.ALL_FILES]
        folder = Path(video.filename).parent if isinstance(video.filename, str) else Path.home()
        path = paths.open_file(window.widget, f"Where is {video.name}?", folder, filters)
        if path is None:
            break
        number = next(place for place, one in enumerate(listed) if one is video)
        places[number] = path
    if places:
        window.run(edits.relink_videos, places, title="Replace Videos")
        window.videos_changed()


def find_missing(window: Window) -> None:
    """Look for all videos in the background, and ask for those not found."""
    listed = list(window.session.labels.videos)
    document = window.session.document
    folders = () if document.path is None else (document.path.parent,)

    def work(progress: Progress) -> list[int]:
        from sleap.video.locate import find_video

        return [number for number, video in enumerate(listed) if find_video(video, folders) is None]

    def done(missing: list[int]) -> None:
        if missing:
            relink(window, [listed[number] for number in missing])
        else:
            window.tell("All videos are there.")

    jobs.run(window.widget, "Look for videos", work, done)
