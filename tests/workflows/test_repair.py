from pathlib import Path

import numpy as np
import pytest

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.video import Video
from sleap.errors import CancelledError, FileError, FormatError
from sleap.io.files import load_file, save_file
from sleap.progress import Progress
from sleap.workflows import repair as module
from sleap.workflows.repair import _free_name, repair


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.slp", "a.repaired.slp"),
        ("a.b.slp", "a.b.repaired.slp"),
        ("a.pkg.slp", "a.repaired.pkg.slp"),
        ("video.mp4.predictions.slp.partial", "video.mp4.predictions.repaired.slp"),
        ("labels.h5", "labels.repaired.slp"),
        ("labels", "labels.repaired.slp"),
    ],
)
def test_the_new_file_is_named_after_the_damaged(tmp_path: Path, name: str, expected: str) -> None:
    assert _free_name(tmp_path / name).name == expected


def test_an_earlier_repair_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a.repaired.slp").touch()
    assert _free_name(tmp_path / "a.slp").name == "a.repaired.2.slp"


def test_the_damaged_file_is_never_the_output(tmp_path: Path) -> None:
    (tmp_path / "a.slp").write_bytes(b"damaged")
    with pytest.raises(FileError, match="in place"):
        repair(tmp_path / "a.slp", tmp_path / "a.slp")
    assert (tmp_path / "a.slp").read_bytes() == b"damaged"


def test_a_file_that_is_not_there_is_explained(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no such file"):
        repair(tmp_path / "a.slp")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    fly, video = Skeleton(["head", "tail"]), Video("a.mp4")
    labels = Labels(
        LabeledFrame(video, index, [Instance(fly, np.full((2, 2), index + 1.0))])
        for index in range(50)
    )
    save_file(labels, tmp_path / "a.slp")
    return tmp_path / "a.slp"


def test_a_damaged_file_is_repaired_beside_it(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(bytes(96) + data[96:-700])
    report = repair(path)
    assert report.path == path.with_name("a.repaired.slp")
    made = load_file(report.path)
    assert report.saved["frames"] == len(made) == 50
    assert not report.is_complete
    assert report.lines[0].startswith("Saved: 50 frames, ")
    assert path.read_bytes() == bytes(96) + data[96:-700]


def test_a_message_says_that_nothing_is_left(path: Path) -> None:
    path.write_bytes(b"nothing" * 1000)
    with pytest.raises(FormatError, match="no labels are left"):
        repair(path)
    assert [entry.name for entry in path.parent.iterdir()] == ["a.slp"]


CRASHING = """
import os, runpy, sys, time
from sleap.io.slp import pieces, salvage
whole = pieces.Pieces.try_piece
def try_piece(self, name, read):
    if name == "'frames'" and name not in self.skipped:
        self.announce(name)
        {act}
    return whole(self, name, read)
pieces.Pieces.try_piece = try_piece
salvage.main(sys.argv[1:])
"""


@pytest.mark.parametrize("act", ["os.abort()", "time.sleep(1000)"])
def test_a_piece_that_crashes_or_never_ends_is_left_out(
    path: Path, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    monkeypatch.setattr(module, "PROGRAM", ("-c", CRASHING.format(act=act)))
    report = repair(path, silence=60.0 if act.startswith("os") else 2.0)
    assert "Left out, as reading it never ends or crashes: 'frames'." in report.lines
    assert report.path.exists()


def test_a_child_that_always_dies_ends_with_a_message(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PROGRAM", ("-c", "import os; os.abort()"))
    with pytest.raises(FormatError, match="crashes the program that reads it"):
        repair(path)


def test_the_user_may_stop_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Impatient(Progress):
        is_cancelled = True

    monkeypatch.setattr(module, "PROGRAM", ("-c", "import time; time.sleep(1000)"))
    with pytest.raises(CancelledError):
        repair(path, progress=Impatient())


def test_a_folder_that_cannot_be_written_is_named(path: Path) -> None:
    with pytest.raises(FileError, match="does not exist"):
        repair(path, path.parent / "gone" / "new.slp")


@pytest.mark.parametrize(
    "name", ["flies13/flies13.tracks.slp", "flies_tutorial/sleap_predictions.slp"]
)
def test_recordings_without_their_beginning_keep_every_pose(
    data_dir: Path, tmp_path: Path, name: str
) -> None:
    """One holds its tables in one piece, the other (of 2022) in chunks."""
    data = (data_dir / name).read_bytes()
    path = tmp_path / "a.slp"
    path.write_bytes(bytes(2048) + data[2048:])
    made, whole = load_file(repair(path).path), load_file(data_dir / name)
    assert len(made) == len(whole) == 1350
    for one, other in zip(made, whole, strict=True):
        assert one.frame_idx == other.frame_idx
        for a, b in zip(one.instances, other.instances, strict=True):
            np.testing.assert_array_equal(a.numpy(), b.numpy())
