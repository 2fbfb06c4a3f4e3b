import numpy as np
import pytest

from sleap.core.merge import plan_merge
from sleap.gui.dialogs.merge_drawing import ConflictDrawing


@pytest.fixture
def drawing(qtbot, labels):
    new = labels.copy()
    new.find(new.videos[0], 0).instances[0].points["x"][:] += 30
    made = ConflictDrawing(labels, plan_merge(labels, new))
    qtbot.addWidget(made)
    made.resize(300, 240)
    made.show()
    return made


def _n_colors(widget):
    image = widget.grab().toImage()
    return len({image.pixel(x, y) for x in range(0, 300, 3) for y in range(0, 200, 3)})


def test_both_sides_are_drawn(drawing):
    drawing.show_conflict(0)
    base, new = drawing.sides
    assert base.points.shape == new.points.shape == (1, 3, 2)
    np.testing.assert_allclose(new.points - base.points, [[[30, 0]] * 3])
    assert base.edges == [[(0, 1), (1, 2)]]
    assert _n_colors(drawing) > 5


def test_no_conflict_is_said(drawing):
    drawing.show_conflict(-1)
    assert drawing.sides is None
    drawing.grab()


def test_missing_points_are_left_out(drawing):
    drawing.show_conflict(0)
    drawing.sides[0].points[:] = np.nan
    drawing.sides[1].points[0, 0] = np.nan
    drawing.grab()
    drawing.sides[1].points[:] = np.nan
    drawing.grab()
