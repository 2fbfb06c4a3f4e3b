from pathlib import Path

import numpy as np
import pytest

from sleap.core.video import Video
from sleap.video import load_video
from sleap.workflows.relink_options import Content
from sleap.workflows.video_content import compare


@pytest.fixture
def array(tmp_path: Path) -> Path:
    np.save(tmp_path / "a.npy", np.arange(3 * 6 * 8, dtype=np.uint8).reshape(3, 6, 8, 1))
    return tmp_path / "a.npy"


def test_verdicts(array: Path, tmp_path: Path) -> None:
    mark = load_video(array).fingerprint
    other = f"{mark}0"

    def verdict(**facts: object) -> Content:
        return compare(Video("x.npy", **facts), array).content  # type: ignore[arg-type]

    assert verdict() is Content.UNCHECKED
    assert verdict(fingerprint=mark) is Content.EQUAL
    assert verdict(fingerprint=other) is Content.DIFFERS
    assert verdict(fingerprint="9:new") is Content.UNCHECKED
    assert verdict(shape=(3, 6, 8, 3)) is Content.ALIKE
    assert verdict(shape=(0, 6, 8, 1)) is Content.ALIKE
    assert verdict(shape=(4, 6, 8, 1)) is Content.DIFFERS
    assert verdict(shape=(3, 6, 8, 1), fingerprint=other) is Content.DIFFERS
    assert verdict(shape=(3, 6, 8, 1), fingerprint="9:new") is Content.ALIKE


def test_what_cannot_be_read_is_not_accepted(tmp_path: Path) -> None:
    (tmp_path / "a.npy").write_bytes(b"nonsense")
    check = compare(Video("x.npy", shape=(3, 6, 8, 1)), tmp_path / "a.npy")
    assert check.content is Content.UNCHECKED
    assert not check.is_accepted and "as a numpy array" in check.reason


def test_it_may_be_left_out(array: Path) -> None:
    check = compare(Video("x.npy", shape=(4, 6, 8, 1)), array, is_asked=False)
    assert check.is_accepted and check.content is Content.UNCHECKED


def test_the_video_stays_as_it_is(array: Path) -> None:
    video = Video("x.npy", shape=(3, 6, 8, 1))
    compare(video, array).note(video)
    assert (video.filename, video.metadata) == ("x.npy", {})
    assert video.fingerprint == load_video(array).fingerprint
