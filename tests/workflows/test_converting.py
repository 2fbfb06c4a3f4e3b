import shutil
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.suggestion import SuggestionFrame
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.errors import FileError, FormatError, LabelsError, UnknownNameError
from sleap.io.backups import list_backups
from sleap.io.files import load_file, save_file
from sleap.progress import Progress
from sleap.workflows.convert import ConvertOptions, ConvertReport, convert
from sleap.workflows.package import PackageOptions


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two videos of 10 frames: user frames 2 (empty), 3 and 5 of one, a prediction on the other."""
    videos = []
    for name in ("left", "right"):
        np.save(tmp_path / f"{name}.npy", np.full((10, 16, 16, 1), 7, np.uint8))
        videos.append(Video(str(tmp_path / f"{name}.npy"), shape=(10, 16, 16, 1)))
    skeleton = Skeleton(["a", "b"], [(0, 1)])
    track = Track("t")
    labels = Labels(
        [
            LabeledFrame(videos[0], 2),
            LabeledFrame(videos[0], 3, [Instance(skeleton, [[1, 2], [3, 4]], track=track)]),
            LabeledFrame(videos[0], 5, [Instance(skeleton, [[2, 2], [4, 4]], track=track)]),
            LabeledFrame(
                videos[1], 1, [PredictedInstance(skeleton, np.ones((2, 2)), score=0.5, track=track)]
            ),
        ],
        videos=videos,
        suggestions=[SuggestionFrame(videos[0], 8)],
        negative_anchors={0: [(3, 1.0, 2.0)]},
    )
    save_file(labels, tmp_path / "my.labels.slp")
    return tmp_path / "my.labels.slp"


class Listener(Progress):
    def __init__(self) -> None:
        self.said: list[str] = []

    def say(self, text: str) -> None:
        self.said.append(text)


def run(project: Path, progress: Progress | None = None, **values: Any) -> ConvertReport:
    return convert(ConvertOptions(input_path=project, **values), progress or Progress())


def test_names_follow_from_the_input(project: Path) -> None:
    folder = project.parent
    assert run(project).paths == (folder / "my.labels.slp.slp",)
    assert run(project, format="h5").paths == (folder / "my.labels.slp.h5",)
    assert run(project, format="json").paths == (folder / "my.labels.slp.json",)
    assert run(project, format="analysis").paths == (
        folder / "my.labels.000_left.analysis.h5",
        folder / "my.labels.001_right.analysis.h5",
    )
    for name in ("my.labels.slp.slp", "my.labels.slp.h5", "my.labels.slp.json"):
        assert len(load_file(folder / name)) == 4


def test_the_ending_tells_the_format_and_several_outputs_are_written(project: Path) -> None:
    outputs = [str(project.parent / name) for name in ("a.json", "b.h5")]
    report = run(project, output=outputs)
    assert [str(path) for path in report.paths] == outputs
    assert (project.parent / "a.json").read_bytes()[:1] == b"{"
    assert load_file(outputs[1]).n_user_instances == 2


def test_what_a_format_does_not_keep_is_told(project: Path) -> None:
    listener = Listener()
    report = run(project, listener, format="analysis")
    assert report.lines == tuple(listener.said)
    assert report.lines[0].startswith("Not kept by analysis HDF5:")
    assert "1 suggestion" in report.lines[0]
    assert "1 negative anchor" in report.lines[0]
    assert run(project, format="slp").lines == ()


def test_one_video_is_chosen_by_number_or_name(project: Path) -> None:
    folder = project.parent
    for text in ("1", "right.npy", str(folder / "right.npy")):
        assert run(project, format="analysis", video=text).paths == (
            folder / "my.labels.001_right.analysis.h5",
        )
    output = folder / "one.slp"
    run(project, video="1", output=str(output))
    labels = load_file(output)
    assert [video.name for video in labels.videos] == ["right.npy"]
    assert labels.n_predicted_instances == 1


def test_empty_frames_are_left_out_if_asked_for(project: Path) -> None:
    output = project.parent / "full.slp"
    run(project, output=str(output), no_empty_frames=True)
    assert sorted(frame.frame_idx for frame in load_file(output)) == [1, 3, 5]
    (path, _) = run(project, format="analysis").paths
    with h5py.File(path) as file:
        assert file["tracks"].shape[-1] == 10
    (path, _) = run(project, format="analysis", all_frames=False).paths
    with h5py.File(path) as file:
        assert file["tracks"].shape[-1] == 3


def test_a_package_is_written(project: Path) -> None:
    listener = Listener()
    report = run(project, listener, package=PackageOptions(embed="user"))
    assert report.paths == (project.parent / "my.labels.pkg.slp",)
    assert "2 images of 1 videos" in listener.said[-1]
    package = load_file(report.paths[0])
    assert [video.shape for video in package.videos] == [(2, 16, 16, 1), (0, 16, 16, 1)]
    folder = project.parent / "out"
    folder.mkdir()
    report = run(project, package=PackageOptions(embed="user"), output=str(folder))
    assert report.paths == (folder / "my.labels.pkg.slp",)


def test_a_name_that_promises_images_is_remarked(project: Path) -> None:
    report = run(project, output=str(project.parent / "no.pkg.slp"))
    assert "holds no images: add --embed" in report.lines[-1]


def test_videos_are_found_by_a_prefix_or_in_a_folder(project: Path) -> None:
    folder = project.parent
    moved = folder / "elsewhere" / "deep"
    moved.mkdir(parents=True)
    for name in ("left", "right"):
        shutil.move(folder / f"{name}.npy", moved)
    report = run(project, video_prefix=[f"{folder}={moved}"])
    assert report.paths == (folder / "my.labels.relinked.slp",)
    assert load_file(report.paths[0]).videos[0].filename == str(moved / "left.npy")
    assert str(moved / "left.npy") in report.lines[0]
    output = folder / "searched.slp"
    run(project, search=[folder / "elsewhere"], output=str(output))
    assert load_file(output).videos[1].filename == str(moved / "right.npy")


def test_files_are_merged_and_a_dry_run_writes_nothing(project: Path) -> None:
    folder = project.parent
    other = load_file(project)
    other.add_frame(other.videos[0], 9).append(Instance(other.skeleton, [[7, 7], [8, 8]]))
    save_file(other, folder / "other.slp")
    before = sorted(folder.iterdir())
    listener = Listener()
    report = run(project, listener, merge=[folder / "other.slp"], dry_run=True)
    assert report.is_dry_run
    assert report.paths == (folder / "my.labels.merged.slp",)
    assert any("other.slp" in line for line in report.lines)
    assert not listener.said
    assert sorted(folder.iterdir()) == before
    report = run(project, merge=[folder / "other.slp"])
    merged = load_file(report.paths[0])
    assert merged.find(merged.videos[0], 9) is not None
    assert len(merged.videos) == 2
    assert len(merged) == 5


def test_new_predictions_may_replace_older_ones_and_tracks_may_stay_apart(tmp_path: Path) -> None:
    paths = [tmp_path / "old.slp", tmp_path / "new.slp"]
    for number, path in enumerate(paths):
        skeleton = Skeleton(["a"])
        found = PredictedInstance(skeleton, [[number, number]], Track("one"), score=0.5)
        save_file(Labels([LabeledFrame(Video("a.mp4", shape=(9, 8, 8, 1)), 3, [found])]), path)
    both = load_file(run(paths[0], merge=[paths[1]], output=str(tmp_path / "both.slp")).paths[0])
    assert (len(both[0].instances), len(both.tracks)) == (2, 1)
    values = {"replace_predictions": True, "match_tracks": "none"}
    new = load_file(
        run(paths[0], merge=[paths[1]], output=str(tmp_path / "n.slp"), **values).paths[0]
    )
    assert [one.numpy().tolist() for one in new[0].instances] == [[[1, 1]]]
    assert len(new.tracks) == 2


def test_videos_of_other_names_may_be_said_to_be_the_same(project: Path) -> None:
    skeleton = Skeleton(["a", "b"], [(0, 1)])
    other = Labels([LabeledFrame(Video("cam1.mp4"), 9, [Instance(skeleton, [[7, 7], [8, 8]])])])
    path = project.parent / "other.slp"
    save_file(other, path)
    (merged,) = run(project, merge=[path], same_videos="cam1.mp4=left.npy").paths
    labels = load_file(merged)
    assert len(labels.videos) == 2
    assert labels.find(labels.videos[0], 9) is not None
    (merged,) = run(project, merge=[path]).paths
    assert len(load_file(merged).videos) == 3


def test_a_damaged_file_is_repaired(project: Path) -> None:
    listener = Listener()
    report = run(project, listener, repair=True)
    assert report.paths == (project.parent / "my.labels.repaired.slp",)
    assert load_file(report.paths[0]).n_user_instances == 2
    assert listener.said
    output = project.parent / "saved.slp"
    assert run(project, repair=True, output=str(output)).paths == (output,)
    both = run(project, repair=True, format="json")
    assert [path.suffix for path in both.paths] == [".slp", ".json"]


def test_what_is_replaced_is_kept_as_a_backup(project: Path) -> None:
    before = project.read_bytes()
    run(project, output=str(project), no_empty_frames=True)
    assert len(load_file(project)) == 3
    assert [backup.path.read_bytes() for backup in list_backups(project)] == [before]


def test_the_input_is_never_replaced_by_less(project: Path) -> None:
    before = project.read_bytes()
    with pytest.raises(FileError, match="it is the input, and a training package"):
        run(project, output=str(project), package=PackageOptions(embed="user"))
    with pytest.raises(FileError, match="it is the input, and analysis HDF5"):
        run(project, output=str(project), format="analysis", video="0")
    assert project.read_bytes() == before


def test_what_cannot_be_converted_is_explained(project: Path) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'json'"):
        run(project, format="jsn")
    with pytest.raises(FileError, match="no such file"):
        run(project.parent / "lost.slp")
    (project.parent / "bad.slp").write_bytes(b"nothing")
    with pytest.raises(FormatError, match="not an HDF5 file"):
        run(project.parent / "bad.slp")
    save_file(Labels(), project.parent / "none.slp")
    with pytest.raises(LabelsError, match="no video has labeled frames"):
        run(project.parent / "none.slp", format="analysis")
