"""Instances, as painted."""

from collections.abc import Callable

import numpy as np
import pytest
from attrs import evolve
from pytestqt.qtbot import QtBot
from qtpy.QtGui import QColor, QImage, QPainter

from sleap.core.labels import Labels
from sleap.gui.look import Look
from sleap.gui.overlays.colors import color_pose, find_palette
from sleap.gui.overlays.instances import Emphasis, node_radius, paint_instance
from sleap.gui.overlays.poses import Pose, read_poses
from sleap.gui.overlays.view import View

VIEW = View((128, 96), (512, 384))
RED = (228, 26, 28)


@pytest.fixture
def pose(labels: Labels) -> Pose:
    pose = read_poses(labels.store, [labels[0].user_instances[0].row])[0]
    pose.complete[:] = True
    return pose


def paint(
    pose: Pose, view: View = VIEW, emphasis: Emphasis | None = None, **look: object
) -> QImage:
    image = QImage(*(round(side * view.ratio) for side in view.size), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(view.ratio)
    image.fill(QColor(0, 0, 255))
    painter = QPainter(image)
    chosen = Look(palette="five+", **look)  # type: ignore[arg-type]
    colors = color_pose(pose, chosen, find_palette("five+"))
    paint_instance(painter, pose, view, chosen, colors, emphasis or Emphasis())
    painter.end()
    return image


def colors_of(image: QImage) -> np.ndarray:
    """Return (height, width, 3) red, green, blue."""
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return pixels[..., 2::-1].astype(int)


def count(image: QImage, accepts: Callable[[np.ndarray], np.ndarray]) -> int:
    return int(np.count_nonzero(accepts(colors_of(image))))


def is_red(colors: np.ndarray) -> np.ndarray:
    return np.asarray((colors == RED).all(axis=-1))


def is_inked(colors: np.ndarray) -> np.ndarray:
    return np.asarray((colors != (0, 0, 255)).any(axis=-1))


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_a_node_lies_on_its_pixel(qtbot: QtBot, pose: Pose, ratio: float) -> None:
    view = View((128, 96), (512, 384), ratio=ratio)
    image = paint(pose, view, show_edges=False, marker_size=8)
    reds = np.argwhere(is_red(colors_of(image)))[:, ::-1]
    reds = reds[(reds[:, 0] < 100 * ratio) & (reds[:, 1] < 200 * ratio)]
    middle = (reds.mean(axis=0) + 0.5) / ratio
    np.testing.assert_allclose(middle, view.place(pose.points[0]), atol=0.3)


def test_edges_can_be_hidden_and_bold(qtbot: QtBot, pose: Pose) -> None:
    def reds(**look: object) -> int:
        return count(paint(pose, **look), is_red)  # type: ignore[arg-type]

    without, thin, bold = reds(show_edges=False), reds(), reds(bold_lines=True)
    wedges = reds(edge_style="wedge")
    assert without < thin < bold
    assert without < wedges


def test_confirmed_nodes_are_full_guessed_see_through_hidden_ones_rings(
    qtbot: QtBot, pose: Pose
) -> None:
    pose.complete[1] = False
    pose.visible[2] = False
    image = paint(pose, show_edges=False, marker_size=12)
    full, guessed, hidden = (
        image.pixelColor(*(int(side) for side in VIEW.place(point))).getRgb()[:3]
        for point in pose.points
    )
    assert full == RED
    assert guessed[0] > 50 and guessed[2] > 50
    assert hidden == (0, 0, 255)
    image = paint(pose, show_edges=False, marker_size=12, show_non_visible=False)
    assert count(image.copy(160, 96, 60, 40), is_inked) == 0


def test_the_selected_instance_has_white_and_brackets(qtbot: QtBot, pose: Pose) -> None:
    def whites(emphasis: Emphasis) -> int:
        return count(paint(pose, emphasis=emphasis), lambda colors: colors.min(axis=-1) > 250)

    plain, selected = whites(Emphasis()), whites(Emphasis(True))
    nodes = whites(Emphasis(True, {0, 2}))
    assert plain == 0 < selected < nodes


def test_markers_are_as_large_at_any_zoom(qtbot: QtBot, pose: Pose) -> None:
    alone = pose.at(np.where(np.arange(3)[:, None] == 1, pose.points, np.nan))
    near = View((128, 96), (512, 384)).showing(25, 20, 35, 25)
    areas = [count(paint(alone, view), is_red) for view in (VIEW, near)]
    assert areas[0] == pytest.approx(areas[1], abs=6)


def test_predictions_are_smaller_unless_colored(pose: Pose) -> None:
    predicted = evolve(pose, is_predicted=True)
    assert node_radius(predicted, Look()) < node_radius(pose, Look())
    assert node_radius(predicted, Look(color_predicted=True)) == node_radius(pose, Look())


def test_nothing_is_painted_of_what_is_missing(qtbot: QtBot, pose: Pose) -> None:
    image = paint(pose.at(np.full((3, 2), np.nan)))
    assert count(image, is_inked) == 0
