from pathlib import Path

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
