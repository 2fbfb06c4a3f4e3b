import numpy as np
import pytest

from sleap.inference.batches import Frame, ImagePath, Placement, batch_frames
from sleap.nn.data.centroid import centroids
from sleap.nn.data.example import Address
from sleap.nn.data.pipeline import ExampleMaker
from sleap.nn.data.resize import resize_image, scale_points


def test_placement_round_trip() -> None:
    place = Placement((203, 331), (50, 82), (7, -3))
    points = np.array([[0.0, 0.0], [330.0, 202.0], [np.nan, np.nan], [12.3, 45.6]])
    np.testing.assert_allclose(place.to_frame(place.to_input(points)), points, atol=1e-9)


def test_half_pixels_at_half_scale() -> None:
    place = Placement((100, 100), (50, 50))
    np.testing.assert_allclose(place.to_frame(np.array([0.0, 0.0])), [0.5, 0.5])


def test_whole_frames_are_padded_at_the_bottom_and_right() -> None:
    images = [np.full((10, 13, 1), value, dtype=np.uint8) for value in (1, 2)]
    batch, place = ImagePath(1, 1.0, 8).whole(images)
    assert batch.shape == (2, 16, 16, 1)
    assert (batch[1, :10, :13] == 2).all() and batch[:, 10:].max() == batch[:, :, 13:].max() == 0
    np.testing.assert_allclose(place.to_frame(np.array([3.0, 4.0])), [3, 4])


def test_colour_becomes_gray_and_the_reverse() -> None:
    image = np.full((8, 8, 3), 100, dtype=np.uint8)
    assert ImagePath(1, 1.0, 8).whole([image])[0].shape == (1, 8, 8, 1)
    assert (ImagePath(3, 1.0, 8).whole([image[..., :1]])[0] == 100).all()


@pytest.mark.parametrize("scale", [0.25, 0.5, 1.0])
@pytest.mark.parametrize("side", [15, 16, 21])
def test_a_crop_is_the_part_of_the_scaled_frame_that_its_place_says(
    scale: float, side: int
) -> None:
    image = np.random.default_rng(0).integers(0, 255, (101, 97, 1)).astype(np.uint8)
    path = ImagePath(1, scale, 8)
    scaled = np.pad(path.scaled(image), ((99, 99), (99, 99), (0, 0)))
    centres = np.array([[50.3, 41.8], [2.0, 99.0], [-40.0, 300.0]])
    crops, places = path.crops(image, centres, side)
    assert crops.shape[1] % 8 == 0
    for crop, place, centre in zip(crops, places, centres, strict=True):
        x, y = place.corner
        x0, y0 = min(max(x + 99, 0), 290), min(max(y + 99, 0), 290)
        expected = scaled[y0 : y0 + side, x0 : x0 + side]
        np.testing.assert_array_equal(crop[: len(expected), : expected.shape[1]], expected)
        middle = place.to_frame(np.full(2, (side - 1) / 2))
        assert np.abs(middle - centre).max() <= 0.5 / scale * 1.1


def test_batches_end_where_the_shape_changes() -> None:
    small, large = np.zeros((4, 4, 1), np.uint8), np.zeros((8, 8, 1), np.uint8)
    frames = [Frame(i, image) for i, image in enumerate([small, small, small, large, small])]
    batches = [[frame.frame_idx for frame in batch] for batch in batch_frames(frames, 2)]
    assert batches == [[0, 1], [2], [3], [4]]


class OneFrame:
    """A frame as the training reads it."""

    def __init__(self, image: np.ndarray, points: np.ndarray, scale: float) -> None:
        self._image = resize_image(image, scale)
        self._points = scale_points(points, image.shape[:2], self._image.shape[:2])

    def __len__(self) -> int:
        return 1

    def image(self, frame: int) -> np.ndarray:
        return self._image

    def points(self, frame: int) -> np.ndarray:
        return self._points


@pytest.mark.parametrize("scale", [0.25, 0.5, 1.0])
def test_a_network_sees_what_it_was_trained_on(scale: float) -> None:
    random = np.random.default_rng(1)
    image = random.integers(0, 255, (101, 97, 1)).astype(np.uint8)
    points = random.uniform(10, 90, (2, 3, 2))
    source = OneFrame(image, points, scale)

    def train(shape: tuple[int, int], instance: int | None) -> np.ndarray:
        maker = ExampleMaker(source, lambda points, centre, shape: points, shape)
        return maker.make(Address(0, instance), random)[0]

    path = ImagePath(1, scale, 8)
    whole, _ = path.whole([image])
    np.testing.assert_allclose(whole[0] / 255, train(whole.shape[1:3], None), atol=1e-6)
    crops, _ = path.crops(image, centroids(points), 24)
    for instance, crop in enumerate(crops):
        np.testing.assert_allclose(crop / 255, train((24, 24), instance), atol=1e-6)
