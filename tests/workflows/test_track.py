from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.errors import CancelledError, LabelsError, OptionError, VideoError
from sleap.evaluation.comparison import count_switches
from sleap.io.files import load_file, save_file
from sleap.progress import Progress
from sleap.tracking.options import TrackingOptions
from sleap.workflows.track import TrackOptions, track, track_labels

SKELETON = Skeleton(["a", "b"])
SIMPLE = TrackingOptions(tracker="simple")


def at(x: float, y: float = 20) -> np.ndarray:
    return np.array([[x, y], [x + 10, y + 5]])


def predict(x: float, **settings: Any) -> PredictedInstance:
    return PredictedInstance(SKELETON, at(x), score=settings.pop("score", 0.9), **settings)


def track_names(labels: Labels) -> list[list[str | None]]:
    return [
        [None if i.track is None else i.track.name for i in frame.instances] for frame in labels
    ]


def test_each_video_by_itself() -> None:
    first, second = Video("a.mp4"), Video("b.mp4")
    frames = [
        LabeledFrame(video, index, [predict(20 + index), predict(80 + index)])
        for index in (2, 0, 1)
        for video in (first, second)
    ]
    labels = track_labels(Labels(frames), SIMPLE)
    assert [track.name for track in labels.tracks] == ["track_0", "track_1", "track_2", "track_3"]
    for video, names in ((first, ["track_0", "track_1"]), (second, ["track_2", "track_3"])):
        found = [[i.track.name for i in frame.instances] for frame in labels[video]]
        assert found == [names] * 3
    assert [frame.frame_idx for frame in labels] == [2, 2, 0, 0, 1, 1]
    scores = [i.tracking_score for i in labels[(first, 1)].instances]
    np.testing.assert_allclose(scores, np.exp(-1), rtol=1e-5)
    assert np.isnan(labels[(first, 0)].instances[0].tracking_score)


def test_old_tracks_of_predictions_go() -> None:
    old = Track("old")
    labels = Labels([LabeledFrame(Video("a.mp4"), 0, [predict(20, track=old), predict(80)])])
    tracked = track_labels(labels, SIMPLE)
    assert track_names(tracked) == [["track_0", "track_1"]]
    assert labels.tracks == [old]
    assert track_names(labels) == [["old", None]]


def test_what_the_user_set_is_left_alone() -> None:
    mine = Track("track_0")
    video = Video("a.mp4")
    frames = [
        LabeledFrame(video, i, [Instance(SKELETON, at(20), track=mine), predict(80)])
        for i in range(2)
    ]
    labels = track_labels(Labels(frames), SIMPLE)
    assert track_names(labels) == [["track_0", "track_1"]] * 2
    assert labels[0].instances[0].track is mine


def test_user_instances_if_asked() -> None:
    video = Video("a.mp4")
    original = predict(20)
    frames = [
        LabeledFrame(video, 0, [Instance(SKELETON, at(20), track=Track("x")), predict(80)]),
        LabeledFrame(
            video, 1, [original, Instance(SKELETON, at(21), from_predicted=original), predict(81)]
        ),
    ]
    labels = track_labels(Labels(frames), SIMPLE, user_instances=True)
    assert track_names(labels) == [["track_0", "track_1"], ["track_0", "track_0", "track_1"]]


def test_culled_predictions_are_gone_but_nothing_of_the_user() -> None:
    instances = [Instance(SKELETON, at(20)), predict(80, score=0.2), predict(140, score=0.8)]
    labels = Labels([LabeledFrame(Video("a.mp4"), 0, instances)])
    options = TrackingOptions(tracker="simple", target_instance_count=2, pre_cull_to_target=True)
    tracked = track_labels(labels, options, user_instances=True)
    assert [i.numpy()[0, 0] for i in tracked[0].instances] == [20, 140]
    assert len(labels[0].instances) == 3


def test_nothing_to_track() -> None:
    labels = Labels([LabeledFrame(Video("a.mp4"), 0, [Instance(SKELETON, at(20))])])
    with pytest.raises(LabelsError, match="add --user_instances"):
        track_labels(labels, SIMPLE)


def test_it_can_be_stopped() -> None:
    progress = Progress()
    progress.is_cancelled = True
    labels = Labels([LabeledFrame(Video("a.mp4"), 0, [predict(20)])])
    with pytest.raises(CancelledError):
        track_labels(labels, SIMPLE, progress=progress)


def test_flow_needs_the_video(tmp_path: Path) -> None:
    labels = Labels([LabeledFrame(Video("nowhere.mp4"), 0, [predict(20)])])
    with pytest.raises(VideoError, match=r"nowhere\.mp4"):
        track_labels(labels, TrackingOptions(tracker="flow"), search=(tmp_path,))


@pytest.mark.parametrize(
    ("options", "name"),
    [
        (
            {"tracker": "simple", "similarity": "iou", "match": "hungarian"},
            "preds.h5.SimpleCandidateMaker.instance_iou.hungarian_matching.h5",
        ),
        (
            {"tracker": "flow"},
            "preds.h5.FlowCandidateMaker.instance_similarity.greedy_matching.h5",
        ),
    ],
)
def test_name_of_the_output(options: dict[str, Any], name: str) -> None:
    chosen = TrackOptions(data_path="dir/preds.h5", tracking=TrackingOptions(**options))
    assert chosen.output_path == Path("dir") / name
    assert TrackOptions(data_path="preds.h5", output="x.slp").output_path == Path("x.slp")


def test_from_file_to_file(tmp_path: Path) -> None:
    path = tmp_path / "preds.h5"
    save_file(Labels([LabeledFrame(Video("a.mp4"), 0, [predict(20)])]), path)
    with pytest.raises(OptionError, match="--tracker simple"):
        track(TrackOptions(data_path=path))
    written = track(TrackOptions(data_path=path, tracking=SIMPLE))
    assert written.parent == tmp_path
    labels = load_file(written)
    assert track_names(labels) == [["track_0"]]
    assert labels.provenance["tracking"]["tracker"] == "simple"


def test_real_golden(data_dir: Path, tmp_path: Path) -> None:
    output = tmp_path / "tracked.slp"
    path = data_dir / "centered_pair" / "predictions.slp"
    track(TrackOptions(data_path=path, output=str(output), tracking=SIMPLE))
    labels = load_file(output)
    assert len(labels.tracks) == 27
    assert labels.n_predicted_instances == 2274
    np.testing.assert_array_equal(
        labels.numpy(untracked=True), load_file(path).numpy(untracked=True)
    )


def test_real_flow(data_dir: Path) -> None:
    folder = data_dir / "two_flies"
    truth = load_file(folder / "two_flies.tracks.slp")
    options = TrackingOptions(tracker="flow", img_scale=0.5, save_shifted_instances=True)
    tracked = track_labels(truth, options, user_instances=True, search=(folder,))
    assert len(tracked.tracks) == 2
    assert count_switches(truth, tracked).n_switches == 0


def test_real_noise_is_kept_out(data_dir: Path) -> None:
    folder = data_dir / "two_flies"
    truth = load_file(folder / "two_flies.tracks.slp")
    noisy = load_file(folder / "two_flies.noisy.slp")
    options = TrackingOptions(
        tracker="simple", similarity="centroid", match="hungarian", max_tracks=2
    )
    scores = count_switches(truth, track_labels(noisy, options, user_instances=True))
    assert scores.n_predicted_tracks == 2
    assert scores.n_switches == 0
