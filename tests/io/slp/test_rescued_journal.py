from pathlib import Path

import numpy as np
import pytest

from sleap.core.labels import Labels
from sleap.core.poses import Poses
from sleap.core.skeleton import Skeleton
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.io.slp.append import PredictionWriter
from sleap.io.slp.journal import ROWS
from sleap.io.slp.rescued_journal import find_records, rescue


class StoppedError(Exception):
    """What ends the run."""


@pytest.fixture
def raw(tmp_path: Path) -> bytes:
    """Five records of two frames each."""
    writer = PredictionWriter(
        tmp_path / "a.slp", video=Video("a.mp4"), skeleton=Skeleton(["head", "tail"])
    )
    with pytest.raises(StoppedError), writer:
        writer.tracks.append(Track("first"))
        for index in range(10):
            points = np.full((1, 2, 2), float(index + 1))
            writer.write(Poses(index, points, point_scores=np.ones((1, 2)), scores=np.ones(1)))
            if index % 2:
                writer.flush()
        raise StoppedError
    return writer.partial_path.read_bytes()


def test_all_records_of_a_whole_journal_are_read(raw: bytes) -> None:
    found = rescue(raw)
    assert found.n_lost == 0
    assert found.parts.frames.rows["frame_idx"].tolist() == list(range(10))
    assert found.tracks == [[0, "first"]]
    assert found.header["video"]["backend"]["filename"] == "a.mp4"


def test_records_behind_a_damaged_one_are_read_and_renumbered(raw: bytes) -> None:
    places = [place for place in range(len(raw)) if raw.startswith(ROWS, place)]
    data = bytearray(raw)
    data[places[1] + 30] ^= 0xFF
    found = rescue(bytes(data))
    assert found.n_lost == 1
    frames, instances = found.parts.frames.rows, found.parts.instances.rows
    assert frames["frame_idx"].tolist() == [0, 1, 4, 5, 6, 7, 8, 9]
    labels = Labels.from_tables(
        frames=frames,
        instances=instances,
        points=found.parts.points.rows,
        pred_points=found.parts.pred_points.rows,
        videos=[Video("a.mp4")],
        skeletons=[Skeleton(["head", "tail"])],
    )
    assert [frame.instances[0].numpy()[0, 0] for frame in labels] == [1, 2, 5, 6, 7, 8, 9, 10]


def test_every_cut_leaves_all_whole_records(raw: bytes) -> None:
    n_whole = len(list(find_records(raw)))
    for end in range(0, len(raw), 37):
        records = list(find_records(raw[:end]))
        assert b"" not in [kind for kind, _ in records]
        assert len(records) <= n_whole
    assert rescue(raw[:-1]).parts.frames.rows["frame_idx"].tolist() == list(range(8))


@pytest.mark.parametrize("seed", range(20))
def test_random_damage_never_stops_it(raw: bytes, seed: int) -> None:
    rng = np.random.default_rng(seed)
    data = np.frombuffer(raw, np.uint8).copy()
    places = rng.integers(0, len(data), 10)
    data[places] = rng.integers(0, 256, 10)
    rescue(data.tobytes())
