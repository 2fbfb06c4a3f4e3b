from pathlib import Path

import numpy as np
import pytest

from sleap.core.video import Video
from sleap.io.slp.origin import Origin, find_origin


@pytest.fixture
def recording(tmp_path: Path) -> Video:
    np.save(tmp_path / "a.npy", np.zeros((5, 4, 4, 1), np.uint8))
    return Video(tmp_path / "a.npy")


def test_a_recording_has_all_frames(recording: Video) -> None:
    origin = find_origin(recording)
    assert origin.recording is recording
    assert not origin.is_missing
    assert origin.has(np.array([0, 99])).all()


def test_a_missing_recording_has_none(tmp_path: Path) -> None:
    origin = find_origin(Video(tmp_path / "lost.mp4"))
    assert origin.is_missing
    assert not origin.has(np.array([0])).any()


def test_a_package_holds_some_and_its_recording_the_rest(recording: Video, tmp_path: Path) -> None:
    (tmp_path / "a.pkg.slp").write_bytes(b"")

    def embedded(name: str, source: Video | None) -> Origin:
        video = Video(
            tmp_path / name,
            dataset="video0/video",
            source=source,
            frame_numbers=np.array([1, 3]),
            is_embedded=True,
        )
        return find_origin(video)

    alone = embedded("a.pkg.slp", None)
    assert alone.has(np.array([1, 2, 3])).tolist() == [True, False, True]
    assert embedded("a.pkg.slp", recording).has(np.array([1, 2])).all()
    older = Video(tmp_path / "old.pkg.slp", is_embedded=True, source=recording)
    assert embedded("a.pkg.slp", older).recording is recording
    moved = embedded("lost.pkg.slp", recording)
    assert (moved.package, moved.recording) == (None, recording)
    assert embedded("lost.pkg.slp", None).is_missing
