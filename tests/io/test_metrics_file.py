import io
import os
import pickle
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sleap.errors import FileError, FormatError
from sleap.io.metrics_file import read_metrics, write_metrics

METRICS = {
    "vis.tp": 31,
    "vis.precision": 0.97,
    "dist.dists": np.array([[0.5, np.nan], [1.5, 2.5]]),
    "dist.avg": np.float64(1.5),
    "pck.thresholds": np.arange(1, 11),
    "oks_voc.mAP": np.float32(0.5),
    "oks_voc.match_scores": [0.1, 0.2],
    "names": ["head", "tail"],
}


class PointArray(np.recarray):
    """As classic releases stored points: a subclass that is not there any more."""


def save(path: Path, **arrays: Any) -> Path:
    np.savez(path, **arrays)
    return path


@pytest.mark.parametrize("compressed", [False, True])
def test_metrics_are_read_as_they_were_saved(tmp_path: Path, compressed: bool) -> None:
    path = tmp_path / "metrics.val.npz"
    (np.savez_compressed if compressed else np.savez)(path, metrics=METRICS)
    found = read_metrics(path)
    assert found.keys() == METRICS.keys()
    np.testing.assert_array_equal(found["dist.dists"], METRICS["dist.dists"])
    np.testing.assert_array_equal(found["pck.thresholds"], METRICS["pck.thresholds"])
    assert found["vis.tp"] == 31 and found["oks_voc.match_scores"] == [0.1, 0.2]
    assert found["names"] == ["head", "tail"]


def test_arrays_of_lost_classes_are_plain(tmp_path: Path) -> None:
    points = np.zeros(3, [("x", "f8"), ("y", "f8")]).view(PointArray)
    points.x = [1, 2, 3]
    assert b"PointArray" in pickle.dumps(points)
    found = read_metrics(save(tmp_path / "a.npz", metrics={"points": points}))["points"]
    assert type(found) is np.ndarray
    np.testing.assert_array_equal(found["x"], [1, 2, 3])


def test_arrays_without_a_dictionary_are_named(tmp_path: Path) -> None:
    arrays = {"a": np.arange(6).reshape(2, 3), "b": np.asfortranarray(np.eye(3)), "c": np.array(2)}
    found = read_metrics(save(tmp_path / "a.npz", **arrays))
    for name, array in arrays.items():
        np.testing.assert_array_equal(found[name], array)


class Evil:
    def __init__(self, sentinel: str) -> None:
        self.sentinel = sentinel

    def __reduce__(self) -> Any:
        return os.mkdir, (self.sentinel,)


def test_code_is_refused_and_not_run(tmp_path: Path) -> None:
    path = save(tmp_path / "a.npz", metrics={"dist.avg": Evil(str(tmp_path / "ran"))})
    with pytest.raises(FormatError, match=r"a\.npz"):
        read_metrics(path)
    assert not (tmp_path / "ran").exists()


def test_bombs_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.npz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("metrics.npy", bytes(1 << 28))
    with pytest.raises(FormatError, match="absurdly large"):
        read_metrics(path)


@pytest.mark.parametrize(
    "shape",
    ["(1000000000000,)", "(-1,)", "(3, -1)", "('x',)", "__import__('os')", "(((" * 200, "-" * 9000],
)
def test_absurd_headers_are_refused(tmp_path: Path, shape: str) -> None:
    header = f"{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}, }}\n".encode()
    path = tmp_path / "a.npz"
    with zipfile.ZipFile(path, "w") as archive:
        length = len(header).to_bytes(2, "little")
        archive.writestr("metrics.npy", b"\x93NUMPY\x01\x00" + length + header + bytes(16))
    with pytest.raises(FormatError, match=r"a\.npz"):
        read_metrics(path)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no zip at all", bytes(1000)])
def test_what_is_no_metrics_file_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.npz").write_bytes(data)
    with pytest.raises(FormatError, match=r"a\.npz"):
        read_metrics(tmp_path / "a.npz")


def test_damage_anywhere_is_an_error_of_ours(tmp_path: Path) -> None:
    whole = io.BytesIO()
    np.savez(whole, metrics=METRICS)
    data = whole.getvalue()
    path = tmp_path / "a.npz"
    for place in range(0, len(data), 7):
        path.write_bytes(data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :])
        try:
            read_metrics(path)
        except FormatError as error:
            assert str(path) in str(error)


def test_files_that_cannot_be_opened_are_named(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no such file"):
        read_metrics(tmp_path / "none.npz")
    with pytest.raises(FileError, match="is a folder"):
        read_metrics(tmp_path)


def test_what_is_written_is_read_back_also_by_numpy(tmp_path: Path) -> None:
    path = tmp_path / "metrics.val.npz"
    write_metrics({"dist.avg": 1.5, "dist.dists": np.array([[1.0, np.nan]])}, path)
    for found in (read_metrics(path), np.load(path, allow_pickle=True)["metrics"].tolist()):
        assert found["dist.avg"] == 1.5
        np.testing.assert_array_equal(found["dist.dists"], [[1.0, np.nan]])
