import random

import pytest
import random_edits

from sleap import SuggestionFrame, load_file, save_file
from sleap.editing.document import Document
from sleap.editing.snapshot import Snapshot


@pytest.mark.parametrize("seed", range(10))
def test_a_snapshot_is_what_labels_were(seed: int) -> None:
    document, rng = Document(random_edits.start()), random.Random(seed)
    for _ in range(5):
        document.run(random_edits.mixed, rng)
    before = random_edits.contents(document.labels)
    snapshot = Snapshot(document.labels)
    for _ in range(5):
        document.run(random_edits.mixed, rng)
        document.undo()
        document.redo()
    assert random_edits.contents(snapshot.labels()) == before


def test_it_shares_nothing_that_edits_change() -> None:
    document = Document(random_edits.start())
    video = document.labels.video
    document.run(lambda tx: tx.set_suggestions([SuggestionFrame(video, 3)]))
    labels = Snapshot(document.labels).labels()
    assert labels.video is not video
    assert labels.suggestions[0].video is labels.video
    assert labels.skeleton is not document.labels.skeleton


def test_what_was_kept_from_a_file_is_still_true(tmp_path) -> None:
    """Unknown parts of a file are written back only for the very videos they came with."""
    import h5py

    path = tmp_path / "a.slp"
    save_file(random_edits.start(), path)
    with h5py.File(path, "a") as file:
        file["future"] = [1, 2, 3]
    document = Document.open(path)
    document.save(backups=0)
    document.close()
    with h5py.File(path) as file:
        assert file["future"][()].tolist() == [1, 2, 3]
    assert "hdf5" in load_file(path).metadata
