"""The sample project, and a way to run an edit on it that undoes and redoes it."""

from collections.abc import Callable
from typing import Any

import pytest
from sample_project import sample_project

from sleap.core.labels import Labels
from sleap.editing.document import Document


def content(labels: Labels) -> tuple[Any, ...]:
    """Return all that labels hold, to be compared."""
    videos = [
        (one.filename, one.shape, one.grayscale, one.dataset, one.fingerprint)
        for one in labels.videos
    ]
    numbers = {id(video): number for number, video in enumerate(labels.videos)}
    return (
        *(table.tobytes() for table in labels.to_tables()),
        repr([vars(one) for one in labels.skeletons]),
        repr(videos),
        [(one.name, one.spawned_on) for one in labels.tracks],
        [(numbers[id(one.video)], one.frame_idx, one.group) for one in labels.suggestions],
        {key: [tuple(one) for one in some] for key, some in labels.negative_anchors.items()},
        repr(labels.provenance),
    )


def state(labels: Labels) -> tuple[Any, ...]:
    """Return all that labels hold, and which objects their lists are made of."""
    lists = labels.videos, labels.skeletons, labels.tracks
    return *content(labels), [[id(one) for one in items] for items in lists]


@pytest.fixture
def labels() -> Labels:
    """The sample project."""
    return sample_project()


@pytest.fixture
def document(labels: Labels) -> Document:
    return Document(labels)


@pytest.fixture
def compare() -> Callable[[Labels], tuple[Any, ...]]:
    """Return all that labels hold, to be compared."""
    return content


@pytest.fixture
def run(document: Document) -> Callable[..., Any]:
    """Run an edit on the project; undo must restore all exactly, and redo give it again."""

    def run_and_undo(edit: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        labels = document.labels
        before, n_done = state(labels), len(document.history.done)
        result = document.run(edit, *args, **kwargs)
        after = state(labels)
        if len(document.history.done) == n_done:
            assert after == before
            return result
        assert after != before
        for _ in range(2):
            document.undo()
            assert state(labels) == before
            document.redo()
            assert state(labels) == after
        return result

    return run_and_undo
