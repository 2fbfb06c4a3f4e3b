import time

import numpy as np

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.poses import Poses
from sleap.core.skeleton import Skeleton
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.workflows.inspection.counts import count


def test_counts_are_those_of_a_loop_over_the_frames() -> None:
    random = np.random.default_rng(0)
    videos = [Video(f"{number}.mp4") for number in range(4)]
    skeleton, tracks = Skeleton(["x"]), [Track(str(number)) for number in range(6)]
    labels = Labels(videos=videos, skeletons=[skeleton])
    labels.tracks.extend(tracks)
    for video in videos[:3]:
        for index in random.choice(50, 12, replace=False).tolist():
            frame = LabeledFrame(video, index)
            for _ in range(random.integers(0, 4)):
                track = [None, *tracks[:5]][random.integers(0, 6)]
                kind = [Instance, PredictedInstance][random.integers(0, 2)]
                frame.append(kind(skeleton, [[1, 2]], track=track))
            labels.append(frame)
    labels.remove_frame(labels[3])
    labels.remove_instances([2, 5])
    counts, of_tracks = count(labels.store)
    for number, video in enumerate(videos):
        frames = labels[video]
        instances = [instance for frame in frames for instance in frame.instances]
        user = [instance for instance in instances if not instance.is_predicted]
        assert counts.of(number) == {
            "first": min((frame.frame_idx for frame in frames), default=-1),
            "last": max((frame.frame_idx for frame in frames), default=-1),
            "frames": len(frames),
            "empty_frames": sum(not frame.instances for frame in frames),
            "user_frames": sum(bool(frame.user_instances) for frame in frames),
            "predicted_frames": sum(bool(frame.predicted_instances) for frame in frames),
            "user_instances": len(user),
            "predicted_instances": len(instances) - len(user),
            "tracks": len({id(one.track) for one in instances if one.track is not None}),
            "max_instances": max((len(frame.instances) for frame in frames), default=0),
        }
    for number, track in enumerate(tracks):
        indices = [
            frame.frame_idx
            for frame in labels
            for instance in frame.instances
            if instance.track is track
        ]
        assert of_tracks.instances[number] == len(indices)
        assert of_tracks.first[number] == min(indices, default=-1)
        assert of_tracks.last[number] == max(indices, default=-1)


def test_nothing_is_counted_of_nothing() -> None:
    counts, of_tracks = count(Labels().store)
    assert counts.frames.tolist() == []
    assert of_tracks.instances.tolist() == []


def test_many_instances_are_counted_at_once() -> None:
    none = np.full(5, -1)
    poses = [
        Poses(index, np.ones((5, 2, 2)), np.ones((5, 2)), np.ones(5), none, np.ones(5))
        for index in range(20_000)
    ]
    labels = Labels(videos=[Video("a.mp4")], skeletons=[Skeleton("ab")])
    labels.add_poses(labels.video, poses)
    start = time.process_time()
    assert count(labels.store)[0].predicted_instances[0] == 100_000
    assert time.process_time() - start < 0.3
