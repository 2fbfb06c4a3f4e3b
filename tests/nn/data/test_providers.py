import cv2
import numpy as np
import pytest

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.errors import LabelsError, VideoError
from sleap.nn.data.providers import ScaledFrames, usable_frames
from sleap.progress import Progress
from sleap.video import load_video

NODES = ["head", "tail"]
NAN = np.nan


@pytest.fixture
def skeleton():
    return Skeleton(NODES)


def write_images(folder, n, size=(48, 64), colour=False):
    folder.mkdir()
    rng = np.random.default_rng(n)
    paths = []
    for i in range(n):
        shape = (*size, 3) if colour else size
        paths.append(folder / f"{i}.png")
        cv2.imwrite(str(paths[-1]), rng.integers(0, 255, shape, dtype=np.uint8))
    return load_video(paths)


@pytest.fixture
def video(tmp_path):
    return write_images(tmp_path / "gray", 4)


def labeled(video, skeleton, frame_indices, points=((10, 20), (30, 5))):
    return [LabeledFrame(video, i, [Instance(skeleton, np.array(points))]) for i in frame_indices]


def test_only_user_instances_with_visible_points_count(video, skeleton):
    visible = Instance(skeleton, np.array([[1, 2], [NAN, NAN]]))
    empty = Instance(skeleton)
    predicted = PredictedInstance(skeleton, np.array([[1, 2], [3, 4]]))
    hidden = Instance(skeleton, np.array([[5, 6], [7, 8]]))
    hidden.points["visible"] = [False, True]
    labels = Labels(
        [
            LabeledFrame(video, 0, [empty, visible, predicted]),
            LabeledFrame(video, 1, [PredictedInstance(skeleton, np.array([[1, 2], [3, 4]]))]),
            LabeledFrame(video, 2, [Instance(skeleton)]),
            LabeledFrame(video, 3, [hidden]),
        ]
    )
    found = usable_frames(labels, NODES)
    assert [frame.frame_idx for frame in found] == [0, 3]
    np.testing.assert_array_equal(found[0].points, [[[1, 2], [NAN, NAN]]])
    np.testing.assert_array_equal(found[1].points, [[[NAN, NAN], [7, 8]]])


def test_nothing_to_learn_from_says_what_to_do(video, skeleton):
    predicted = PredictedInstance(skeleton, np.array([[1, 2], [3, 4]]))
    labels = Labels([LabeledFrame(video, 1, [predicted])], skeletons=[skeleton])
    with pytest.raises(LabelsError, match=r"Label some frames.*predictions on 1 frames"):
        usable_frames(labels, NODES)


def test_nodes_are_put_into_the_wanted_order(video, skeleton):
    labels = Labels(labeled(video, skeleton, [0]))
    found = usable_frames(labels, ["tail", "head"])
    np.testing.assert_array_equal(found[0].points, [[[30, 5], [10, 20]]])
    with pytest.raises(LabelsError, match="same nodes"):
        usable_frames(labels, ["head", "nose"])


def test_scaled_once_and_points_with_it(video, skeleton):
    labels = Labels(labeled(video, skeleton, [2, 0]))
    with ScaledFrames.read(usable_frames(labels, NODES), scale=0.5) as frames:
        assert len(frames) == 2
        assert frames.channels == 1
        assert frames.shapes == [(24, 32)] * 2
        assert frames.image(0).shape == (24, 32, 1)
        assert frames.image(0) is frames.image(0)
        np.testing.assert_allclose(frames.points(0), [[[4.75, 9.75], [14.75, 2.25]]])


def test_beyond_the_budget_images_are_read_anew_and_equal(video, skeleton):
    usable = usable_frames(Labels(labeled(video, skeleton, range(4))), NODES)
    budget = 2 * 24 * 32
    with (
        ScaledFrames.read(usable, scale=0.5) as kept,
        ScaledFrames.read(usable, scale=0.5, budget=budget) as bounded,
    ):
        for row in range(4):
            np.testing.assert_array_equal(kept.image(row), bounded.image(row))
        is_kept = [bounded.image(row) is bounded.image(row) for row in range(4)]
        assert is_kept == [True, True, False, False]


def test_mixed_sizes_and_colours(tmp_path, video, skeleton):
    other = write_images(tmp_path / "colour", 2, size=(32, 40), colour=True)
    labels = Labels(labeled(video, skeleton, [1]) + labeled(other, skeleton, [0]))
    usable = usable_frames(labels, NODES)
    for channels, expected in [(0, 3), (3, 3), (1, 1)]:
        with ScaledFrames.read(usable, scale=1.0, channels=channels) as frames:
            assert frames.channels == expected
            assert frames.shapes == [(48, 64), (32, 40)]
            assert [frames.image(row).shape[2] for row in range(2)] == [expected] * 2


def test_missing_frame_is_named(video, skeleton):
    usable = usable_frames(Labels(labeled(video, skeleton, [99])), NODES)
    with pytest.raises(VideoError, match="99"):
        ScaledFrames.read(usable, scale=1.0)


def test_progress_counts_frames(video, skeleton):
    class Counter(Progress):
        total = done = 0

        def begin(self, title, total=None):
            self.total = total

        def advance(self, steps=1, **facts):
            self.done += steps

    counter = Counter()
    usable = usable_frames(Labels(labeled(video, skeleton, range(3))), NODES)
    ScaledFrames.read(usable, scale=1.0, progress=counter).close()
    assert counter.total == counter.done == 3


def test_real_package(data_dir):
    from sleap.io.files import load_file

    labels = load_file(data_dir / "mirror_mouse" / "val.pkg.slp")
    usable = usable_frames(labels, labels.skeleton.node_names)
    with ScaledFrames.read(usable, scale=0.5) as frames:
        assert len(frames) == 10
        assert frames.shapes == [(203, 198)] * 10 or frames.shapes == [(198, 203)] * 10
        inside = np.concatenate([frames.points(row) for row in range(10)])
        assert np.nanmax(inside) < 203
