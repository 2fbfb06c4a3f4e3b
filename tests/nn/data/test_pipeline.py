import threading

import numpy as np
import pytest
from attrs import frozen

from sleap.nn.codecs import confidence_maps
from sleap.nn.config.optimization import TrainerConfig
from sleap.nn.data.augment.augmenter import Augmenter
from sleap.nn.data.augment.flip import Flip
from sleap.nn.data.example import Address
from sleap.nn.data.pipeline import Batches, ExampleMaker, Prefetcher, addresses


@frozen
class Frames:
    images: np.ndarray
    all_points: np.ndarray

    def __len__(self):
        return len(self.images)

    def image(self, frame):
        return self.images[frame]

    def points(self, frame):
        return self.all_points[frame]


def encode(points, centre, shape):
    kept = points if centre is None else points[centre : centre + 1]
    return confidence_maps.encode(kept, shape, sigma=3.0, stride=2)


@pytest.fixture
def frames():
    rng = np.random.default_rng(0)
    images = rng.integers(0, 50, (5, 64, 72, 1), dtype=np.uint8)
    points = rng.uniform(15, 50, (5, 2, 3, 2)).astype(np.float32)
    for image, instances in zip(images, points, strict=True):
        for x, y in np.round(instances.reshape(-1, 2)).astype(int):
            image[y - 1 : y + 2, x - 1 : x + 2] = 255
    return Frames(images, points)


def make_batches(frames, *, is_cropped, seed=0, **options):
    trainer = TrainerConfig(
        augment_scale=True, augment_gaussian_noise=True, augment_contrast=True, **options
    )
    shape = (32, 32) if is_cropped else (64, 72)
    maker = ExampleMaker(frames, encode, shape, Augmenter.from_config(trainer))
    examples = addresses(frames, range(len(frames)), is_cropped=is_cropped)
    return Batches(maker, examples, batch_size=4, seed=seed)


def take(batches, n_workers, n=6):
    with Prefetcher(batches.batch, n_workers=n_workers, depth=n_workers + 1) as made:
        return [next(made) for _ in range(n)]


def is_equal(a, b):
    return all(
        np.array_equal(x.images, y.images) and np.array_equal(x.targets, y.targets)
        for x, y in zip(a, b, strict=True)
    )


def test_addresses(frames):
    assert addresses(frames, [1, 3], is_cropped=False) == [Address(1), Address(3)]
    assert addresses(frames, [2], is_cropped=True) == [Address(2, 0), Address(2, 1)]


@pytest.mark.parametrize("is_cropped", [True, False])
def test_same_batches_whatever_the_number_of_threads(frames, is_cropped):
    batches = make_batches(frames, is_cropped=is_cropped)
    one = take(batches, 1)
    assert is_equal(one, take(batches, 3))
    assert is_equal(one, take(make_batches(frames, is_cropped=is_cropped), 2))
    assert not is_equal(one, take(make_batches(frames, is_cropped=is_cropped, seed=1), 2))


def test_shapes_and_range(frames):
    batch = make_batches(frames, is_cropped=True).batch(0)
    assert batch.images.shape == (4, 32, 32, 1)
    assert batch.targets.shape == (4, 16, 16, 3)
    assert batch.images.dtype == batch.targets.dtype == np.float32
    assert batch.images.min() >= 0
    assert batch.images.max() <= 1


def test_a_pass_takes_each_example_once(frames):
    seen = []
    batches = make_batches(frames, is_cropped=True)

    class Watcher:
        def make(self, address, rng):
            seen.append(address)
            return np.zeros(1), np.zeros(1)

    watched = Batches(Watcher(), batches.examples, batch_size=5)
    first = [watched.batch(k) for k in range(2)]
    order = list(seen)
    assert len(first) == len(watched) == 2
    assert sorted(order, key=str) == sorted(batches.examples, key=str)
    seen.clear()
    watched.batch(2), watched.batch(3)
    assert sorted(seen, key=str) == sorted(batches.examples, key=str)
    assert seen != order


