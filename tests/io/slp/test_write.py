import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.suggestion import SuggestionFrame
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.errors import FileError
from sleap.io.slp.read import read
from sleap.io.slp.write import write
from sleap.video import open_video

Same = Callable[[Labels, Labels], None]


def test_what_is_written_is_read(labels: Labels, tmp_path: Path, assert_same: Same) -> None:
    write(labels, tmp_path / "a.slp")
    again = read(tmp_path / "a.slp")
    assert_same(again, labels)
    write(again, tmp_path / "b.slp")
    assert_same(read(tmp_path / "b.slp"), labels)


def test_sleap_io_reads_what_is_written(
    labels: Labels,
    tmp_path: Path,
    load_with_sleap_io: Callable[[Path], Any],
    assert_same_as_sleap_io: Callable[[Labels, Any], None],
) -> None:
    write(labels, tmp_path / "a.slp")
    theirs = load_with_sleap_io(tmp_path / "a.slp")
    assert_same_as_sleap_io(labels, theirs)
    assert theirs.provenance["model_paths"] == ["m1"]


@pytest.mark.parametrize(
    "name",
    ["centered_pair/predictions.slp", "two_flies/two_flies.noisy.slp", "mice2/labels.10frames.slp"],
)
def test_real_files_survive(
    data_dir: Path,
    tmp_path: Path,
    name: str,
    assert_same: Same,
    load_with_sleap_io: Callable[[Path], Any],
    assert_same_as_sleap_io: Callable[[Labels, Any], None],
) -> None:
    labels = read(data_dir / name)
    write(labels, tmp_path / "a.slp")
    assert_same(read(tmp_path / "a.slp"), labels)
    assert_same_as_sleap_io(labels, load_with_sleap_io(tmp_path / "a.slp"))


def test_the_file_is_as_the_format_says(labels: Labels, tmp_path: Path) -> None:
    write(labels, tmp_path / "a.slp")
    with h5py.File(tmp_path / "a.slp") as file:
        attrs = file["metadata"].attrs
        assert attrs["format_id"] == 1.2
        assert isinstance(attrs["json"], bytes)
        header = json.loads(attrs["json"])
        assert header["version"] == "2.0.0"
        assert header["videos"] == header["tracks"] == header["suggestions"] == []
        assert header["negative_anchors"] == {"0": [[4, 1.0, 2.0]]}
        assert json.loads(file["tracks_json"][1]) == [7, "second"]
        assert file["tracks_json"].dtype.kind == "S"
        assert json.loads(file["suggestions_json"][0]) == {
            "video": "0",
            "frame_idx": 5,
            "group": None,
        }
        instances = file["instances"][()]
        assert instances["instance_type"].tolist() == [1, 0, 0]
        assert instances["from_predicted"].tolist() == [-1, 0, -1]
        assert instances["point_id_start"].tolist() == [0, 0, 4]


def test_empty_lists_are_floats_of_no_length(tmp_path: Path) -> None:
    write(Labels(), tmp_path / "a.slp")
    with h5py.File(tmp_path / "a.slp") as file:
        for name in ("videos_json", "tracks_json", "suggestions_json"):
            assert file[name].shape == (0,)
            assert file[name].dtype == np.float64
    assert len(read(tmp_path / "a.slp")) == 0


def test_edited_labels_are_written_compacted(
    labels: Labels, tmp_path: Path, assert_same: Same
) -> None:
    labels.remove_frame(labels[1])
    labels[0].append(Instance(labels.skeletons[0], {"head": (9, 9)}))
    write(labels, tmp_path / "a.slp")
    assert_same(read(tmp_path / "a.slp"), labels)


def test_long_metadata_finds_its_place(
    tmp_path: Path, load_with_sleap_io: Callable[[Path], Any]
) -> None:
    labels = Labels(videos=[Video("a.mp4")], provenance={"args": "x" * 100_000})
    write(labels, tmp_path / "a.slp")
    assert read(tmp_path / "a.slp").provenance == labels.provenance
    assert load_with_sleap_io(tmp_path / "a.slp").provenance["args"] == "x" * 100_000


