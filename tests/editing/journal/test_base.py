import random
from pathlib import Path

import numpy as np
import pytest
import random_edits

from sleap import Labels, SuggestionFrame, Video, load_file, save_file
from sleap.editing.document import Document
from sleap.editing.journal.base import Base, contents_digest, link
from sleap.editing.snapshot import Snapshot


@pytest.mark.parametrize("seed", range(10))
def test_spread_rows_have_the_numbers_they_had(seed: int, tmp_path: Path) -> None:
    document, rng = Document(random_edits.start()), random.Random(seed)
    for _ in range(6):
        document.run(random_edits.mixed, rng)
    store = document.labels.store
    snapshot = Snapshot(document.labels).labels()
    base = Base.of(snapshot)
    save_file(snapshot, tmp_path / "a.slp")
    labels = load_file(tmp_path / "a.slp")
    assert contents_digest(labels) == base.digest
    base.spread(labels)
    assert random_edits.contents(labels) == random_edits.contents(document.labels)
    assert labels.store.live_frames.tolist() == store.live_frames.tolist()
    assert labels.store.live_instances.tolist() == store.live_instances.tolist()
    for row in store.live_frames.tolist():
        assert sorted(labels.store.members(row)) == sorted(store.members(row))
        video, index = store.frames.rows[["video", "frame_idx"]][row]
        assert labels.store.occupancy.find(int(video), int(index)) == row


def test_a_file_of_other_rows_is_refused() -> None:
    base = Base(3, 0, np.array([0, 2]), np.empty(0, np.int64))
    with pytest.raises(ValueError, match="not those"):
        base.spread(Labels())


def test_a_digest_tells_labels_apart() -> None:
    digests = set()
    for seed in range(20):
        document = Document(random_edits.start())
        document.run(random_edits.add_frames, random.Random(seed))
        digests.add((random_edits.contents(document.labels), contents_digest(document.labels)))
    assert len({one for one, _ in digests}) == len({other for _, other in digests}) > 1


def test_members_are_linked_in_the_order_of_their_rows() -> None:
    labels = random_edits.start()
    store = labels.store
    store.add_frames(0, np.array([5, 6]))
    rng = random.Random(0)
    document = Document(labels)
    for _ in range(4):
        document.run(random_edits.add_instances, rng)
    rows = store.live_instances
    expected = {row: store.members(row) for row in store.live_frames.tolist()}
    store.frames.writable["instance_id_start"] = store.frames.writable["instance_id_end"] = 0
    store.extras.clear()
    for some in (rows[::2], rows[1::2]):
        link(store, some)
    link(store, rows)
    assert {row: store.members(row) for row in expected} == expected


def test_videos_that_only_suggestions_name_are_listed_by_a_file(tmp_path: Path) -> None:
    labels = random_edits.start()
    labels.suggestions.append(SuggestionFrame(Video("other.mp4"), 3))
    save_file(labels, tmp_path / "a.slp")
    found = load_file(tmp_path / "a.slp")
    assert len(found.videos) == 2
    assert contents_digest(found) == contents_digest(labels)
