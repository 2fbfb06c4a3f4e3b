"""What is proposed follows from the labels, and says why."""

import math
import re

import numpy as np
import pytest

from sleap.core.skeleton import Skeleton
from sleap.nn.config.output_type import OutputType
from sleap.nn.config.profile import Profile
from sleap.nn.planning.advice import PIPELINES, advise, choose_pipeline
from sleap.nn.planning.animals import Animals

FLY = Skeleton(["a", "b", "c"], [("a", "b"), ("b", "c")], symmetries=[("a", "c")])


def animals(
    *,
    length: float = 100.0,
    most: int = 2,
    n_frames: int = 60,
    side: int = 1024,
    gap: float = 20.0,
    spread: float = math.pi,
) -> Animals:
    n = n_frames * most
    return Animals(
        n_frames=n_frames,
        n_instances=n,
        most=most,
        image_shape=(side, side),
        channels=1,
        lengths=np.full(n, length),
        edge_lengths=np.full(2 * n, length / 2),
        node_gap=gap,
        headings=np.linspace(-spread, spread, n),
    )


@pytest.mark.parametrize(
    ("given", "pipeline", "why"),
    [
        (animals(most=1), "single", "more than one animal"),
        (animals(most=2), "top-down", "Up to 2 animals.* 3% of the frame"),
        (animals(most=12, length=400), "bottom-up", "Up to 12 animals.*times the whole frame"),
        (animals(most=3, side=0), "top-down", "Up to 3 animals"),
    ],
)
def test_the_pipeline_follows_from_the_animals(given: Animals, pipeline: str, why: str) -> None:
    chosen, reason = choose_pipeline(given, FLY)
    assert chosen == pipeline
    assert re.search(why, reason)


@pytest.mark.parametrize("pipeline", PIPELINES)
@pytest.mark.parametrize("length", [8.0, 100.0, 900.0])
def test_every_plan_is_a_profile_with_a_reason_for_each_change(
    pipeline: str, length: float
) -> None:
    advice = advise(animals(length=length), FLY, pipeline)
    assert [plan.profile.model.output_type for plan in advice.plans] == list(PIPELINES[pipeline])
    for plan in advice.plans:
        again = Profile.from_dict(plan.profile.to_dict())
        for proposal in plan.proposals:
            group, _, name = proposal.key.rpartition(".")
            found = again.model.backbone if "backbone" in group else vars(again.trainer)
            assert found[name] == proposal.value
            assert proposal.reason.endswith(".")
        assert plan.network.n_weights > 0


def by_key(advice: object, kind: OutputType) -> dict[str, object]:
    plan = next(p for p in advice.plans if p.profile.model.output_type is kind)  # type: ignore[attr-defined]
    return {proposal.key: proposal.value for proposal in plan.proposals}


def test_crops_hold_the_longest_animal_and_fit_the_network() -> None:
    advice = advise(animals(length=100), FLY, "top-down")
    size = by_key(advice, OutputType.TOPDOWN)["trainer.bounding_box_size"]
    (plan,) = (p for p in advice.plans if p.profile.model.output_type is OutputType.TOPDOWN)
    assert size >= 100
    assert size % plan.network.max_stride == 0
    assert plan.network.input_shape == (size, size)


def test_centroids_are_found_in_small_images() -> None:
    found = by_key(advise(animals(length=130), FLY, "top-down"), OutputType.CENTROIDS)
    assert found["trainer.scale"] == 0.1875


@pytest.mark.parametrize("length", [30.0, 120.0, 240.0])
def test_the_network_sees_the_animal_as_a_whole(length: float) -> None:
    (plan,) = advise(animals(length=length, most=1), FLY).plans
    assert plan.network.receptive_field >= length


def test_targets_are_narrow_where_nodes_are_near() -> None:
    narrow, wide = (
        by_key(advise(animals(most=1, gap=gap), FLY), OutputType.CONFMAPS)["trainer.sigma"]
        for gap in (2.0, 60.0)
    )
    assert (narrow, wide) == (1.5, 5.0)


@pytest.mark.parametrize(("spread", "angle"), [(0.1, 15.0), (math.pi, 180.0)])
def test_rotation_follows_from_how_the_animals_lie(spread: float, angle: float) -> None:
    found = by_key(advise(animals(most=1, spread=spread), FLY), OutputType.CONFMAPS)
    assert found["trainer.augment_rotation"] == angle


def test_few_frames_hold_out_at_least_one() -> None:
    found = by_key(advise(animals(most=1, n_frames=4), FLY), OutputType.CONFMAPS)
    assert found["trainer.val_size"] == 0.25
    assert "trainer.val_size" not in by_key(advise(animals(most=1), FLY), OutputType.CONFMAPS)


def test_a_batch_fits_the_memory() -> None:
    (small,) = advise(animals(most=1, side=256), FLY).plans
    (large,) = advise(animals(most=1, side=1024), FLY).plans
    assert small.profile.trainer.batch_size > large.profile.trainer.batch_size
    assert large.network.memory <= 4 << 30


def test_another_pipeline_can_be_chosen_and_is_told_of() -> None:
    advice = advise(animals(most=1), FLY, "bottom-up")
    assert advice.pipeline == "bottom-up"
    assert "Single would fit" in advice.reason
