"""The reader printed in the description of the labels file reads labels files."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import sleap

PAGE = Path(__file__).parent.parent.parent / "docs" / "formats" / "labels-hdf5.md"


@pytest.fixture(scope="module")
def page() -> dict[str, Any]:
    """What the Python of the page defines."""
    names: dict[str, Any] = {}
    for code in re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL):
        exec(code, names)
    return names


def check(read: Any, path: Path) -> None:
    labels = sleap.load_file(path)
    videos, skeletons, tracks, found = read(path)
    assert len(videos) == len(labels.videos)
    assert skeletons == [skeleton.node_names for skeleton in labels.skeletons]
    assert [name for _, name in tracks] == [track.name for track in labels.tracks]
    expected = [(frame, one) for frame in labels for one in frame.instances]
    assert len(found) == len(expected) > 0
    for facts, (frame, one) in zip(found, expected, strict=True):
        assert facts["video"] == labels.videos.index(frame.video)
        assert facts["frame_idx"] == frame.frame_idx
        assert facts["predicted"] == one.is_predicted
        assert facts["skeleton"] == labels.skeletons.index(one.skeleton)
        assert facts["track"] == (one.track and one.track.name)
        np.testing.assert_array_equal(facts["points"], one.numpy())


def test_it_reads_what_we_write(page: dict[str, Any], tmp_path: Path) -> None:
    fly = sleap.Skeleton(["head", "thorax"], [("head", "thorax")])
    worm = sleap.Skeleton(["tail"])
    video = sleap.Video("a.mp4")
    track = sleap.Track("first")
    found = sleap.PredictedInstance(fly, np.array([[1.5, 2], [np.nan, np.nan]]), track, score=0.5)
    made = sleap.Instance(fly, np.array([[1, 2], [3, 4]]), track, from_predicted=found)
    other = sleap.Instance(worm, np.array([[5, 6]]))
    labels = sleap.Labels(
        [
            sleap.LabeledFrame(video, 7, [found, made]),
            sleap.LabeledFrame(sleap.Video("b.mp4"), 0, [other]),
        ]
    )
    labels[0].append(sleap.Instance(fly, np.array([[7, 8], [9, 10]])))
    labels.save(tmp_path / "a.slp")
    check(page["read"], tmp_path / "a.slp")


@pytest.mark.parametrize(
    "name",
    ["centered_pair/predictions.slp", "flies13/val.pkg.slp", "two_flies/two_flies.tracks.slp"],
)
def test_it_reads_files_of_others(page: dict[str, Any], data_dir: Path, name: str) -> None:
    check(page["read"], data_dir / name)
