import numpy as np
import pytest

from sleap.suggestions import features
from sleap.suggestions.features import describe_images
from sleap.suggestions.options import FEATURES, ImageFeaturesOptions


def make_stripes(width: int = 64, height: int = 48, channels: int = 1) -> list[np.ndarray]:
    upright = np.zeros((height, width, channels), np.uint8)
    upright[:, ::8] = upright[:, 1::8] = 200
    lying = np.zeros((height, width, channels), np.uint8)
    lying[::8] = lying[1::8] = 200
    return [upright, lying, upright]


@pytest.mark.parametrize("name", FEATURES)
@pytest.mark.parametrize("channels", [1, 3])
def test_equal_images_have_equal_vectors(name: str, channels: int) -> None:
    options = ImageFeaturesOptions(feature_type=name, brisk_threshold=10)
    vectors = describe_images(make_stripes(channels=channels), 3, options, 0)
    assert vectors.dtype == np.float32 and len(vectors) == 3
    np.testing.assert_array_equal(vectors[0], vectors[2])


@pytest.mark.parametrize("name", ["raw_images", "hog"])
def test_different_images_have_different_vectors(name: str) -> None:
    vectors = describe_images(make_stripes(), 3, ImageFeaturesOptions(feature_type=name), 0)
    assert np.abs(vectors[0] - vectors[1]).max() > 0.2


def test_edges_are_counted_by_their_direction() -> None:
    options = ImageFeaturesOptions(feature_type="hog")
    upright, lying, _ = describe_images(make_stripes(), 3, options, 0)
    directions = [one.reshape(-1, features.N_DIRECTIONS).sum(axis=0) for one in (upright, lying)]
    assert directions[0].argmax() == 0  # brightness changes along x
    assert directions[1].argmax() == features.N_DIRECTIONS // 2


def test_corners_tell_patterns_apart() -> None:
    random = np.random.default_rng(0)
    images = []
    for size in (4, 16, 4, 16):
        small = random.integers(0, 2, (160 // size, 160 // size)) * 200
        images.append(np.kron(small, np.ones((size, size))).astype(np.uint8)[..., None])
    options = ImageFeaturesOptions(feature_type="brisk", vocab_size=12)
    vectors = describe_images(images, 4, options, 0)
    assert vectors.shape == (4, 12)
    np.testing.assert_allclose(vectors.sum(axis=1), 1, rtol=1e-5)
    near = np.linalg.norm(vectors[0] - vectors[2]) + np.linalg.norm(vectors[1] - vectors[3])
    assert 2 * near < np.linalg.norm(vectors[0] - vectors[1]) + np.linalg.norm(
        vectors[2] - vectors[3]
    )


def test_an_image_without_corners_counts_none() -> None:
    options = ImageFeaturesOptions(feature_type="brisk")
    blank = [np.zeros((40, 40, 1), np.uint8)] * 2
    assert not describe_images(blank, 2, options, 0).any()


@pytest.mark.parametrize("name", ["raw_images", "hog"])
def test_memory_is_bounded(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(features, "MAX_BYTES", 12_000)
    options = ImageFeaturesOptions(feature_type=name)
    vectors = describe_images(make_stripes(128, 128), 3, options, 0)
    assert 4_000 < vectors.nbytes <= 14_000


def test_images_are_shrunk_as_asked_and_to_one_size() -> None:
    options = ImageFeaturesOptions(scale=0.5)
    images = [*make_stripes(64, 48), make_stripes(100, 30)[0]]
    assert describe_images(images, 4, options, 0).shape == (4, 32 * 24)
