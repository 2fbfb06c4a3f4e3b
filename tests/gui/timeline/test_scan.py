import numpy as np
import pytest

from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.gui.timeline import scan as scanning
from sleap.gui.timeline.marks import Flag
from sleap.gui.timeline.runs import FRAME_MASK, Runs
from sleap.gui.timeline.scan import scan, scan_frame

UNTRACKED = Flag.USER | Flag.PREDICTED | Flag.UNTRACKED


def stretches(runs: Runs) -> list[tuple[int, int]]:
    return [(s & FRAME_MASK, e & FRAME_MASK) for s, e in zip(runs.starts, runs.ends, strict=True)]


def test_flags_and_tracks_are_read(labels: Labels) -> None:
    labeled, flags, runs = scan(labels.store, 0)
    assert labeled.tolist() == [0, 10, 20]
    assert flags.tolist() == [UNTRACKED] * 3
    assert stretches(runs) == [(0, 1), (10, 11), (20, 21)] * 2


def test_another_video_has_none(labels: Labels) -> None:
    labeled, flags, runs = scan(labels.store, 1)
    assert not len(labeled) and not len(flags) and not len(runs)


def test_a_prediction_that_was_corrected_does_not_count(labels: Labels) -> None:
    frame = labels.add_frame(labels.videos[0], 40)
    prediction = frame.append(PredictedInstance(labels.skeleton, np.ones((3, 2)), score=0.5))
    track = labels.tracks[0]
    corrected = Instance(labels.skeleton, np.ones((3, 2)), track=track, from_predicted=prediction)
    frame.append(corrected)
    labeled, flags, _ = scan(labels.store, 0)
    assert flags[labeled == 40].tolist() == [Flag.USER]
    assert scan_frame(labels.store, 0, 40) == (Flag.USER, {0})


def test_what_was_removed_does_not_count(labels: Labels) -> None:
    labels.remove_instances([0, 1, 2, 3])
    labels.remove_frame(labels[1])
    labeled, flags, runs = scan(labels.store, 0)
    assert labeled.tolist() == [0, 20]
    assert flags[0] == Flag.NEGATIVE
    assert stretches(runs) == [(20, 21)] * 2


def test_one_frame_tells_what_all_do(labels: Labels) -> None:
    labels.remove_instances([4])
    labeled, flags, runs = scan(labels.store, 0)
    for frame_idx, flag in zip(labeled.tolist(), flags.tolist(), strict=True):
        there = set(runs.at(frame_idx).tolist())
        assert scan_frame(labels.store, 0, frame_idx) == (flag, there)
    assert scan_frame(labels.store, 0, 3) == (None, set())


def test_few_bytes_and_many_places_give_the_same(
    labels: Labels, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(0)
    frames = rng.permutation(60)[:40].tolist()
    for frame_idx in frames:
        track = labels.tracks[int(rng.integers(2))]
        new = PredictedInstance(labels.skeleton, np.ones((3, 2)), score=1.0, track=track)
        labels.add_frame(labels.videos[0], frame_idx).append(new)
    sheet = scan(labels.store, 0)[2]
    monkeypatch.setattr(scanning, "N_CELLS", 0)
    monkeypatch.setattr(scanning, "N_BLOCK", 7)
    listed = scan(labels.store, 0)[2]
    assert listed.starts.tolist() == sheet.starts.tolist()
    assert listed.ends.tolist() == sheet.ends.tolist()


def test_a_frame_absurdly_far_away_takes_no_room(labels: Labels) -> None:
    new = Instance(labels.skeleton, np.ones((3, 2)), track=labels.tracks[1])
    labels.add_frame(labels.videos[0], 1 << 39).append(new)
    labeled, _, runs = scan(labels.store, 0)
    assert labeled[-1] == 1 << 39
    assert runs.at(1 << 39).tolist() == [1]
