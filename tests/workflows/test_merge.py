from pathlib import Path

import numpy as np
import pytest

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.errors import FileError, OptionError
from sleap.io.files import load_file, save_file
from sleap.workflows.merge import MergeOptions, merge, merge_into


def write(path: Path, nodes: str, video: str, frames: dict[int, float]) -> Path:
    skeleton, track, clip = Skeleton(nodes), Track("one"), Video(video, shape=(20, 8, 8, 1))
    labels = Labels(
        [
            LabeledFrame(clip, index, [Instance(skeleton, {"a": (x, x)}, track)])
            for index, x in frames.items()
        ]
    )
    save_file(labels, path)
    return path


@pytest.fixture
def paths(tmp_path: Path) -> tuple[Path, Path]:
    mine = write(tmp_path / "mine.slp", "ab", "/home/me/fly.mp4", {0: 1, 1: 1})
    return mine, write(tmp_path / "yours.slp", "ca", "D:\\you\\fly.mp4", {1: 2, 5: 2})


def test_files_are_merged(paths: tuple[Path, Path], tmp_path: Path) -> None:
    output = tmp_path / "both.slp"
    before = paths[0].read_bytes()
    report = merge(MergeOptions(base_path=paths[0], new_paths=paths[1], output=str(output)))
    assert report.output_path == output and report.n_conflicts == 1
    merged = load_file(output)
    assert [video.name for video in merged.videos] == ["fly.mp4"]
    assert merged.skeleton.node_names == ["a", "b", "c"] and len(merged.tracks) == 1
    found = {f.frame_idx: [one["a"][0] for one in f.instances] for f in merged}
    assert found == {0: [1], 1: [1, 2], 5: [2]}
    assert paths[0].read_bytes() == before
    assert report.lines[0] == f"{paths[1]} into {paths[0]}:"
    assert "  Kept where they are in conflict: both." in report.lines
    assert report.lines[-1].endswith(
        "1 frames and 2 instances added, 0 frames and 0 instances removed."
    )


def test_a_dry_run_writes_nothing(paths: tuple[Path, Path]) -> None:
    before = paths[0].read_bytes()
    options = MergeOptions(base_path=paths[0], new_paths=paths[1], dry_run=True)
    report = merge(options)
    assert report.output_path is None and paths[0].read_bytes() == before
    assert any("1 in conflict" in line for line in report.lines)


def test_the_first_file_is_written_and_a_second_merge_adds_nothing(
    paths: tuple[Path, Path],
) -> None:
    options = MergeOptions(base_path=paths[0], new_paths=[paths[1], paths[1]], resolve="new")
    report = merge(options)
    assert not report.results[1] and report.n_conflicts == 1
    assert report.lines[-1] == "  Nothing to change: all of it is there already."
    assert [one["a"][0] for frame in load_file(paths[0]) for one in frame.instances] == [1, 2, 2]


@pytest.mark.parametrize("text", ["0=", "fly.mp4=", "D:\\you\\fly.mp4="])
def test_videos_can_be_kept_apart(paths: tuple[Path, Path], text: str) -> None:
    base = load_file(paths[0])
    options = MergeOptions(base_path=paths[0], new_paths=paths[1], same_videos=text)
    merge_into(base, options)
    assert len(base.videos) == 2 and len(base) == 4


def test_videos_of_other_names_can_be_the_same(paths: tuple[Path, Path], tmp_path: Path) -> None:
    other = write(tmp_path / "other.slp", "ab", "renamed.avi", {0: 1})
    options = MergeOptions(
        base_path=paths[0], new_paths=[paths[1], other], same_videos=("renamed.avi=0",)
    )
    merge(options)
    assert len(load_file(paths[0]).videos) == 1


def test_new_predictions_replace_old_ones(tmp_path: Path) -> None:
    skeleton, video = Skeleton("a"), Video("fly.mp4")
    for name, x in (("old", 1.0), ("new", 2.0)):
        one = PredictedInstance(skeleton, np.full((1, 2), x), score=0.5)
        save_file(Labels([LabeledFrame(video, 0, [one])]), tmp_path / f"{name}.slp")
    merge(
        MergeOptions(
            base_path=tmp_path / "old.slp",
            new_paths=tmp_path / "new.slp",
            replace_predictions=True,
        )
    )
    assert [one["a"][0] for one in load_file(tmp_path / "old.slp")[0].instances] == [2]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"new_paths": []}, "nothing to merge"),
        ({"resolve": "newer"}, "resolve is 'newer'"),
        ({"match_tracks": "all"}, "match_tracks is 'all'"),
        ({"same_videos": "1"}, "expected NEW=BASE"),
    ],
)
def test_wrong_options_are_refused(values: dict[str, object], message: str) -> None:
    with pytest.raises(OptionError, match=message):
        MergeOptions(**{"base_path": "a.slp", "new_paths": "b.slp", **values})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "message"), [("x.mp4=0", "no merged file has"), ("0=7", "has no video '7': fly.mp4")]
)
def test_videos_that_are_not_there(paths: tuple[Path, Path], text: str, message: str) -> None:
    before = paths[0].read_bytes()
    with pytest.raises(OptionError, match=message):
        merge(MergeOptions(base_path=paths[0], new_paths=paths[1], same_videos=text))
    with pytest.raises(FileError):
        merge(MergeOptions(base_path=paths[0], new_paths="nowhere.slp"))
    assert paths[0].read_bytes() == before


def test_real_projects_merge_into_themselves_without_a_change(data_dir: Path) -> None:
    for path in sorted(data_dir.rglob("*.slp"))[:12]:
        labels = load_file(path)
        before = [table.tobytes() for table in labels.to_tables()]
        report = merge_into(labels, MergeOptions(base_path=path, new_paths=path))
        assert not report.results[0] and report.n_conflicts == 0, (path, report.lines)
        assert [table.tobytes() for table in labels.to_tables()] == before