def test_one_long_entry_does_not_make_all_others_long(tmp_path: Path) -> None:
    images = Video([f"folder/image{number:06}.png" for number in range(20_000)])
    labels = Labels(videos=[images, *(Video(f"{number}.mp4") for number in range(200))])
    write(labels, tmp_path / "a.slp")
    assert (tmp_path / "a.slp").stat().st_size < 4_000_000
    assert read(tmp_path / "a.slp").videos[0].filename == images.filename


def test_a_video_that_only_a_suggestion_names_is_written(tmp_path: Path) -> None:
    labels = Labels(videos=[Video("a.mp4")], suggestions=[SuggestionFrame(Video("b.mp4"), 3)])
    write(labels, tmp_path / "a.slp")
    again = read(tmp_path / "a.slp")
    assert again.suggestions[0].video.filename == "b.mp4"


# -- images that lie in the file -----------------------------------------------------------------


@pytest.fixture
def package(data_dir: Path, tmp_path: Path) -> Path:
    path = tmp_path / "val.pkg.slp"
    shutil.copy(data_dir / "mouse_openfield" / "val.pkg.slp", path)
    path.chmod(0o644)
    return path


def test_a_package_saved_over_itself_keeps_its_images(package: Path, assert_same: Same) -> None:
    labels = read(package)
    with open_video(labels.video) as reader:
        before = [reader.read(index) for index in reader.frame_indices]
    labels[0].instances[0]["snout"] = (1, 2)
    write(labels, package)
    again = read(package)
    assert_same(again, labels)
    with open_video(again.video) as reader:
        for index, image in zip(reader.frame_indices, before, strict=True):
            np.testing.assert_array_equal(reader.read(index), image)


def test_a_package_saved_as_a_package_takes_its_images_along(
    package: Path, tmp_path: Path, load_with_sleap_io: Callable[..., Any]
) -> None:
    labels = read(package)
    write(labels, tmp_path / "copy.pkg.slp")
    with open_video(labels.video) as reader:
        image = reader.read(int(reader.frame_indices[3]))
    package.unlink()
    again = read(tmp_path / "copy.pkg.slp")
    assert again.video.filename == str(tmp_path / "copy.pkg.slp")
    assert again.video.source is not None
    with open_video(again.video) as reader:
        index = int(reader.frame_indices[3])
        np.testing.assert_array_equal(reader.read(index), image)
    theirs = load_with_sleap_io(tmp_path / "copy.pkg.slp", open_videos=True)
    np.testing.assert_array_equal(theirs.videos[0][index], image)


def test_a_package_saved_as_a_project_refers_to_its_images(
    package: Path, tmp_path: Path, load_with_sleap_io: Callable[..., Any]
) -> None:
    labels = read(package)
    write(labels, tmp_path / "project.slp")
    again = read(tmp_path / "project.slp")
    assert Path(str(again.video.filename)) == package
    assert again.video.is_embedded
    with open_video(again.video) as reader, open_video(labels.video) as first:
        index = int(first.frame_indices[2])
        np.testing.assert_array_equal(reader.read(index), first.read(index))
    theirs = load_with_sleap_io(tmp_path / "project.slp", open_videos=True)
    assert theirs.videos[0][index].shape == (480, 640, 1)


