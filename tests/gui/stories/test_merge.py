"""Two people have labeled the same recording; their work is put together."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from sleap.core.instance import Instance
from sleap.io.files import load_file
from tests.gui.stories.user import User, facts, points_of

AGREED, DISPUTED, NEW = 0, 351, 500


@pytest.fixture
def projects(copied: Callable[[str], Path]) -> tuple[Path, Path]:
    """The project of one, and that of another: one frame is other, one is new."""
    mine = copied("flies_tutorial") / "labels.v000.slp"
    labels = load_file(mine)
    video, skeleton = labels.videos[0], labels.skeletons[0]
    for instance in list(labels.find(video, DISPUTED).instances):
        instance.points["x"] += 30
    labels.add_frame(video, NEW).append(Instance(skeleton, [[50, 60], [70, 80], [90, 100]]))
    theirs = mine.with_name("theirs.slp")
    labels.save(theirs)
    return mine, theirs


@pytest.mark.parametrize(
    ("keep", "shift"), [("The other project", 30), ("This project", 0), ("Both", None)]
)
def test_merge_two_projects(
    experienced: User, projects: tuple[Path, Path], keep: str, shift: float | None
) -> None:
    user, (mine, theirs) = experienced, projects
    window = user.start(mine)
    user.wait(lambda: window.session.document.path == mine)
    user.wait_for_frame()
    labels, video = window.session.labels, window.session.video
    start = facts(labels)
    before = [points_of(one) for one in labels.find(video, DISPUTED).instances]

    def answer(dialog):
        assert dialog.tabs.tabText(0).replace("&", "") == "Conflicts (1)"
        user.select(dialog.for_all, keep)
        user.push("Merge", dialog)

    user.plan("Merge into Project", user.enters_file(theirs))
    with user.answering("Merge theirs.slp", answer):
        user.choose("File", "Merge into Project…")

    assert len(labels) == 5 and len(labels.videos) == len(labels.skeletons) == 1
    assert len(labels.find(video, AGREED).instances) == 2
    after = [points_of(one) for one in labels.find(video, DISPUTED).instances]
    if shift is None:
        assert len(after) == 4
    else:
        np.testing.assert_allclose(after, np.add(before, (shift, 0)))
    end = facts(labels)
    user.press("Ctrl+Z")
    assert facts(labels) == start and not window.isWindowModified()
    user.press("Ctrl+Shift+Z")
    assert facts(labels) == end
