from pathlib import Path

import h5py

from sleap.core.labels import Labels
from sleap.io.formats.slp import SLP


def test_labels_go_there_and_back(labels: Labels, tmp_path: Path) -> None:
    path = tmp_path / "a.slp"
    assert SLP.write is not None
    assert SLP.read is not None
    SLP.write(labels, path)
    assert SLP.recognizes(path, path.read_bytes()[:64])
    assert len(SLP.read(path, ())) == len(labels)


def test_other_files_are_not_recognized(tmp_path: Path) -> None:
    assert not SLP.recognizes(tmp_path / "a.slp", b"{}")


def test_what_is_not_called_slp_is_looked_into(labels: Labels, tmp_path: Path) -> None:
    path = tmp_path / "a.h5"
    assert SLP.write is not None
    SLP.write(labels, path)
    head = path.read_bytes()[:64]
    assert SLP.recognizes(path, head)
    with h5py.File(tmp_path / "other.h5", "w") as file:
        file["tracks"] = [1]
    assert not SLP.recognizes(tmp_path / "other.h5", head)
    (tmp_path / "damaged.h5").write_bytes(head)
    assert SLP.recognizes(tmp_path / "damaged.h5", head)  # its reader says what is wrong
