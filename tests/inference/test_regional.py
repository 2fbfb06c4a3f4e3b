import numpy as np

from sleap.inference.batches import Frame, ImagePath
from sleap.inference.regional import RegionBatcher, cut, pend


def make_frame(index: int) -> Frame:
    return Frame(index, np.full((40, 50, 1), index + 1, dtype=np.uint8))


def make_pending(index: int, sides: list[int]) -> tuple:
    n = len(sides)
    return pend(make_frame(index), np.full((n, 2), 20.0), sides, np.ones(n))


def test_batches_hold_one_size_of_several_frames() -> None:
    batcher = RegionBatcher(2)
    located = [make_pending(0, [8, 16]), make_pending(1, [16, 8, 8])]
    batches = [
        [(region.owner.frame.frame_idx, region.side) for region in batch]
        for batch in batcher.batches(located)
    ]
    assert batches == [[(0, 16), (1, 16)], [(0, 8), (1, 8)], [(1, 8)]]


def test_frames_come_back_in_order_when_all_is_there() -> None:
    batcher = RegionBatcher(8)
    located = [make_pending(0, [8, 16]), make_pending(1, []), make_pending(2, [16])]
    small, large = batcher.batches(located)
    for region in large:
        region.owner.add("large")
    assert list(batcher.finished()) == []
    for region in small:
        region.owner.add("small")
    done = list(batcher.finished())
    assert [pending.frame.frame_idx for pending in done] == [0, 1, 2]
    assert [pending.found for pending in done] == [["large", "small"], [], ["large"]]


def test_frames_without_regions_do_not_pile_up() -> None:
    batcher = RegionBatcher(2)
    located = (make_pending(index, []) for index in range(10))
    batches = batcher.batches(located)
    assert next(batches) == []
    assert [pending.frame.frame_idx for pending in batcher.finished()] == [0, 1, 2, 3]


def test_rare_regions_do_not_wait_for_a_full_batch() -> None:
    batcher = RegionBatcher(2)
    located = (make_pending(index, [8] if index == 1 else []) for index in range(100))
    (region,) = next(batcher.batches(located))
    assert region.owner.frame.frame_idx == 1


def test_crops_come_from_their_own_frames() -> None:
    regions = [region for index in (3, 5) for region in make_pending(index, [16, 16])[1]]
    crops = cut(regions, ImagePath(1, 1.0, 8), 16)
    assert crops.images.shape == (4, 16, 16, 1)
    assert crops.images[:, 8, 8, 0].tolist() == [4, 4, 6, 6]
    assert len(crops.placements) == 4
    assert len(cut([], ImagePath(1, 1.0, 8), 16).images) == 0
