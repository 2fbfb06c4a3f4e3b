import numpy as np
import pytest

from sleap.core.tables import FRAMES, INSTANCES
from sleap.core.video import Video
from sleap.io.slp.lost_frames import UNKNOWN, restore
from sleap.io.slp.mending import Part, Parts


def parts_of(indices: list[int], n_there: int) -> Parts:
    """Return frames of which the first few are there, and one instance on each."""
    frames, instances = np.zeros(len(indices), FRAMES), np.zeros(len(indices), INSTANCES)
    frames["frame_id"] = instances["frame_id"] = np.arange(len(indices))
    frames["frame_idx"] = indices
    is_there = np.arange(len(indices)) < n_there
    frames[~is_there] = np.zeros(1, FRAMES)
    return Parts(
        frames=Part(frames, is_there), instances=Part(instances, np.ones(len(indices), bool))
    )


def indices_of(parts: Parts, videos: list[Video]) -> list[int] | None:
    found = restore(parts, videos)
    assert found is not None
    if found.video is not None:
        assert found.video.filename == UNKNOWN
        return None
    assert found.n_certain == found.part.is_there.sum() - parts.frames.is_there.sum()
    return sorted(found.part.rows["frame_idx"][found.part.is_there].tolist())


def test_where_nothing_is_lost_nothing_is_made_up() -> None:
    assert restore(parts_of([3, 7], 2), [Video("a.mp4")]) is None
    assert restore(Parts(), []) is None


def test_frames_that_count_on_are_known() -> None:
    expected = list(range(100, 130))
    assert indices_of(parts_of(expected, 12), [Video("a.mp4")]) == expected
    assert indices_of(parts_of(expected, 3), [Video("a.mp4")]) is None


def test_where_each_frame_of_the_video_has_its_row_they_are_known() -> None:
    expected = list(range(30))
    assert indices_of(parts_of(expected, 0), [Video("a.mp4", shape=(30, 8, 8, 1))]) == expected
    assert indices_of(parts_of(expected, 0), [Video("a.mp4", shape=(31, 8, 8, 1))]) is None


def test_a_package_lists_its_frames() -> None:
    expected = [4, 9, 50]
    video = Video("a.pkg.slp", frame_numbers=expected, is_embedded=True)
    assert indices_of(parts_of(expected, 1), [video]) == expected
    assert indices_of(parts_of([4, 10, 50, 60], 2), [video]) is None


@pytest.mark.parametrize("n_videos", [0, 2])
def test_of_several_videos_nothing_is_certain(n_videos: int) -> None:
    videos = [Video("a.mp4", shape=(5, 8, 8, 1)) for _ in range(n_videos)]
    found = restore(parts_of(list(range(5)), 0), videos)
    assert found is not None
    assert found.n_unknown == 5
    made = found.part.rows[found.part.is_there]
    assert (made["video"] == n_videos).all()
    assert made["frame_idx"].tolist() == [0, 1, 2, 3, 4]
