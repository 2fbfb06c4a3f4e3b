import json
import time
from pathlib import Path

import numpy as np
import pytest

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.poses import Poses
from sleap.core.skeleton import Skeleton
from sleap.core.suggestion import SuggestionFrame
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.io.slp.kept import Kept, Part
from sleap.workflows.inspection.labels import describe_labels, describe_skeleton


@pytest.fixture
def labels(tmp_path: Path) -> Labels:
    np.save(tmp_path / "there.npy", np.zeros((9, 4, 4, 1), np.uint8))
    videos = [
        Video(tmp_path / "there.npy", shape=(9, 4, 4, 1)),
        Video("lost.mp4"),
        Video(
            tmp_path / "lost.pkg.slp",
            dataset="video2/video",
            is_embedded=True,
            frame_numbers=np.array([3, 5]),
            source=Video(tmp_path / "there.npy"),
        ),
    ]
    skeleton = Skeleton("abc", [(0, 1)], [(1, 2)])
    track = Track("t")
    user = Instance(skeleton, np.ones((3, 2)), track=track)
    found = PredictedInstance(skeleton, np.ones((3, 2)), score=0.5)
    return Labels(
        [LabeledFrame(videos[0], 4, [user, found]), LabeledFrame(videos[0], 6)],
        videos=videos,
        tracks=[track, Track("unused")],
        suggestions=[SuggestionFrame(videos[0], 4), SuggestionFrame(videos[1], 4)],
        provenance={"by": "me"},
        negative_anchors={0: [(1, 2.0, 3.0)], 1: [(1, 2.0, 3.0)]},
        metadata={"hdf5": Kept({"masks": Part(values=1)}), "format_id": 1.2},
    )


def test_all_facts_are_collected(labels: Labels, tmp_path: Path) -> None:
    facts = json.loads(json.dumps(describe_labels(labels)))
    assert facts["kind"] == "package"
    assert facts["format_version"] == 1.2
    assert facts["totals"] == {
        "videos": 3,
        "frames": 2,
        "user_frames": 1,
        "predicted_frames": 1,
        "empty_frames": 1,
        "user_instances": 1,
        "predicted_instances": 1,
        "tracked_instances": 1,
        "tracks": 2,
        "max_instances": 2,
        "suggestions": 2,
    }
    assert facts["tracks"] == [
        {"name": "t", "instances": 1, "first": 4, "last": 4},
        {"name": "unused", "instances": 0, "first": None, "last": None},
    ]
    assert facts["suggestions"] == [{"video": 0, "frame": 4}, {"video": 1, "frame": 4}]
    assert facts["labeled_suggestions"] == 1
    assert facts["negative_anchors"] == 2
    assert facts["provenance"] == {"by": "me"}
    assert facts["unknown"] == ["masks"]
    assert facts["skeletons"][0]["instances"] == 2


def test_videos_are_looked_for(labels: Labels, tmp_path: Path) -> None:
    there, lost, package = describe_labels(labels)["videos"]
    assert (there["found"], there["path"]) == (True, str(tmp_path / "there.npy"))
    assert (there["first"], there["last"], there["frames"]) == (4, 6, 2)
    assert there["shape"] == [9, 4, 4, 1]
    assert (lost["found"], lost["path"], lost["first"]) == (False, None, None)
    assert package["embedded_images"] == 2
    assert package["source"]["found"]
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "lost.mp4").write_bytes(b"")
    assert describe_labels(labels, [tmp_path / "more"])["videos"][1]["found"]


def test_a_skeleton_is_told_by_names() -> None:
    assert describe_skeleton(Skeleton("abc", [(0, 1)], [(1, 2)], name="fly")) == {
        "name": "fly",
        "nodes": ["a", "b", "c"],
        "edges": [["a", "b"]],
        "symmetries": [["b", "c"]],
        "description": None,
    }


def test_many_instances_are_told_at_once() -> None:
    none = np.full(5, -1)
    poses = [
        Poses(index, np.ones((5, 2, 2)), np.ones((5, 2)), np.ones(5), none, np.ones(5))
        for index in range(20_000)
    ]
    labels = Labels(videos=[Video("a.mp4")], skeletons=[Skeleton("ab")])
    labels.add_poses(labels.video, poses)
    start = time.process_time()
    assert describe_labels(labels)["totals"]["predicted_instances"] == 100_000
    assert time.process_time() - start < 0.5
