import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from sleap.core.labels import Labels
from sleap.core.tables import FRAMES, INSTANCES, POINTS, PRED_POINTS
from sleap.errors import FileError, FormatError, SleapError
from sleap.io.slp.read import read
from sleap.io.slp.write import write

DATA = [
    "centered_pair/predictions.slp",
    "flies13/flies13.tracks.slp",
    "flies13/test.pkg.slp",
    "flies13/train.pkg.slp",
    "flies13/val.pkg.slp",
    "flies_tutorial/labels.v000.slp",
    "flies_tutorial/sleap_predictions.slp",
    *[
        f"flies_tutorial/models/211229_075510.{model}/labels_{kind}.{split}.slp"
        for model in ("centroid", "centered_instance")
        for kind in ("gt", "pr")
        for split in ("train", "val")
    ],
    "mice2/labels.10frames.slp",
    "mice2/predictions.untracked.slp",
    "mirror_mouse/train.pkg.slp",
    "mirror_mouse/val.pkg.slp",
    "mouse_openfield/train.pkg.slp",
    "mouse_openfield/val.pkg.slp",
    "two_flies/two_flies.noisy.slp",
    "two_flies/two_flies.tracks.slp",
]


@pytest.mark.parametrize("name", DATA)
def test_real_files_are_read_as_sleap_io_reads_them(
    data_dir: Path,
    name: str,
    load_with_sleap_io: Callable[[Path], Any],
    assert_same_as_sleap_io: Callable[[Labels, Any], None],
) -> None:
    path = data_dir / name
    assert_same_as_sleap_io(read(path), load_with_sleap_io(path))


def test_no_real_file_is_forgotten(data_dir: Path) -> None:
    there = {path.relative_to(data_dir).as_posix() for path in data_dir.rglob("*.slp")}
    assert there == set(DATA)


@pytest.fixture
def stored(labels: Labels, tmp_path: Path) -> Path:
    """A labels file that a test may change."""
    path = tmp_path / "stored.slp"
    write(labels, path)
    return path


def change_header(path: Path, **entries: Any) -> None:
    with h5py.File(path, "a") as file:
        attrs = file["metadata"].attrs
        attrs["json"] = np.bytes_(json.dumps({**json.loads(attrs["json"]), **entries}))


@pytest.mark.parametrize("format_id", [None, 1, 1.0, np.float32(1), "1"])
def test_old_user_points_count_from_the_corner_of_the_pixel(stored: Path, format_id: Any) -> None:
    today = read(stored)
    with h5py.File(stored, "a") as file:
        del file["metadata"].attrs["format_id"]
        if format_id is not None:
            file["metadata"].attrs["format_id"] = format_id
    old = read(stored)
    for axis in "xy":
        np.testing.assert_array_equal(old.to_tables()[2][axis], today.to_tables()[2][axis] - 0.5)
        np.testing.assert_array_equal(old.to_tables()[3][axis], today.to_tables()[3][axis])


def test_the_golden_points_of_the_corner_rule(tmp_path: Path) -> None:
    path = tmp_path / "grid.h5"
    header = {
        "skeletons": [{"nodes": [{"id": 0}, {"id": 1}, {"id": 2}], "links": [], "graph": {}}],
        "nodes": [{"name": name} for name in "abc"],
    }
    points = np.zeros(3, POINTS)
    points["x"], points["y"] = [-0.5, 0, -0.5], [-0.5, 0, 0.5]
    with h5py.File(path, "w") as file:
        file.create_group("metadata").attrs["json"] = np.bytes_(json.dumps(header))
        file["metadata"].attrs["format_id"] = 1
        file["videos_json"] = np.array([b'{"backend": {"filename": "v.mp4"}}'])
        file["frames"] = np.array([(0, 0, 0, 0, 1)], FRAMES)
        file["instances"] = np.array([(0, 0, 0, 0, -1, -1, np.nan, 0, 3, np.nan)], INSTANCES)
        file["points"] = points
        file["pred_points"] = np.empty(0, PRED_POINTS)
        file["tracks_json"] = np.empty(0)
    expected = [[-1, -1], [-0.5, -0.5], [-1, 0]]
    np.testing.assert_array_equal(read(path)[0].instances[0].numpy(), expected)
    with h5py.File(path, "a") as file:
        file["metadata"].attrs["format_id"] = 1.1
    expected = [[-0.5, -0.5], [0, 0], [-0.5, 0.5]]
    np.testing.assert_array_equal(read(path)[0].instances[0].numpy(), expected)


