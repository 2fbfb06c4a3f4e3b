"""A biologist has a video and nothing else."""

from pathlib import Path

import numpy as np

from sleap.core.labels import Labels
from sleap.gui.main_window import MainWindow
from tests.gui.stories.user import User, points_of

NODES = ["nose", "earL", "earR", "back", "tail"]
EDGES = [("nose", "earL"), ("nose", "earR"), ("nose", "back"), ("back", "tail")]
SHAPE = np.array([[60.0, 0.0], [40.0, -22.0], [40.0, 22.0], [0.0, 3.0], [-70.0, -6.0]])
HIDDEN = 2


def build_skeleton(user: User, window: MainWindow) -> None:
    user.tab("Skeleton")
    dock = window.skeleton_dock
    for name in NODES:
        user.push("New Node", dock)
        user.type(name)
        user.press("Return")
    user.tab("Edges")
    for source, destination in EDGES:
        user.select(dock.edges.source, source)
        user.select(dock.edges.destination, destination)
        user.push("Add Edge", dock)
    user.tab("Nodes")
    user.double_click_cell(dock.nodes.view, 1, 1)
    user.wait(lambda: user.popup is not None)
    user.type("earR")
    user.press("Return")


def test_label_from_nothing(user: User, openfield: Path, tmp_path: Path) -> None:
    window = user.start()
    user.push("Got It")
    user.choose("File", "New Project")
    assert user.program.windows == [window]

    def add(dialog):
        with user.answering("Add videos", user.enters_file(openfield)):
            user.push("More files", dialog)
        user.wait(dialog.ok.isEnabled)
        user.push("Add", dialog)

    with user.answering("Add videos", add):
        user.choose("File", "Add Videos…")
    user.wait_for_frame()
    assert user.session.n_frames == 2330

    build_skeleton(user, window)
    skeleton = user.session.labels.skeletons[0]
    assert skeleton.node_names == NODES
    assert skeleton.edge_names == EDGES
    assert [set(pair) for pair in skeleton.symmetries] == [{1, 2}]

    user.tab("Labeling Suggestions")
    dock = window.suggestions_dock
    user.push("Generate Suggestions", dock)
    user.wait_for_jobs()
    suggested = [one.frame_idx for one in user.session.labels.suggestions]
    assert len(suggested) == 20
    window.canvas.setFocus()

    placed: dict[int, np.ndarray] = {}
    for number in range(10):
        if number:  # the first suggestion is the first frame
            user.press("Space")
        user.wait_for_frame()
        frame_idx = user.session.frame_idx
        assert frame_idx == suggested[number]
        placed[frame_idx] = label_frame(user, number)
    labels = user.session.labels
    assert len(labels) == 10

    path = tmp_path / "mouse.slp"
    with user.answering("Save Project", user.enters_file(path)):
        user.press("Ctrl+S")
    user.wait(path.exists)
    user.wait_for_jobs()
    assert not window.isWindowModified()
    window.close()

    again = user.start(path)
    user.wait(lambda: again.session.document.path == path)
    user.wait_for_frame()
    check(again.session.labels, placed)


def label_frame(user: User, number: int) -> np.ndarray:
    """Add an instance, and put its nodes to their places; return these places."""
    user.press("Ctrl+I")
    target = np.add(SHAPE, (250 + 12 * number, 240 - 6 * number))
    for node, place in enumerate(target.copy()):
        at = points_of(user.session.instance)[node]
        target[node] = at + user.drag(at, place)
        np.testing.assert_allclose(target[node], place, atol=2 * user.reach)
    if number == 3:  # a slip of the hand
        user.drag(target[0], target[0] + 40)
        user.press("Ctrl+Z")
    if number == 4:
        user.press("Ctrl+Z", "Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+Y")
    if number == 0:  # the following instances are copies: it stays hidden
        user.right_click_frame(*target[HIDDEN])
    return target


def check(labels: Labels, placed: dict[int, np.ndarray]) -> None:
    assert [frame.frame_idx for frame in labels] == sorted(placed)
    for frame in labels:
        (instance,) = frame.instances
        np.testing.assert_allclose(points_of(instance), placed[frame.frame_idx], atol=1e-6)
        assert instance.points["visible"].tolist() == [True, True, False, True, True]
        assert instance.points["complete"].all()
