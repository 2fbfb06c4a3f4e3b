"""A project to take pictures of: synthetic recordings with labels, predictions, suggestions."""

from pathlib import Path

import numpy as np

from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.suggestion import SuggestionFrame
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.io.files import save_file
from sleap.samples import Recording
from sleap.video.writer import VideoWriter

N_FRAMES = 120
LABELED = (0, 8, 16, 24, 40, 64)
SUGGESTED = (0, 8, 16, 32, 40, 48, 72, 96, 112)


def write_project(folder: Path) -> Path:
    """Write two videos of two flies and a project about them; return the project."""
    folder.mkdir(parents=True, exist_ok=True)
    recordings = [Recording(2, N_FRAMES, (384, 512), seed=5), Recording(2, 24, (384, 512), seed=6)]
    videos = []
    for day, recording in enumerate(recordings, 1):
        path = folder / f"day{day}.mp4"
        with VideoWriter(path, 25.0, quality=90) as writer:
            for frame_idx in range(len(recording)):
                writer.write(recording.frame(frame_idx))
        shape = (len(recording), *recording.size, 1)
        videos.append(Video(str(path), shape=shape, grayscale=True))
    videos.append(Video(str(folder / "moved" / "day3.mp4"), shape=(9000, 384, 512, 1)))
    project = folder / "flies.slp"
    save_file(label(recordings[0], videos), project)
    return project


def label(recording: Recording, videos: list[Video]) -> Labels:
    """Label the first video: some frames by the user, all by a model that errs a little."""
    skeleton = recording.skeleton
    tracks = [Track("female"), Track("male"), Track("3")]
    labels = Labels(videos=videos, skeletons=[skeleton], tracks=tracks)
    rng = np.random.default_rng(1)
    for frame_idx in range(N_FRAMES):
        frame = labels.add_frame(videos[0], frame_idx)
        for animal in range(2):
            points = recording.points[frame_idx, animal]
            track = tracks[2 if animal == 1 and 80 <= frame_idx < 90 else animal]
            if frame_idx in LABELED:
                user = Instance(skeleton, points, track=track)
                user.points["visible"] = recording.visible[frame_idx, animal]
                user.points["complete"] = frame_idx < 24
                frame.append(user)
            elif not (animal == 1 and 100 <= frame_idx < 106):
                moved = points + rng.normal(0, 1.2, points.shape)
                scores = rng.uniform(0.5, 1.0, len(points))
                score = float(scores.mean())
                frame.append(PredictedInstance(skeleton, moved, track=track, score=score))
                frame[-1].points["score"] = scores
    labels.suggestions += [SuggestionFrame(videos[0], frame_idx) for frame_idx in SUGGESTED]
    labels.suggestions += [SuggestionFrame(videos[1], 12, group=1)]
    return labels