@pytest.mark.parametrize("format_id", [1.1, 1.2, 1.3, 1.4, 1.9, 2.0, 2.7, 2.99])
def test_all_versions_there_are_today_are_read(
    labels: Labels,
    stored: Path,
    format_id: float,
    assert_same: Callable[[Labels, Labels], None],
) -> None:
    with h5py.File(stored, "a") as file:
        file["metadata"].attrs["format_id"] = format_id
    assert_same(read(stored), labels)


@pytest.mark.parametrize("format_id", [3, 3.0, 17, -1, float("nan"), "new"])
def test_unknown_versions_are_refused(stored: Path, format_id: Any) -> None:
    with h5py.File(stored, "a") as file:
        file["metadata"].attrs["format_id"] = format_id
    with pytest.raises(FormatError, match="version") as caught:
        read(stored)
    assert str(stored) in str(caught.value)


def test_columns_in_another_order_with_others_between_are_read_and_kept(
    labels: Labels, stored: Path, assert_same: Callable[[Labels, Labels], None]
) -> None:
    with h5py.File(stored, "a") as file:
        rows = file["points"][()]
        names = ["complete", "y", "weather", "visible", "x"]
        types = {"complete": "u1", "y": "f4", "weather": "i4", "visible": "i8", "x": ">f8"}
        odd = np.zeros(len(rows), [(name, types[name]) for name in names])
        for name in ("complete", "y", "visible", "x"):
            odd[name] = rows[name]
        odd["weather"] = np.arange(len(rows))
        del file["points"]
        file["points"] = odd
    again = read(stored)
    assert_same(again, labels)
    np.testing.assert_array_equal(
        again.metadata["hdf5"].columns["points"]["weather"], np.arange(len(rows))
    )


def test_tables_as_plain_arrays_are_read(
    labels: Labels, stored: Path, assert_same: Callable[[Labels, Labels], None]
) -> None:
    with h5py.File(stored, "a") as file:
        for name in ("frames", "instances", "points", "pred_points"):
            rows = file[name][()]
            plain = np.stack([rows[column].astype("f8") for column in rows.dtype.names], axis=1)
            del file[name]
            file[name] = plain
    assert_same(read(stored), labels)


def test_a_file_without_tracking_scores_has_none(stored: Path) -> None:
    with h5py.File(stored, "a") as file:
        rows = file["instances"][()]
        names = [name for name in rows.dtype.names if name != "tracking_score"]
        del file["instances"]
        file["instances"] = np.array(rows[names].tolist(), [(n, rows.dtype[n]) for n in names])
    assert np.isnan(read(stored).to_tables()[1]["tracking_score"]).all()


def test_missing_lists_are_empty(stored: Path) -> None:
    with h5py.File(stored, "a") as file:
        del file["suggestions_json"]
        rows = file["instances"][()]
        rows["track"] = -1
        file["instances"][...] = rows
        del file["tracks_json"]
        file["tracks_json"] = np.empty(0)
    labels = read(stored)
    assert labels.suggestions == []
    assert labels.tracks == []


def test_texts_of_any_kind_are_read(
    labels: Labels, stored: Path, assert_same: Callable[[Labels, Labels], None]
) -> None:
    with h5py.File(stored, "a") as file:
        attrs = file["metadata"].attrs
        attrs["json"] = attrs["json"].decode()
        for name in ("videos_json", "tracks_json", "suggestions_json"):
            texts = [text.decode() for text in file[name][()]]
            del file[name]
            file.create_dataset(name, data=texts, dtype=h5py.string_dtype())
    assert_same(read(stored), labels)