def test_packages_merged_into_one_take_all_images_along(package: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.pkg.slp"
    shutil.copy(package, other)
    both = Labels(videos=[Video("a.mp4"), read(package).video, read(other).video])
    write(both, tmp_path / "both.pkg.slp")
    again = read(tmp_path / "both.pkg.slp")
    assert [video.dataset for video in again.videos] == [None, "video1/video", "video2/video"]
    write(again, tmp_path / "both.pkg.slp")
    for video in read(tmp_path / "both.pkg.slp").videos[1:]:
        with open_video(video) as reader:
            assert reader.read(int(reader.frame_indices[0])).shape == (480, 640, 1)


# -- failures ------------------------------------------------------------------------------------


@pytest.mark.parametrize("k", range(1, 8))
def test_a_failing_write_leaves_the_old_file(
    labels: Labels, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, k: int
) -> None:
    path = tmp_path / "a.slp"
    write(Labels(videos=[Video("old.mp4")]), path)
    before = path.read_bytes()
    n_calls = 0
    create = h5py.Group.create_dataset

    def failing(self: h5py.Group, *args: Any, **options: Any) -> Any:
        nonlocal n_calls
        n_calls += 1
        if n_calls == k:
            raise OSError(28, "No space left on device")
        return create(self, *args, **options)

    monkeypatch.setattr(h5py.Group, "create_dataset", failing)
    with pytest.raises(FileError, match="disk is full") as caught:
        write(labels, path)
    monkeypatch.undo()
    assert str(path) in str(caught.value)
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.slp"]


SCRIPT = """
import resource, signal, sys
from pathlib import Path
from sleap.errors import FileError
from sleap.io.slp.read import read
from sleap.io.slp.write import write
source, target, limit = sys.argv[1], sys.argv[2], int(sys.argv[3])
labels = read(source)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    write(labels, target)
except FileError as error:
    print("refused:", error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits of POSIX")
@pytest.mark.parametrize("limit", [100, 1_000, 20_000, 200_000, 800_000])
def test_a_disk_that_fills_up_leaves_the_old_file(
    data_dir: Path, tmp_path: Path, limit: int
) -> None:
    path = tmp_path / "a.slp"
    write(Labels(videos=[Video("old.mp4")]), path)
    before = path.read_bytes()
    source = data_dir / "flies13" / "flies13.tracks.slp"
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(source), str(path), str(limit)],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"refused: Cannot write '{path}'")
    assert "larger than the system allows" in done.stdout
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.slp"]


def test_a_folder_that_may_not_be_written_to_is_named(labels: Labels) -> None:
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o555)
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    try:
        with pytest.raises(FileError, match="permission denied"):
            write(labels, folder / "a.slp")
    finally:
        if is_root:
            os.seteuid(0)
        folder.rmdir()


# -- any labels ----------------------------------------------------------------------------------

coordinates = st.one_of(
    st.floats(-1e6, 1e6, width=64), st.just(float("nan")), st.integers(0, 4000).map(float)
)
names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6)
filenames = names.filter(lambda name: name != ".")  # the word for "this very file"


@st.composite
def any_labels(draw: st.DrawFn) -> Labels:
    skeletons = []
    for number in range(draw(st.integers(1, 2))):
        nodes = draw(st.lists(names, min_size=1, max_size=4, unique=True))
        edges = [(0, place) for place in range(1, len(nodes))]
        skeletons.append(Skeleton(nodes, edges, edges[:1], name=f"s{number}"))
    videos = [Video(draw(filenames)) for _ in range(draw(st.integers(1, 3)))]
    tracks = [Track(draw(names), draw(st.integers(0, 99))) for _ in range(draw(st.integers(0, 3)))]
    track = st.sampled_from([None, *tracks])
    places = draw(
        st.lists(
            st.tuples(st.sampled_from(videos), st.integers(0, 10**6)),
            unique_by=lambda place: (id(place[0]), place[1]),
            max_size=5,
        )
    )
    frames = []
    for video, index in places:
        frame = LabeledFrame(video, index)
        for _ in range(draw(st.integers(0, 3))):
            skeleton = draw(st.sampled_from(skeletons))
            points = np.array(
                draw(st.lists(coordinates, min_size=2 * len(skeleton), max_size=2 * len(skeleton)))
            ).reshape(-1, 2)
            if draw(st.booleans()):
                score = draw(st.floats(0, 1, width=32))
                frame.append(PredictedInstance(skeleton, points, draw(track), score=score))
            else:
                frame.append(Instance(skeleton, points, draw(track)))
        frames.append(frame)
    suggestions = [SuggestionFrame(video, index, 1) for video, index in places[:2]]
    return Labels(
        frames,
        videos=videos,
        skeletons=skeletons,
        tracks=tracks,
        suggestions=suggestions,
        provenance={"note": draw(names)},
    )


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(labels=any_labels())
def test_any_labels_are_read_as_they_were_written(
    labels: Labels, tmp_path: Path, assert_same: Same
) -> None:
    write(labels, tmp_path / "a.slp")
    assert_same(read(tmp_path / "a.slp"), labels)