def test_unshuffled_pass_is_in_order_and_ends_short(frames):
    batches = make_batches(frames, is_cropped=True)
    plain = Batches(ExampleMaker(frames, encode, (32, 32)), batches.examples, 4, is_shuffled=False)
    sizes = [len(plain.batch(k).images) for k in range(6)]
    assert sizes == [4, 4, 2, 4, 4, 2]
    assert is_equal([plain.batch(1)], [plain.batch(4)])


def test_targets_lie_on_the_bright_points_after_any_change(frames):
    trainer = TrainerConfig(augment_scale=True)
    maker = ExampleMaker(frames, encode, (64, 72), Augmenter.from_config(trainer))
    for seed in range(5):
        image, target = maker.make(Address(seed), np.random.default_rng(seed))
        strong = np.argwhere(target.max(axis=2) > 0.97)
        inside = [(r, c) for r, c in strong if 0 < r < 31 and 0 < c < 35]
        values = [image[2 * r - 2 : 2 * r + 3, 2 * c - 2 : 2 * c + 3].max() for r, c in inside]
        assert len(values) >= 2
        assert min(values) > 0.6


def test_a_crop_has_its_instance_in_the_middle(frames):
    maker = ExampleMaker(frames, encode, (32, 32), Augmenter.from_config(TrainerConfig()))
    _, target = maker.make(Address(2, 1), np.random.default_rng(0))
    found, _ = confidence_maps.decode_single(target[None], stride=2, threshold=0.1)
    middle = (np.nanmin(found[0], axis=0) + np.nanmax(found[0], axis=0)) / 2
    assert np.isfinite(found).any()
    assert np.abs(middle - 15.5).max() < 8


def test_centre_node_lies_in_the_middle(frames):
    maker = ExampleMaker(frames, encode, (32, 32), centre_node=1)
    _, target = maker.make(Address(0, 0), np.random.default_rng(0))
    found, _ = confidence_maps.decode_single(target[None], stride=2, threshold=0.1)
    assert np.abs(found[0, 1] - 15.5).max() <= 0.6


def test_mirror_swaps_symmetric_nodes(frames):
    order = np.array([1, 0, 2])

    class Always(Flip):
        def linear(self, rng):
            return np.diag([-1.0, 1.0])

    plain = ExampleMaker(frames, encode, (64, 72))
    mirrored = ExampleMaker(frames, encode, (64, 72), Augmenter((Always(),)), order)
    image, target = plain.make(Address(0), np.random.default_rng(0))
    flipped, swapped = mirrored.make(Address(0), np.random.default_rng(0))
    np.testing.assert_allclose(flipped, image[:, ::-1], atol=1e-6)
    moved = frames.points(0)[:, order] * [-1, 1] + [71, 0]
    np.testing.assert_allclose(swapped, encode(moved, None, (64, 72)), atol=1e-5)
    assert np.abs(swapped - target).max() > 0.5


def test_prefetcher_keeps_order_and_bound():
    lock, alive, most = threading.Lock(), 0, 0

    def make(number):
        nonlocal alive, most
        with lock:
            alive += 1
            most = max(most, alive)
        return number

    with Prefetcher(make, n_workers=4, depth=3) as numbers:
        for expected in range(50):
            assert next(numbers) == expected
            with lock:
                alive -= 1
    assert most <= 4  # three ahead, and the one that next() starts before the test counts it out
    assert numbers.waited_s >= 0


def test_prefetcher_raises_where_the_item_would_come():
    def make(number):
        if number == 2:
            raise ValueError("broken frame")
        return number

    with Prefetcher(make, n_workers=2, depth=4) as items:
        assert [next(items), next(items)] == [0, 1]
        with pytest.raises(ValueError, match="broken frame"):
            next(items)
