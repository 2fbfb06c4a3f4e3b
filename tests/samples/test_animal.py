"""What is painted lies where the truth says, to a fraction of a pixel."""

import numpy as np
import pytest

from sleap.samples.animal import Sheet, draw_limb, draw_sheet, paint
from sleap.samples.bodies import BODIES
from sleap.samples.recording import Recording
from sleap.samples.texture import Sculpture, Sprite


def centroid(cover: np.ndarray, origin: tuple[int, int] = (0, 0)) -> np.ndarray:
    y, x = np.mgrid[: cover.shape[0], : cover.shape[1]]
    return np.array([(x * cover).sum(), (y * cover).sum()]) / cover.sum() + origin


Box = tuple[float, float, float, float]


def dot_sprite(box: Box, s: float, t: float, per_unit: float) -> Sprite:
    """A sprite that is empty but for a soft dot at (s, t), a pixel or so wide."""
    model = Sculpture(box, per_unit)
    reach = (model.s - s) ** 2 + (model.t - t) ** 2
    cover = np.exp(-reach * per_unit**2 / (2 * 1.2**2)).astype(np.float32)
    form = np.stack([cover, cover * 0, cover * 0, cover * 0 + 1], axis=-1)
    return Sprite(np.ones((*cover.shape, 1), np.float32), form, model.origin, per_unit)


@pytest.mark.parametrize("spot", [(20.0, 30.0), (20.25, 30.5), (19.63, 29.87), (20.11, 30.94)])
def test_lone_foot_lies_at_its_point(spot: tuple[float, float]) -> None:
    path = np.array([spot, spot])
    cover = draw_limb(path, np.array([2.3, 2.3]), (10, 15), (31, 27))
    assert np.abs(centroid(cover, (10, 15)) - spot).max() < 0.03


def test_limb_is_centred_between_its_ends() -> None:
    rng = np.random.default_rng(0)
    for _ in range(20):
        path = rng.uniform(10, 40, (2, 2))
        cover = draw_limb(path, np.array([1.2, 1.2]), (0, 0), (50, 50))
        assert np.abs(centroid(cover) - path.mean(axis=0)).max() < 0.1


@pytest.mark.parametrize("length", [60.0, 90.0, 200.0])
@pytest.mark.parametrize("body", BODIES.names)
def test_lone_part_of_the_trunk_lies_at_its_point(body: str, length: float) -> None:
    recording = Recording(1, 60, (600, 600), 5, body=body, body_length=length)
    drive, look = recording._drives[0], recording.looks[0]
    pose = recording.plan.pose(drive, look)
    worst = 0.0
    for s, t in ((0.05, 0.0), (0.3, 0.1), (0.3, -0.1), (0.7, 0.08), (0.95, 0.0)):
        truth = pose.spine.locate(s, t)
        skin = dot_sprite((-0.1, 1.1, -0.25, 0.25), s, t, 1.5 * length)
        lone = type(pose)(pose.spine, skin, [], [], 0.0, pose.extent)
        for frame in range(0, 60, 6):
            patch = paint(lone, frame, recording.size, 6)
            assert patch is not None
            miss = np.abs(centroid(patch.cover, patch.origin) - truth[frame]).max()
            worst = max(worst, float(miss))
    assert worst < 0.1


def test_lone_sheet_lies_at_its_point() -> None:
    sprite = dot_sprite((-0.05, 0.8, -0.2, 0.2), 0.72, 0.03, 120.0)
    for angle in np.linspace(-3, 3, 13):
        hinge = np.array([[80.3, 75.8]])
        sheet = Sheet(hinge, np.array([angle]), 80.0, sprite)
        _, cover = draw_sheet(sheet, 0, (0, 0), (160, 150))
        tip = hinge[0] + 80 * 0.72 * np.array([np.cos(angle), np.sin(angle)])
        tip += 80 * 0.03 * np.array([np.sin(angle), -np.cos(angle)])
        assert np.abs(centroid(cover) - tip).max() < 0.05


def test_animal_outside_of_the_picture_is_not_painted() -> None:
    recording = Recording(1, 3, 96, 0)
    pose = recording.plan.pose(recording._drives[0], recording.looks[0])
    away = type(pose)(pose.spine, pose.skin, [], [], 0.0, pose.extent + 500)
    assert paint(away, 0, recording.size, 6) is None
