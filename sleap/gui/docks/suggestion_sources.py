"""Where suggestions come from: methods that run in a thread, and other projects."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from sleap.core.labels import Labels
from sleap.core.merge.videos import match_videos
from sleap.core.suggestion import SuggestionFrame
from sleap.core.video import Video
from sleap.editing.document import Document
from sleap.editing.edits import suggestions as edits
from sleap.editing.snapshot import Snapshot
from sleap.editing.transaction import Transaction
from sleap.progress import Progress
from sleap.suggestions.options import SuggestionOptions


def search(
    document: Document, videos: Sequence[Video], options: SuggestionOptions
) -> Callable[[Progress], list[SuggestionFrame]]:
    """Return what finds suggestions in any thread, on the labels as they are now.

    Args:
        document: What is edited.
        videos: The videos to look at.
        options: The method and its options.
    """
    labels = document.labels
    originals = list(labels.videos)
    numbers = [labels.store.find_in(originals, video) for video in videos]
    snapshot = Snapshot(labels)
    folders = [] if document.path is None else [document.path.parent]

    def work(progress: Progress) -> list[SuggestionFrame]:
        from sleap.suggestions.suggest import suggest

        copied = snapshot.labels()
        origin = {id(twin): video for twin, video in zip(copied.videos, originals, strict=True)}
        chosen = [copied.videos[number] for number in numbers]
        found = suggest(copied, chosen, options, progress, folders)
        return [SuggestionFrame(origin[id(one.video)], one.frame_idx, one.group) for one in found]

    return work


def reading(path: Path) -> Callable[[Progress], Labels]:
    """Return what reads the labels of another project in any thread."""

    def work(progress: Progress) -> Labels:
        from sleap.io.files import load_file

        progress.begin(f"Read {path.name}")
        return load_file(path)

    return work


def of_other(labels: Labels, other: Labels) -> tuple[list[SuggestionFrame], list[Video]]:
    """Take over what another project suggests.

    Args:
        labels: The labels.
        other: Those of the other project.

    Returns:
        Its suggestions, of the videos that both have; and those of its videos with suggestions
        that the labels do not have.
    """
    matches = match_videos(labels.videos, other.videos, {})
    twins = {
        id(match.video): labels.videos[match.number] for match in matches if not match.is_added
    }
    found = [
        SuggestionFrame(twins[id(one.video)], one.frame_idx, one.group)
        for one in other.suggestions
        if id(one.video) in twins
    ]
    unknown = {id(one.video): one.video for one in other.suggestions if id(one.video) not in twins}
    return found, list(unknown.values())


def renew_suggestions(
    tx: Transaction, found: Iterable[SuggestionFrame], videos: Sequence[Video]
) -> None:
    """Put new suggestions behind those there are, or in their place; labeled ones stay.

    Args:
        tx: The transaction.
        found: The new ones; those of videos that were removed meanwhile are left out.
        videos: The videos whose suggestions, but for labeled ones, go.
    """
    labels = tx.labels
    there = {id(video) for video in labels.videos}
    labeled = {
        id(video): set(labels.labeled_indices(video, "user").tolist())
        for video in videos
        if id(video) in there
    }
    kept = [
        one
        for one in labels.suggestions
        if id(one.video) not in labeled or one.frame_idx in labeled[id(one.video)]
    ]
    edits.replace_suggestions(tx, [*kept, *(one for one in found if id(one.video) in there)])
