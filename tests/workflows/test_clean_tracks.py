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
from sleap.errors import CancelledError, FileError, LabelsError, OptionError
from sleap.io.files import load_file, save_file
from sleap.progress import Progress
from sleap.workflows.clean_tracks import CleanTracksOptions, clean_labels, clean_tracks

SKELETON = Skeleton(["head"])


def predict(track: Track | None, score: float = 0.5, **settings: Any) -> PredictedInstance:
    return PredictedInstance(SKELETON, [[1.0, 2]], score=score, track=track, **settings)


def track_names(labels: Labels) -> list[list[str | None]]:
    return [[i.track.name if i.track else None for i in frame.instances] for frame in labels]


def test_broken_tracks_are_joined_in_order_of_time() -> None:
    a, b, c, unused = Track("a"), Track("b"), Track("c"), Track("unused")
    video = Video("v.mp4")
    frames = [
        LabeledFrame(video, 2, [predict(a), predict(c), predict(None, 0.1)]),
        LabeledFrame(video, 0, [predict(b)]),
        LabeledFrame(video, 1, [predict(a), predict(b)]),
    ]
    labels = Labels(frames, tracks=[unused, a, b, c])
    cleaned = clean_labels(labels, 2)
    assert track_names(cleaned) == [["a", "b"], ["b"], ["a", "b"]]
    assert cleaned.tracks == [b, a]
    assert track_names(labels)[0] == ["a", "c", None]
    assert len(labels.tracks) == 4


def test_tracks_that_begin_together_are_listed_by_name() -> None:
    b, a = Track("b"), Track("a")
    labels = Labels([LabeledFrame(Video("v.mp4"), 0, [predict(b), predict(a)])])
    assert clean_labels(labels, 2).tracks == [a, b]


def test_each_video_by_itself() -> None:
    a, b, c = Track("a"), Track("b"), Track("c")
    first, second = Video("1.mp4"), Video("2.mp4")
    frames = [
        LabeledFrame(first, 0, [predict(a), predict(b)]),
        LabeledFrame(second, 1, [predict(a), predict(c)]),
    ]
    assert track_names(clean_labels(Labels(frames), 2)) == [["a", "b"], ["a", "c"]]


def test_nothing_of_the_user_is_dropped() -> None:
    a, b, c = Track("a"), Track("b"), Track("c")
    video = Video("v.mp4")
    origin = predict(c, 0.9)
    corrected = Instance(SKELETON, [[3.0, 4]], track=c, from_predicted=origin)
    frames = [
        LabeledFrame(video, 0, [Instance(SKELETON, [[1.0, 1]], track=t) for t in (a, b)]),
        LabeledFrame(video, 1, [predict(a), origin, corrected]),
        LabeledFrame(video, 2, [*(Instance(SKELETON, [[1.0, 1]]) for _ in range(3)), predict(a)]),
    ]
    cleaned = clean_labels(Labels(frames), 2)
    assert track_names(cleaned) == [["a", "b"], ["a", "b", "b"], [None] * 3]


def test_what_cannot_be_done_is_said(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="instance_count is 0; expected at least 1"):
        CleanTracksOptions(data_path="a.slp", instance_count=0)
    with pytest.raises(LabelsError, match=r"nothing to clean.*sleap\.nn\.tracking"):
        clean_labels(Labels([LabeledFrame(Video("v.mp4"), 0, [predict(None)])]), 2)
    with pytest.raises(FileError, match=r"missing\.slp"):
        clean_tracks(CleanTracksOptions(data_path=tmp_path / "missing.slp"))
    progress = Progress()
    progress.is_cancelled = True
    with pytest.raises(CancelledError):
        clean_labels(Labels([LabeledFrame(Video("v.mp4"), 0, [predict(Track("a"))])]), 2, progress)


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("dir/p.h5", "dir/p.cleaned.h5"),
        ("dir/v.mp4.predictions.slp", "dir/v.mp4.predictions.cleaned.h5"),
        ("dir/p.json", "dir/p.cleaned.json"),
        ("dir/p.json.zip", "dir/p.cleaned.h5"),
    ],
)
def test_name_of_the_output(source: str, written: str) -> None:
    assert CleanTracksOptions(data_path=source).output_path == Path(written)
    assert CleanTracksOptions(data_path=source, output="x.slp").output_path == Path("x.slp")


@pytest.mark.parametrize("ending", ["h5", "json"])
def test_from_file_to_file(tmp_path: Path, ending: str) -> None:
    a, b, c = Track("a"), Track("b"), Track("c")
    video = Video("v.mp4", shape=(10, 8, 8, 1))
    frames = [
        LabeledFrame(video, 0, [predict(a), predict(b)]),
        LabeledFrame(video, 1, [predict(c), predict(a), predict(b, 0.1)]),
    ]
    save_file(Labels(frames), tmp_path / f"p.{ending}")
    report = clean_tracks(CleanTracksOptions(data_path=tmp_path / f"p.{ending}"))
    assert report.path == tmp_path / f"p.cleaned.{ending}"
    assert (report.n_tracks_before, report.n_tracks, report.n_dropped) == (3, 2, 1)
    cleaned = load_file(report.path)
    assert track_names(cleaned) == [["a", "b"], ["b", "a"]]
    if ending == "h5":
        assert cleaned.provenance["track_cleaning"]["instance_count"] == 2


def test_real_predictions(data_dir: Path) -> None:
    labels = load_file(data_dir / "centered_pair" / "predictions.slp")
    cleaned = clean_labels(labels, 2)
    assert (len(labels.tracks), len(cleaned.tracks)) == (27, 2)
    counts = np.array([len(frame.instances) for frame in cleaned])
    before = np.array([len(frame.instances) for frame in labels])
    np.testing.assert_array_equal(counts, np.minimum(before, 2))
