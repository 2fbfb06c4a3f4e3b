import os
import threading
from pathlib import Path

import h5py
import numpy as np
import pytest

from sleap.core.labels import Labels
from sleap.core.poses import Poses
from sleap.core.skeleton import Skeleton
from sleap.core.tables import PRED_POINTS, Rows, Table
from sleap.core.video import Video
from sleap.io.files import load_file, save_file
from sleap.io.slp import mapped
from sleap.io.slp.mapped import CAN_MAP, Mapped, map_table, settle

N_FRAMES = 12_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Labels with 1.2 MB of predicted points."""
    labels = Labels(skeletons=[Skeleton(["a", "b", "c", "d"])])
    values = np.arange(N_FRAMES * 8, dtype=float).reshape(N_FRAMES, 1, 4, 2)
    poses = [
        Poses(
            frame_idx=index,
            points=points,
            point_scores=np.ones((1, 4), np.float32),
            scores=np.ones(1, np.float32),
        )
        for index, points in enumerate(values)
    ]
    labels.add_poses(Video("a.mp4"), poses)
    save_file(labels, tmp_path / "large.slp")
    return tmp_path / "large.slp"


needs_maps = pytest.mark.skipif(
    not CAN_MAP, reason="this system cannot replace a mapped file: tables are read"
)


def map_points(path: Path) -> tuple[Mapped, Rows]:
    with h5py.File(path) as file:
        table = map_table(file, file["pred_points"], PRED_POINTS)
        assert table is not None
        return table, file["pred_points"][()]


def wait() -> None:
    for thread in threading.enumerate():
        if thread.name == "settle tables":
            thread.join(60)


@needs_maps
def test_a_large_table_is_mapped_and_copied_before_it_is_written(path: Path) -> None:
    before = path.read_bytes()
    mapped_table, whole = map_points(path)
    table = Table(mapped_table.rows)
    np.testing.assert_array_equal(table.rows, whole)
    with pytest.raises(ValueError, match="read-only"):
        table.rows["x"] = -1
    table.writable["x"] = -1
    assert table.rows["x"][0] == -1
    assert path.read_bytes() == before


@needs_maps
def test_settling_changes_nothing_and_makes_room(path: Path) -> None:
    mapped_table, whole = map_points(path)
    table = Table(mapped_table.rows)
    thread = settle([(table, mapped_table)])
    assert thread is not None
    thread.join(60)
    assert not thread.is_alive() and table.rows.flags.writeable
    np.testing.assert_array_equal(table.rows, whole)
    before = table.rows
    table.append(whole[:5])
    assert np.shares_memory(before, table.rows)
    np.testing.assert_array_equal(table.rows, np.r_[whole, whole[:5]])


@needs_maps
def test_what_was_written_first_is_not_lost_by_settling(path: Path) -> None:
    mapped_table, whole = map_points(path)
    table = Table(mapped_table.rows)
    table.writable["x"][3] = -1
    thread = settle([(table, mapped_table)])
    assert thread is not None
    thread.join(60)
    assert table.rows["x"][3] == -1
    np.testing.assert_array_equal(table.rows[4:], whole[4:])


@needs_maps
def test_a_file_replaced_before_it_is_settled_stays_mapped(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    mapped_table, whole = map_points(path)
    table = Table(mapped_table.rows)
    copy = path.with_name("copy.slp")
    copy.write_bytes(b"other")
    copy.replace(path)
    thread = settle([(table, mapped_table)])
    assert thread is not None
    thread.join(60)
    assert "was replaced" in caplog.text
    np.testing.assert_array_equal(table.rows, whole)


@pytest.mark.parametrize("layout", [{"chunks": (1000,)}, {"compression": "gzip"}])
def test_tables_in_pieces_are_read(path: Path, layout: dict[str, object]) -> None:
    expected = load_file(path).numpy()
    with h5py.File(path, "r+") as file:
        rows = file["pred_points"][()]
        del file["pred_points"]
        file.create_dataset("pred_points", data=rows, **layout)
        assert map_table(file, file["pred_points"], PRED_POINTS) is None
    np.testing.assert_array_equal(load_file(path).numpy(), expected)


def test_small_tables_and_other_types_are_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with h5py.File(path) as file:
        assert map_table(file, file["frames"], PRED_POINTS) is None
        monkeypatch.setattr(mapped, "MIN_SIZE", 1 << 30)
        assert map_table(file, file["pred_points"], PRED_POINTS) is None


def test_what_does_not_fit_into_memory_stays_mapped(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mapped, "_available_memory", lambda: 0)
    labels = load_file(path)
    assert labels.numpy()[5, 0, 0].tolist() == [40, 41]
    assert settle([]) is None


def test_saving_over_the_mapped_file(path: Path) -> None:
    labels = load_file(path)
    labels[3].instances[0]["a"] = (-5, -6)
    expected = labels.numpy()
    for _ in range(2):
        labels.save(path)
        labels[4].instances[0]["a"] = expected[4, 0, 0]
    np.testing.assert_array_equal(load_file(path).numpy(), expected)
    np.testing.assert_array_equal(labels.numpy(), expected)


@needs_maps
def test_settled_labels_survive_that_another_program_empties_the_file(path: Path) -> None:
    labels = load_file(path)
    expected = labels.numpy()
    wait()
    os.truncate(path, 0)  # an access to a page still mapped would end this process
    np.testing.assert_array_equal(labels.numpy(), expected)


@needs_maps
def test_frames_and_instances_are_settled_before_the_file_counts_as_read(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first edit waits for nothing: nearly every one writes to these two tables."""
    monkeypatch.setattr(mapped, "MIN_SIZE", 1)
    monkeypatch.setattr(mapped, "STEP", 1 << 12)
    store = load_file(path).store
    assert store.frames.rows.flags.writeable
    assert store.instances.rows.flags.writeable
    wait()
    assert store.pred_points.rows.flags.writeable
