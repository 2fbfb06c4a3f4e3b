from itertools import permutations
from pathlib import Path

import pytest

from sleap.core.skeleton import Skeleton
from sleap.errors import ModelError
from sleap.inference.model_set import TrainedModel, combine
from sleap.nn.config.model import ModelConfig
from sleap.nn.config.output_type import OutputType
from sleap.nn.config.profile import Profile

CONFMAPS, PAFS, CENTROIDS, TOPDOWN = OutputType


def make(output_type: OutputType, nodes: str = "abc", name: str = "") -> TrainedModel:
    profile = Profile(model=ModelConfig(output_type=output_type))
    folder = Path("models") / (name or output_type.word)
    return TrainedModel(folder, profile, folder / "best_model.h5", Skeleton(list(nodes)))


@pytest.mark.parametrize(
    "types",
    [
        [CONFMAPS],
        [CONFMAPS, CENTROIDS],
        [CONFMAPS, PAFS],
        [CONFMAPS, PAFS, CENTROIDS],
        [TOPDOWN, CENTROIDS],
    ],
)
def test_sets_that_work_in_any_order(types: list[OutputType]) -> None:
    for order in permutations(types):
        models = combine([make(kind) for kind in order])
        found = [models.confmaps, models.pafs, models.centroids, models.topdown]
        assert {model.output_type for model in found if model} == set(types)
        assert models.skeleton.node_names == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("types", "message"),
    [
        ([], "No model given"),
        ([TOPDOWN], "Missing model: top-down .* need centroids too"),
        ([CENTROIDS], "Missing model: centroids alone"),
        ([PAFS], "Missing model: part affinity .* need confidence maps"),
        ([PAFS, CENTROIDS], "Missing model: .* need confidence maps"),
        ([TOPDOWN, CONFMAPS], "Too many models: top-down .* cannot be combined with confidence"),
        ([TOPDOWN, CENTROIDS, PAFS], "Too many models: .* with part affinity"),
        ([TOPDOWN, PAFS, CONFMAPS], "Too many models: .* with confidence maps .* and part"),
    ],
)
def test_sets_that_do_not_work(types: list[OutputType], message: str) -> None:
    with pytest.raises(ModelError, match=message):
        combine([make(kind) for kind in types])


def test_two_of_one_type() -> None:
    with pytest.raises(ModelError, match=r"Two models of the same type, centroids: .*x.*y"):
        combine([make(CENTROIDS, name="x"), make(TOPDOWN), make(CENTROIDS, name="y")])


def test_other_nodes() -> None:
    with pytest.raises(ModelError, match=r"different skeletons: .*a, b, c.*a, b, d"):
        combine([make(CENTROIDS), make(TOPDOWN, "abd")])


def test_the_edges_are_those_of_the_fields() -> None:
    pafs = make(PAFS)
    pafs.skeleton.add_edge("a", "b")
    assert combine([make(CONFMAPS), pafs]).skeleton.edges == [(0, 1)]
