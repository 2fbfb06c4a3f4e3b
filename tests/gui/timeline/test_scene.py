import numpy as np
import pytest
from attrs import evolve
from qtpy.QtGui import QColor, QFont, QImage, QPalette

from sleap.core.labels import Labels
from sleap.gui.timeline.colors import Colors
from sleap.gui.timeline.data import TimelineData
from sleap.gui.timeline.lanes import Lane, Lanes
from sleap.gui.timeline.scene import Scene
from sleap.gui.timeline.span import Span
from sleap.render.palette import PALETTES

pytestmark = pytest.mark.usefixtures("qapp")

WIDTH = 424


@pytest.fixture
def scene(labels: Labels) -> Scene:
    labels.add_frame(labels.videos[0], 60)  # without an animal
    data = TimelineData.of(labels, labels.videos[0])
    lanes = Lanes.arrange(2, has_suggestions=True, has_untracked=True)
    span = Span.whole(100, 12.0, WIDTH - 24)
    return Scene(
        data=data,
        graph=None,
        span=span,
        lanes=lanes,
        colors=Colors.of(QPalette()),
        palette=PALETTES["standard"],
        first_row=0,
        font=QFont(),
        ratio=1.0,
    )


def draw(scene: Scene) -> QImage:
    return scene.draw(WIDTH, int(scene.lanes.height)).toImage()


def found(image: QImage, lane: Lane, color: QColor, ratio: float = 1.0) -> list[int]:
    """Return the columns in the middle of a lane that have a colour."""
    y = int((lane.y + lane.height / 2) * ratio)
    return [x for x in range(image.width()) if image.pixelColor(x, y).rgb() == color.rgb()]


def test_user_labels_are_marked(scene: Scene) -> None:
    columns = found(draw(scene), scene.lanes.labels, scene.colors.user)
    for frame_idx in (0, 10, 20):
        assert int(scene.span.x(frame_idx + 0.5)) in columns
    assert int(scene.span.x(15.5)) not in columns


def test_frames_without_animals_are_hollow(scene: Scene) -> None:
    image, lane = draw(scene), scene.lanes.labels
    columns = found(image, lane, scene.colors.negative)
    assert len(columns) == 2  # the left and right side of the box
    assert columns[0] < scene.span.x(60.5) < columns[1] + 1


def test_suggestions_are_open_until_they_are_labeled(scene: Scene) -> None:
    columns = found(draw(scene), scene.lanes.suggestions, scene.colors.suggested)
    middles = [int(scene.span.x(frame_idx + 0.5)) for frame_idx in (5, 10, 15)]
    assert [middle in columns for middle in middles] == [False, True, False]
    for middle in middles:
        assert set(range(middle - 4, middle + 5)) & set(columns)


def test_suggestions_with_predictions_only_are_yellow(scene: Scene, labels: Labels) -> None:
    users = labels.instance_rows(labels.videos[0], "user")
    labels.remove_instances(users)
    data = TimelineData.of(labels, labels.videos[0])
    image = draw(evolve(scene, data=data))
    columns = found(image, scene.lanes.suggestions, scene.colors.predicted)
    assert int(scene.span.x(10.5)) in columns


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_tracks_have_rows_of_their_colors(scene: Scene, ratio: float) -> None:
    scene = evolve(scene, ratio=ratio)
    image = draw(scene)
    for row, color in enumerate(PALETTES["standard"].colors[:2]):
        y = int((scene.lanes.tracks.y + row * scene.lanes.pitch + 1.5) * ratio)
        for frame_idx in (0, 10, 20):
            x = int(scene.span.x(frame_idx + 0.5) * ratio)
            assert image.pixelColor(x, y).getRgb()[:3] == color
        x = int(scene.span.x(30.5) * ratio)
        assert image.pixelColor(x, y) == scene.colors.lane


def test_a_lone_frame_of_a_track_is_seen_from_afar(scene: Scene) -> None:
    span = Span.whole(1_000_000, 12.0, WIDTH - 24)
    image = draw(evolve(scene, span=span))
    blue = QColor(*PALETTES["standard"].colors[0])
    lane = Lane(scene.lanes.tracks.y, scene.lanes.pitch)
    assert found(image, lane, blue) == [12, 13]


def test_untracked_instances_have_ticks(scene: Scene) -> None:
    columns = found(draw(scene), scene.lanes.untracked, scene.colors.text)
    per_frame = round(scene.span.scale)
    assert len(columns) == 3 * per_frame


def test_scrolled_rows_begin_with_a_later_track(scene: Scene) -> None:
    lanes = evolve(scene.lanes, n_visible=1)
    image = draw(evolve(scene, first_row=1, lanes=lanes))
    x, y = int(scene.span.x(10.5)), int(lanes.tracks.y + 1)
    assert image.pixelColor(x, y).getRgb()[:3] == PALETTES["standard"].colors[1]


def test_without_labels_the_lanes_are_drawn(scene: Scene) -> None:
    image = draw(evolve(scene, data=None))
    lane = scene.lanes.labels
    assert len(found(image, lane, scene.colors.lane)) == WIDTH - 24


def test_a_mark_at_a_border_stays_inside(scene: Scene) -> None:
    image = draw(evolve(scene, span=scene.span.shown(10, 30)))
    columns = found(image, scene.lanes.labels, scene.colors.user)
    assert columns and min(columns) >= 12 and max(columns) < WIDTH - 12
    assert np.diff(columns).max() > 1
