import numpy as np
import pytest

from sleap.core.instance import Instance
from sleap.core.labels import Labels
from sleap.core.lists import EditableLists
from sleap.core.skeleton import Skeleton
from sleap.core.suggestion import SuggestionFrame
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.errors import LabelsError


def test_nodes_change_with_the_points(labels: Labels) -> None:
    assert isinstance(labels, EditableLists)
    head = [one["head"] for frame in labels for one in frame.instances]
    labels.add_node("tip")
    labels.rename_node("tip", "end")
    labels.reorder_nodes(["end", "right", "left", "thorax", "head"])
    labels.remove_node("left")
    assert labels.skeleton.node_names == ["end", "right", "thorax", "head"]
    assert [one["head"] for frame in labels for one in frame.instances] == head
    assert labels.numpy().shape == (10, 2, 4, 2)


def test_an_instance_made_before_a_node_was_added_is_refused(labels: Labels) -> None:
    early = Instance(labels.skeleton, {"head": (1, 1)})
    labels.add_node("tip")
    with pytest.raises(LabelsError, match="nodes have changed since"):
        labels[0].append(early)
    assert len(labels[0]) == 3


def test_tracks_swap_from_a_frame_on(labels: Labels) -> None:
    a, b = labels.tracks
    assert labels.transpose_tracks(a, b, 3).tolist() == [0, 1, 2]
    assert [one.track for one in labels[0].instances] == [b, b, a]
    labels.transpose_tracks(None, a, 0, labels.video, to_frame=2)
    assert labels[1].instances[0].track is a
    with pytest.raises(LabelsError, match="have no Track"):
        labels.transpose_tracks(a, Track("z"))


def test_tracks_leave_with_or_without_instances(labels: Labels) -> None:
    a, b = labels.tracks
    labels.tracks.append(unused := Track("unused"))
    assert labels.remove_unused_tracks() == [unused] and labels.tracks == [a, b]
    assert labels.remove_tracks([a]) == 2 and len(labels[0]) == 3
    assert labels.remove_tracks([b], with_instances=True) == 1 and len(labels[0]) == 2
    assert labels.tracks == []


def test_tracks_of_one_animal_become_one(labels: Labels) -> None:
    a, _ = labels.tracks
    labels[1].instances[0].track = c = Track("c")
    labels.merge_tracks(a, [c])
    assert labels[1].instances[0].track is a and len(labels.tracks) == 2


def test_a_video_leaves_with_all_that_lies_in_it(labels: Labels) -> None:
    first, second = labels.video, Video("b.mp4")
    labels.add_frame(second, 3)
    labels.suggestions += [SuggestionFrame(first, 1), SuggestionFrame(second, 1)]
    labels.negative_anchors.update({0: [(0, 1.0, 1.0)], 1: [(1, 2.0, 2.0)]})
    labels.remove_video(first)
    assert labels.videos == [second] and [f.frame_idx for f in labels] == [3]
    assert [one.video for one in labels.suggestions] == [second]
    assert labels.negative_anchors == {0: [(1, 2.0, 2.0)]}
    with pytest.raises(LabelsError, match="have no Video"):
        labels.remove_video(first)


def test_skeletons_leave_when_unused(labels: Labels) -> None:
    used = labels.skeleton
    labels.skeletons.append(spare := Skeleton(["x"]))
    with pytest.raises(LabelsError, match="instances of it"):
        labels.remove_skeletons([used])
    assert labels.remove_unused_skeletons() == [spare] and labels.skeletons == [used]
    assert np.isfinite(labels[0].instances[0].numpy()).all()
