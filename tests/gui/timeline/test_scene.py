import numpy as np
import pytest
from attrs import evolve
from qtpy.QtGui import QColor, QFont, QImage, QPalette

from sleap.core.labels import Labels
from sleap.gui.timeline.colors import Colors, mix
from sleap.gui.timeline.data import TimelineData
from sleap.gui.timeline.lanes import Lane, Lanes
from sleap.gui.timeline.marks import DONE, OPEN, PREDICTED_ONLY
from sleap.gui.timeline.scene import PALE, Scene
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
    """Return the columns that have a colour below the middle of a lane."""
    y = int((lane.y + lane.height * 0.7) * ratio)
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


def suggest(scene: Scene, frames: list[int], states: list[int], n_frames: int) -> Scene:
    assert scene.data is not None
    scene.data.marks.suggested = np.array(frames, np.int64)
    scene.data.marks.states = np.array(states, np.uint8)
    return evolve(scene, span=Span.whole(n_frames, 12.0, WIDTH - 24))


def column(image: QImage, lane: Lane, x: int) -> list[int]:
    return [image.pixelColor(x, y).rgb() for y in range(int(lane.y), int(lane.bottom))]


def test_crowds_of_suggestions_tell_how_dense_they_are(scene: Scene) -> None:
    frames = [*range(0, 100_000, 1000), *range(200_000, 300_000, 20), *range(400_000, 500_000)]
    n = len(frames)
    image = draw(suggest(scene, frames, [PREDICTED_ONLY] * n, 600_000))
    lane, ground = scene.lanes.suggestions, scene.colors.lane.rgb()
    high = [
        sum(one != ground for one in column(image, lane, int(12 + 400 * share / 6)))
        for share in (0.5, 2.5, 4.5, 5.5)
    ]
    assert high[3] == 0 < high[0] < high[1] < high[2] == lane.height


def test_different_suggestions_in_one_column_are_all_seen(scene: Scene) -> None:
    states = [OPEN, PREDICTED_ONLY, DONE, OPEN, OPEN, DONE, PREDICTED_ONLY, OPEN, OPEN, DONE]
    image = draw(suggest(scene, list(range(500_000, 500_010)), states, 1_000_000))
    seen = column(image, scene.lanes.suggestions, 12 + 200)
    colors = scene.colors
    pale = mix(colors.lane, colors.suggested, PALE)
    for color in (colors.suggested, colors.predicted, pale):
        assert color.rgb() in seen


def test_single_suggestions_are_boxes_at_any_zoom(scene: Scene) -> None:
    for n_frames in (1_000_000, 10_000, 400, 150, 80):
        middle = n_frames // 2
        shown = suggest(scene, [middle], [DONE], n_frames)
        columns = found(draw(shown), scene.lanes.suggestions, scene.colors.suggested)
        assert len(columns) == 5
        assert columns[2] == pytest.approx(shown.span.x(middle + 0.5), abs=1)
