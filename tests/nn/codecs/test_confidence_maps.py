"""Confidence maps there and back."""

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sleap.nn.codecs.confidence_maps import decode_multi, decode_single, encode

SCALES = [(stride, sigma) for stride in (1, 2, 4) for sigma in (1.5, 2.5, 5.0)]


def bfloat16(maps: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Round as a processor does that computes in bfloat16."""
    bits = np.ascontiguousarray(maps, dtype=np.float32).view(np.uint32)
    return ((bits + 0x7FFF + ((bits >> 16) & 1)) & 0xFFFF0000).astype(np.uint32).view(np.float32)


def test_encode_is_the_gaussian() -> None:
    points = np.array([[[10.0, 12.0], [3.3, 29.9]], [[13.0, 12.5], [np.nan, 4.0]]])
    maps = encode(points, (32, 48), sigma=3.0, stride=2)
    assert maps.shape == (16, 24, 2)
    assert maps.dtype == np.float32
    y, x = np.mgrid[:32:2, :48:2]
    for node, present in ((0, points[:, 0]), (1, points[:1, 1])):
        full = [np.exp(-((x - px) ** 2 + (y - py) ** 2) / 18.0) for px, py in present]
        np.testing.assert_allclose(maps[:, :, node], np.max(full, axis=0), atol=1e-5)


def test_a_point_on_a_cell_is_exactly_one() -> None:
    maps = encode(np.array([[[8.0, 4.0]]]), (16, 16), sigma=5.0, stride=4)
    assert maps[1, 2, 0] == 1.0


def test_nothing_to_draw() -> None:
    assert not encode(np.full((2, 3, 2), np.nan), (8, 8), sigma=5, stride=2).any()
    assert encode(np.zeros((0, 3, 2)), (8, 8), sigma=5, stride=2).shape == (4, 4, 3)
    far = np.array([[[-500.0, 4.0], [4.0, 9000.0], [np.inf, 1.0]]])
    assert not encode(far, (8, 8), sigma=2, stride=1).any()


def test_the_shape_must_fit_the_stride() -> None:
    with pytest.raises(ValueError, match="30 x 32 is no multiple of the stride 4"):
        encode(np.zeros((1, 1, 2)), (30, 32), sigma=1, stride=4)


@pytest.mark.parametrize(("stride", "sigma"), SCALES)
def test_there_and_back(stride: int, sigma: float) -> None:
    rng = np.random.default_rng(0)
    last = 64 - stride
    points = rng.uniform(0, last, (1, 300, 2))
    if sigma > stride / 2:
        # Some at and beyond the last cells, where part of the Gaussian is cut off.
        points[0, :50, 0] = rng.uniform(-0.4, 0, 50) * stride
        points[0, 50:100, 1] = last + rng.uniform(0, 0.4, 50) * stride
        points[0, 100:150] = last + rng.uniform(-0.4, 0.4, (50, 2)) * stride
    maps = encode(points, (64, 64), sigma=sigma, stride=stride)
    found, values = decode_single(maps[np.newaxis], stride=stride, threshold=0.01)
    error = found[0] - points[0]
    assert np.abs(error).max() < 0.05
    assert np.abs(error.mean(axis=0)).max() < 0.01
    assert (values > 0).all()


@pytest.mark.parametrize(("stride", "sigma"), [(1, 2.5), (1, 5.0), (2, 2.5), (2, 5.0), (4, 5.0)])
def test_noise_adds_no_bias(stride: int, sigma: float) -> None:
    rng = np.random.default_rng(1)
    points = rng.uniform(20, 44, (1, 500, 2))
    maps = 0.8 * encode(points, (64, 64), sigma=sigma, stride=stride)
    maps += rng.normal(0, 0.02, maps.shape).astype(np.float32)
    found, _ = decode_single(maps[np.newaxis], stride=stride, threshold=0.3)
    error = found[0] - points[0]
    assert np.sqrt((error**2).mean()) < 0.15
    assert np.abs(error.mean(axis=0)).max() < 0.02


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(SCALES), st.integers(0, 10**6))
def test_all_instances_are_found_even_in_bfloat16(scale: tuple[int, float], seed: int) -> None:
    stride, sigma = scale
    rng = np.random.default_rng(seed)
    corners = np.stack(np.meshgrid([32, 96, 160], [32, 96]), axis=-1).reshape(-1, 1, 2)
    points = corners + rng.uniform(-8, 8, (6, 3, 2))
    maps = bfloat16(0.9 * encode(points, (128, 192), sigma=sigma, stride=stride))
    peaks = decode_multi(np.stack([maps, maps]), stride=stride, threshold=0.1)
    assert (np.diff(peaks.sample) >= 0).all()
    for sample, node in np.ndindex(2, 3):
        found = peaks.points[(peaks.sample == sample) & (peaks.channel == node)]
        assert len(found) == 6
        apart = np.linalg.norm(found[:, np.newaxis] - points[:, node], axis=-1)
        assert apart.min(axis=0).max() < 0.1
        assert sorted(apart.argmin(axis=1)) == list(range(6))


def test_missing_nodes_are_nan() -> None:
    points = np.array([[[10.0, 10.0], [np.nan, np.nan]]])
    maps = 0.2 * encode(points, (32, 32), sigma=2, stride=1)
    found, values = decode_single(maps[np.newaxis], stride=1, threshold=0.3)
    assert np.isnan(found).all()
    np.testing.assert_allclose(values, [[0.2, 0.0]], atol=1e-6)
    found, _ = decode_single(maps[np.newaxis], stride=1, threshold=0.1)
    np.testing.assert_allclose(found[0, 0], [10, 10], atol=1e-3)
    assert np.isnan(found[0, 1]).all()


def test_no_peaks_at_all() -> None:
    peaks = decode_multi(np.zeros((2, 8, 8, 3), dtype=np.float32), stride=2, threshold=0.0)
    assert peaks.points.shape == (0, 2)
    assert len(peaks.values) == 0
