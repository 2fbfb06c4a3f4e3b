from pathlib import Path

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.workflows.labels_info import LabelsInfoOptions, describe_labels, labels_info


def test_each_video_is_counted_by_itself() -> None:
    first, second, third = Video("a.mp4"), Video(["b/0.png", "b/1.png"]), Video("c.mp4")
    skeleton = Skeleton(["x"])
    tracks = [Track("s"), Track("t")]
    user = [Instance(skeleton, [[1, 2]], track=track) for track in tracks]
    found = PredictedInstance(skeleton, [[1, 2]], score=0.5, track=tracks[0])
    labels = Labels(
        [
            LabeledFrame(first, 9, [*user, found]),
            LabeledFrame(first, 4),
            LabeledFrame(second, 1, [PredictedInstance(skeleton, [[1, 2]], score=1)]),
        ],
        videos=[first, second, third],
    )
    assert describe_labels(labels) == [
        "Labeled frames: 3",
        "Tracks: 2",
        "Videos: 3",
        "  a.mp4",
        "    labeled from frame 4 to 9",
        "    labeled frames: 2",
        "    user-labeled frames: 1",
        "    tracks: 2",
        "    most instances on one frame: 3",
        "  b/0.png",
        "    labeled from frame 1 to 1",
        "    labeled frames: 1",
        "    user-labeled frames: 0",
        "    tracks: 0",
        "    most instances on one frame: 1",
        "  c.mp4",
        "    no labeled frames",
        "User-labeled frames in all: 1",
    ]


def test_real_predictions_are_counted(data_dir: Path) -> None:
    path = data_dir / "centered_pair" / "predictions.slp"
    lines = labels_info(LabelsInfoOptions(data_path=path))
    assert lines[:2] == ["Labeled frames: 1100", "Tracks: 27"]
    assert "    labeled from frame 0 to 1099" in lines
