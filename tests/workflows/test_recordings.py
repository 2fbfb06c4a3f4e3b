from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from sleap.core.labels import Labels
from sleap.errors import OptionError
from sleap.io.files import save_file
from sleap.video import load_video
from sleap.workflows.recordings import Wanted, find_recordings, is_labels_file


def test_labels_files_are_told_from_hdf5_videos(tmp_path: Path, blob_video: Any) -> None:
    video, labels = tmp_path / "video.h5", tmp_path / "labels.h5"
    with h5py.File(video, "w") as file:
        file["box"] = np.zeros((2, 8, 8, 1), np.uint8)
    save_file(Labels(videos=[load_video(blob_video.path)]), labels)
    (tmp_path / "broken.h5").write_bytes(b"nothing")
    assert is_labels_file(labels)
    assert is_labels_file(tmp_path / "any.slp")
    assert not is_labels_file(video)
    assert not is_labels_file(tmp_path / "broken.h5")
    assert not is_labels_file(blob_video.path)


def test_all_frames_of_a_video(blob_video: Any) -> None:
    (recording,) = find_recordings(blob_video.path, Wanted())
    assert recording.name == "blobs.npy"
    assert recording.frames.tolist() == list(range(8))
    with recording.open() as reader:
        np.testing.assert_array_equal(reader.read(3), blob_video.images[3])


def test_frames_come_once_and_in_order(blob_video: Any) -> None:
    (recording,) = find_recordings(blob_video.path, Wanted(frames="5,1-3,2"))
    assert recording.frames.tolist() == [1, 2, 3, 5]


def test_in_several_videos_frames_count_where_they_exist(blob_video: Any, tmp_path: Path) -> None:
    np.save(tmp_path / "short.npy", blob_video.images[:3])
    videos = [load_video(tmp_path / "short.npy"), load_video(blob_video.path)]
    save_file(Labels(videos=videos), tmp_path / "both.slp")
    found = find_recordings(tmp_path / "both.slp", Wanted(frames="2-4"))
    assert [recording.frames.tolist() for recording in found] == [[2], [2, 3, 4]]
    (only,) = find_recordings(tmp_path / "both.slp", Wanted(frames="4"))
    assert only.name == "blobs.npy"
    with pytest.raises(OptionError, match="none of its 2 videos"):
        find_recordings(tmp_path / "both.slp", Wanted(frames="40"))
