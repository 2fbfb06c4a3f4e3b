"""Recordings as labels and files."""

from pathlib import Path

import numpy as np
import pytest

from sleap.core.video import Video
from sleap.errors import FileError, OptionError
from sleap.io.files import load_file
from sleap.samples.folder import choose_frames, labels, write
from sleap.samples.recording import Recording
from sleap.video import open_video


@pytest.fixture(scope="module")
def recording() -> Recording:
    return Recording(2, 20, 96, 3, body="mouse")


def test_labels_hold_the_truth(recording: Recording) -> None:
    video = Video("video.mp4", shape=(20, 96, 96, 1))
    found = labels(recording, video, [3, 11])
    assert [frame.frame_idx for frame in found] == [3, 11]
    assert [track.name for track in found.tracks] == ["animal_0", "animal_1"]
    for frame in found:
        for instance in frame.user_instances:
            assert instance.track is not None
            truth = recording.points[frame.frame_idx, found.tracks.index(instance.track)]
            points = instance.numpy()
            present = np.isfinite(points).all(axis=1)
            assert present.sum() >= 4
            assert np.array_equal(points[present], truth[present])
            inside = ((truth > -0.5) & (truth < 95.5)).all(axis=1)
            assert np.array_equal(present, inside)
    assert labels(recording, video, with_tracks=False).tracks == []
    assert len(labels(recording, video)) == 20


def test_covered_nodes_are_kept_hidden_or_dropped() -> None:
    recording = Recording(2, 4, 128, 0)
    recording._drives[0] = recording._drives[1]
    recording.points[:, 0] = recording.points[:, 1]
    video = Video("video.mp4", shape=(4, 128, 128, 1))
    shown = {}
    for covered in ("keep", "hide", "drop"):
        instance = labels(recording, video, [2], covered=covered)[0].user_instances[0]
        thorax = instance.points[1]
        shown[covered] = (bool(np.isfinite(thorax["x"])), bool(thorax["visible"]))
    assert shown == {"keep": (True, True), "hide": (True, False), "drop": (False, False)}
    with pytest.raises(OptionError, match="keep, hide or drop"):
        labels(recording, video, covered="remove")


def test_animal_outside_of_the_picture_has_no_instance() -> None:
    recording = Recording(2, 3, 96, 0)
    recording.points[1, 0] += 1000
    found = labels(recording, Video("video.mp4", shape=(3, 96, 96, 1)))
    assert [len(frame.instances) for frame in found] == [2, 1, 2]
    assert found[1].instances[0].track is found.tracks[1]


def test_frames_are_chosen_evenly_or_at_random(recording: Recording) -> None:
    assert choose_frames(recording, 5).tolist() == [0, 5, 10, 14, 19]
    drawn = choose_frames(recording, 6, "random")
    assert len(set(drawn.tolist())) == 6 and (np.diff(drawn) > 0).all()
    assert np.array_equal(drawn, choose_frames(recording, 6, "random"))
    assert len(choose_frames(recording, 99)) == 20
    with pytest.raises(OptionError, match="even or random"):
        choose_frames(recording, 5, "all")


def test_written_files_can_be_read(recording: Recording, tmp_path: Path) -> None:
    files = write(recording, tmp_path / "sample", n_labeled=4)
    truth, some = load_file(files["truth"]), load_file(files["labels"])
    assert len(truth) == 20 and len(some) == 4
    known = truth.numpy()
    assert known.shape == (20, 2, 8, 2)
    present = np.isfinite(known)
    assert np.allclose(known[present], recording.points[present])
    with open_video(some.video) as reader:
        assert reader.shape == (20, 96, 96, 1)
        for index in (0, 13):
            seen = reader.read(index)[..., 0].astype(float)
            assert np.abs(seen - recording.frame(index)).mean() < 4


def test_folder_that_cannot_be_made(recording: Recording, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FileError, match="Cannot make the folder"):
        write(recording, tmp_path / "file" / "inner")
