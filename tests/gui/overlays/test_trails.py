"""Trails out of the tables, against a plain way to gather them."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot
from qtpy.QtGui import QImage, QPainter

from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.gui.look import Look
from sleap.gui.overlays.trails import Trails, paint_trails, trail_nodes
from sleap.gui.overlays.view import View
from sleap.render.palette import get_palette

SKELETON = Skeleton(["a", "b", "c", "d"], [("b", "a"), ("b", "c"), ("b", "d")])


def make(n_frames: int = 40, n_tracks: int = 3) -> Labels:
    rng = np.random.default_rng(0)
    labels = Labels(videos=[Video("v.mp4", shape=(n_frames, 9, 9, 1)), Video("w.mp4")])
    tracks = [Track(name=str(k)) for k in range(n_tracks)]
    for frame_idx in rng.permutation(n_frames).tolist():
        frame = labels.add_frame(labels.videos[frame_idx % 7 == 3], frame_idx)
        for track in tracks:
            points = rng.uniform(0, 100, (4, 2))
            points[rng.random(4) < 0.2] = np.nan
            if rng.random() < 0.7:
                frame.append(PredictedInstance(SKELETON, points, track=track, score=0.5))
            if rng.random() < 0.4:
                frame.append(Instance(SKELETON, points + 1, track=track))
    return labels


def plain(labels: Labels, frame_idx: int, length: int, track: Track) -> list[list[float]]:
    indices = [i for i in sorted(labels.labeled_indices(labels.videos[0])) if i <= frame_idx]
    places = []
    for index in indices[-length - 1 :]:
        frame = labels.find(labels.videos[0], int(index))
        assert frame is not None
        mine = [one for one in frame.user_instances if one.track is track]
        mine = mine or [one for one in frame.predicted_instances if one.track is track]
        if mine and np.isfinite(mine[-1].numpy()[1]).all():
            places.append(mine[-1].numpy()[1].tolist())
    return places if len(places) > 1 else []


@pytest.mark.parametrize("length", [1, 5, 100])
def test_trails_are_those_gathered_plainly(length: int) -> None:
    labels, trails = make(), Trails()
    for frame_idx in (0, 4, 17, 39):
        found = {one.track: one for one in trails.read(labels.store, 0, frame_idx, length)}
        for number, track in enumerate(labels.tracks):
            wanted = plain(labels, frame_idx, length, track)
            got = found[number].points.tolist() if number in found else []
            assert got == wanted


def test_trails_follow_new_removed_and_revived_frames() -> None:
    labels, trails = make(), Trails()
    trails.read(labels.store, 0, 39, 100)
    frame = labels.add_frame(labels.videos[0], 45)
    frame.append(Instance(SKELETON, np.full((4, 2), 7.0), track=labels.tracks[0]))
    after = trails.read(labels.store, 0, 45, 100)[0]
    assert after.points[-1].tolist() == [7, 7] and after.is_here
    labels.remove_frame(frame)
    assert trails.read(labels.store, 0, 45, 100)[0].points[-1].tolist() != [7, 7]
    assert not trails.read(labels.store, 0, 45, 100)[0].is_here


def test_an_instance_added_late_is_on_the_trail() -> None:
    labels, trails = make(), Trails()
    extra = labels.find(labels.videos[0], 0)
    assert extra is not None
    extra.append(Instance(SKELETON, np.full((4, 2), 3.0), track=labels.tracks[1]))
    found = {one.track: one for one in trails.read(labels.store, 0, 39, 100)}
    assert found[1].points[0].tolist() == [3, 3]


def test_one_animal_without_a_track_leaves_a_trail() -> None:
    labels = Labels(videos=[Video("v.mp4")])
    for frame_idx in range(5):
        labels.add_frame(labels.videos[0], frame_idx).append(
            PredictedInstance(SKELETON, np.full((4, 2), float(frame_idx)), score=1)
        )
    (trail,) = Trails().read(labels.store, 0, 4, 3)
    assert trail.track == -1 and trail.points[:, 0].tolist() == [1, 2, 3, 4]
    assert trail.ages.tolist() == [3, 2, 1, 0]


def test_nodes_in_the_middle_leave_trails_first() -> None:
    assert trail_nodes(SKELETON, 2).tolist() == [1, 0]


def test_nothing_gives_no_trails() -> None:
    assert Trails().read(Labels(videos=[Video("v.mp4")]).store, 0, 0, 10) == []
    assert Trails().read(make().store, 0, 20, 0) == []


def test_a_trail_is_painted_in_its_color(qtbot: QtBot) -> None:
    labels = make(n_tracks=1)
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    image.fill(0xFF000000)
    painter = QPainter(image)
    look = Look(trail_length=10)
    trails = Trails().read(labels.store, 0, 39, 10)
    paint_trails(painter, trails, View((100, 100), (100, 100)), look, get_palette("five+"))
    painter.end()
    seen = {image.pixelColor(x, y).getRgb()[:3] for x in range(100) for y in range(100)}
    assert any(red > 150 and green < 60 for red, green, _ in seen)