def test_instances_that_no_frame_has_are_reported(
    stored: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with h5py.File(stored, "a") as file:
        rows = file["frames"][()]
        rows["instance_id_end"][1] = rows["instance_id_start"][1]
        file["frames"][...] = rows
    assert read(stored).n_user_instances == 1
    assert "1 instances belong to no frame" in caplog.text


def test_an_origin_that_is_not_there_is_reported(
    stored: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with h5py.File(stored, "a") as file:
        rows = file["instances"][()]
        rows["from_predicted"][2] = 77
        file["instances"][...] = rows
    assert read(stored)[1].instances[0].from_predicted is None
    assert "1 instances come from predictions" in caplog.text


def test_a_package_may_number_its_videos_by_their_groups(data_dir: Path, tmp_path: Path) -> None:
    path = tmp_path / "odd.pkg.slp"
    shutil.copy(data_dir / "mouse_openfield" / "val.pkg.slp", path)
    path.chmod(0o644)
    with h5py.File(path, "a") as file:
        file.move("video0", "video4")
        text = file["videos_json"][0].replace(b"video0/video", b"video4/video")
        file["videos_json"][0] = text
        rows = file["frames"][()]
        rows["video"] = 4
        file["frames"][...] = rows
    labels = read(path)
    assert all(frame.video is labels.video for frame in labels)


def test_unknown_entries_of_the_metadata_are_kept(stored: Path, tmp_path: Path) -> None:
    change_header(stored, weather={"rain": True})
    labels = read(stored)
    assert labels.metadata["json"] == {"weather": {"rain": True}}
    write(labels, tmp_path / "again.slp")
    assert read(tmp_path / "again.slp").metadata["json"] == {"weather": {"rain": True}}


def test_provenance_in_a_dataset_of_its_own_is_read(stored: Path) -> None:
    with h5py.File(stored, "a") as file:
        file["provenance_json"] = np.bytes_(b'{"large": "thing"}')
    assert read(stored).provenance == {"model_paths": ["m1"], "n": 3, "large": "thing"}


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda file: file["metadata"].attrs.__delitem__("json"), "holds no labels"),
        (lambda file: file.__delitem__("metadata"), "holds no labels"),
        (lambda file: file["metadata"].attrs.__setitem__("json", b"{"), "not valid JSON"),
        (lambda file: file["metadata"].attrs.__setitem__("json", b"[" * 99999), "JSON"),
        (lambda file: file["metadata"].attrs.__setitem__("json", b"[]"), "not a JSON object"),
        (lambda file: file["videos_json"].__setitem__(0, b"{}"), "no filename"),
        (lambda file: file["videos_json"].__setitem__(0, b"7"), "described by an object"),
        (lambda file: file["tracks_json"].__setitem__(0, b"7"), "A track should be"),
        (lambda file: file["suggestions_json"].__setitem__(0, b"{}"), "suggestion"),
        (
            lambda file: file["instances"].__setitem__((0, "skeleton"), 9),
            "Table 'instances'.*skeleton",
        ),
        (lambda file: file["instances"].__setitem__((0, "point_id_end"), 99), "outside"),
        (lambda file: file["frames"].__setitem__((0, "video"), 99), "Table 'frames'.*video"),
    ],
)
def test_damage_is_named_with_the_file(
    stored: Path, damage: Callable[[h5py.File], None], words: str
) -> None:
    with h5py.File(stored, "a") as file:
        damage(file)
    with pytest.raises(FormatError, match=words) as caught:
        read(stored)
    assert str(stored) in str(caught.value)


def test_what_is_not_there_or_not_hdf5_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no such file"):
        read(tmp_path / "none.slp")
    (tmp_path / "text.slp").write_text("hello")
    with pytest.raises(FormatError, match="not an HDF5 file"):
        read(tmp_path / "text.slp")


def test_broken_copies_give_one_error_with_the_path(stored: Path, tmp_path: Path) -> None:
    whole = stored.read_bytes()
    broken = tmp_path / "broken.slp"
    for size in range(0, len(whole) - 1, len(whole) // 40):
        broken.write_bytes(whole[:size])
        with pytest.raises(FormatError) as caught:
            read(broken)
        assert str(broken) in str(caught.value)


def test_flipped_bytes_give_labels_or_one_error(stored: Path, tmp_path: Path) -> None:
    whole = stored.read_bytes()
    random = np.random.default_rng(0)
    broken = tmp_path / "broken.slp"
    n_errors = 0
    for _ in range(60):
        data = bytearray(whole)
        for place in random.integers(8, len(data), 30):
            data[place] ^= int(random.integers(1, 256))
        broken.write_bytes(data)
        try:
            read(broken)
        except SleapError as error:
            n_errors += 1
            assert str(broken) in str(error)
    assert n_errors > 10
