"""What is drawn lies where it should and has the colour it should."""

import numpy as np
import pytest

from sleap.core.skeleton import Skeleton
from sleap.render.draw import Shape, View, draw
from sleap.render.palette import EDGE_GREY, NODE_YELLOW, get_palette
from sleap.render.style import Style

SKELETON = Skeleton(["a", "b", "c"], [("a", "b"), ("b", "c")])
POINTS = np.array([[20.0, 30.0], [60.0, 30.0], [60.0, 70.0]])
BLACK = np.zeros((100, 120), np.uint8)


def color_at(picture: np.ndarray, x: int, y: int) -> tuple[int, ...]:
    return tuple(int(value) for value in picture[y, x])


def near(a: tuple[int, ...], b: tuple[int, ...]) -> bool:
    return max(abs(p - q) for p, q in zip(a, b, strict=True)) < 40


def test_picture_is_rgb_and_the_frame_is_not_touched() -> None:
    frame = np.full((100, 120), 50, np.uint8)
    for image in (frame, frame[..., None], np.repeat(frame[..., None], 3, axis=2)):
        before = image.copy()
        picture = draw(image, [Shape(POINTS, SKELETON)])
        assert picture.shape == (100, 120, 3) and picture.dtype == np.uint8
        assert np.array_equal(image, before)
        assert color_at(picture, 5, 90) == (50, 50, 50)


@pytest.mark.parametrize("spot", [(40.0, 50.0), (40.25, 50.5), (39.6, 50.8)])
def test_node_is_drawn_at_its_sub_pixel_place(spot: tuple[float, float]) -> None:
    white = np.full((100, 120), 255, np.uint8)
    points = np.array([spot, [np.nan] * 2, [np.nan] * 2])
    dark = 255.0 - draw(white, [Shape(points, SKELETON)]).min(axis=2)
    y, x = np.mgrid[:100, :120]
    centre = np.array([(x * dark).sum(), (y * dark).sum()]) / dark.sum()
    assert np.abs(centre - spot).max() < 0.15


def test_edges_join_nodes_and_missing_nodes_have_none() -> None:
    plain = Style(marker_size=0)
    picture = draw(BLACK, [Shape(POINTS, SKELETON)], plain)
    blue = get_palette("standard").color(0)
    assert near(color_at(picture, 40, 30), blue) and near(color_at(picture, 60, 50), blue)
    without = POINTS.copy()
    without[2] = np.nan
    picture = draw(BLACK, [Shape(without, SKELETON)], plain)
    assert near(color_at(picture, 40, 30), blue)
    assert color_at(picture, 60, 50) == (0, 0, 0)
    assert draw(BLACK, [Shape(POINTS, SKELETON)], Style(marker_size=0, edges="none")).max() == 0


def test_wedge_is_wide_at_its_source() -> None:
    picture = draw(BLACK, [Shape(POINTS, SKELETON)], Style(edges="wedge", marker_size=4))
    lit = picture.max(axis=2) > 60
    assert lit[20:41, 27].sum() > lit[20:41, 50].sum() + 1


def test_colors_follow_what_was_asked() -> None:
    palette = get_palette("standard")
    shape = Shape(POINTS, SKELETON, rank=1, track=3)
    corner, middle = (20, 30), (40, 30)
    for color_by, node, edge in (
        ("track", palette.color(3), palette.color(3)),
        ("instance", palette.color(1), palette.color(1)),
        ("node", palette.color(0), palette.color(0)),
        ("none", NODE_YELLOW, EDGE_GREY),
    ):
        picture = draw(BLACK, [shape], Style(color_by=color_by))
        assert near(color_at(picture, *corner), node)
        assert near(color_at(picture, *middle), edge)
    by_edge = draw(BLACK, [shape], Style(color_by="edge", marker_size=0))
    assert near(color_at(by_edge, 60, 50), palette.color(1))
    untracked = draw(BLACK, [Shape(POINTS, SKELETON, rank=2)], Style())
    assert near(color_at(untracked, *corner), palette.color(2))


def test_hidden_nodes_are_rings_or_absent() -> None:
    hidden = Shape(POINTS, SKELETON, visible=np.array([True, True, False]))
    style = Style(edges="none", marker_size=5)
    picture = draw(BLACK, [hidden], style)
    assert picture[30, 20].max() > 100
    assert picture[70, 60].max() < 40 and picture[65:76, 55:66].max() > 100
    absent = draw(BLACK, [hidden], Style(edges="none", marker_size=5, hidden_nodes=False))
    assert absent[60:80, 50:70].max() == 0


def test_backgrounds_scale_and_even_sides() -> None:
    frame = np.full((101, 121), 90, np.uint8)
    for background, tone in (("original", 90), ("black", 0), ("white", 255), ("grey", 127)):
        picture = draw(frame, [], Style(background=background, scale=0.5))
        assert picture.shape == (50, 60, 3)
        assert (picture == tone).all()


def test_view_crops_and_enlarges_with_the_pixel_centres_in_place() -> None:
    frame = np.zeros((100, 120), np.uint8)
    frame[50, 40] = 255
    view = View((30, 40), (20, 20), 5.0)
    picture = draw(frame, [], Style(), view=view)
    assert picture.shape == (100, 100, 3)
    y, x = np.mgrid[:100, :100]
    light = picture[..., 0].astype(float)
    centre = np.array([(x * light).sum(), (y * light).sum()]) / light.sum()
    assert np.allclose(centre, view.place(np.array([40.0, 50.0])), atol=0.1)


def test_trail_fades_and_bridges_no_gap() -> None:
    path = np.stack([np.arange(10, 110, 2.0), np.full(50, 50.0)], axis=-1)
    path[20:30] = np.nan
    picture = draw(BLACK, [], Style(line_width=3), trails={0: path})
    strength = picture[50].max(axis=1)
    assert strength[100] > strength[75] > strength[40] > strength[16] > 0
    assert strength[55:66].max() == 0


def test_names_are_written_inside_of_the_picture() -> None:
    shape = Shape(POINTS + np.array([55, -28]), SKELETON, track=0, name="left fly")
    plain = draw(BLACK, [shape], Style())
    named = draw(BLACK, [shape], Style(track_names=True, node_names=True))
    assert (plain != named).any()
    assert (
        draw(BLACK, [Shape(np.full((3, 2), np.nan), SKELETON)], Style(node_names=True)).max() == 0
    )


def test_points_far_outside_do_no_harm() -> None:
    far = np.array([[-1e7, 1e9], [50.0, 50.0], [3e5, 2.0]])
    assert draw(BLACK, [Shape(far, SKELETON)]).shape == (100, 120, 3)
