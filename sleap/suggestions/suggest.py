"""Runs a method, and joins what it found to what there is."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from sleap.core.labels import Labels
from sleap.core.suggestion import SuggestionFrame
from sleap.core.video import Video
from sleap.errors import LabelsError
from sleap.progress import SILENT, Progress
from sleap.suggestions.methods import METHOD_REGISTRY
from sleap.suggestions.options import SuggestionOptions
from sleap.suggestions.strategy import Found, Search


def suggest(
    labels: Labels,
    videos: Iterable[Video] | None = None,
    options: SuggestionOptions | None = None,
    progress: Progress = SILENT,
    folders: Sequence[Path] = (),
) -> list[SuggestionFrame]:
    """Choose frames worth labeling.

    The labels are only read, so this may run in any thread as long as nobody edits them.

    Args:
        labels: The labels.
        videos: Only of these of their videos; None: all.
        options: The method and its options; None: 20 frames spread over each video.
        progress: Told how far it is; stops the method when it is cancelled.
        folders: Where to look for videos that are not where the labels say: mostly the folder of
            the labels file.

    Returns:
        New suggestions, by video in the order of the labels and then by frame, or by rank if the
        method ranks them; each frame once. They are not yet in ``labels``.

    Raises:
        CancelledError: If the user stopped it.
        LabelsError: If a video is not of these labels, or a node not of the skeleton.
        VideoError: If a video has to be read and cannot be.
    """
    options = SuggestionOptions() if options is None else options
    wanted = list(labels.videos if videos is None else videos)
    for video in wanted:
        if labels.store.find_in(labels.videos, video) < 0:
            raise LabelsError(f"These labels have no {video}.")
    search = Search(
        labels,
        wanted,
        options.chosen,
        progress,
        folders,
        options.skip_suggested,
        options.skip_labeled,
    )
    found: dict[int, list[Found]] = {}
    for part in METHOD_REGISTRY.get(options.method)(search):
        progress.check()
        found.setdefault(search.number(part.video), []).append(part)
    new = [item for number in sorted(found) for item in _as_suggestions(found[number])]
    return merge([], new)


def merge(
    suggestions: Iterable[SuggestionFrame], new: Iterable[SuggestionFrame]
) -> list[SuggestionFrame]:
    """Put suggestions behind others, each frame once: what was there first stays as it is."""
    seen: set[tuple[int, int]] = set()
    merged = []
    for item in (*suggestions, *new):
        key = id(item.video), item.frame_idx
        if key not in seen:
            seen.add(key)
            merged.append(item)
    return merged


def _as_suggestions(parts: list[Found]) -> list[SuggestionFrame]:
    """Make objects of the frames of one video, by frame unless they are ranked."""
    video = parts[0].video
    indices = np.concatenate([part.frame_indices for part in parts])
    groups = np.concatenate(
        [
            np.full(len(part.frame_indices), -1) if part.groups is None else part.groups
            for part in parts
        ]
    )
    is_ranked = all(part.is_ranked for part in parts)
    order = np.arange(len(indices)) if is_ranked else np.argsort(indices, kind="stable")
    return [
        SuggestionFrame(video, index, None if group < 0 else group)
        for index, group in zip(indices[order].tolist(), groups[order].tolist(), strict=True)
    ]
