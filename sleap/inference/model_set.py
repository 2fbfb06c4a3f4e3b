"""Trained models, and which of them work together."""

from collections.abc import Sequence
from pathlib import Path

from attrs import frozen

from sleap.core.skeleton import Skeleton
from sleap.errors import ModelError
from sleap.nn.config.output_type import OutputType
from sleap.nn.config.profile import Profile

NAMES = {
    OutputType.CONFMAPS: "confidence maps (confmaps)",
    OutputType.PAFS: "part affinity fields (pafs)",
    OutputType.CENTROIDS: "centroids",
    OutputType.TOPDOWN: "top-down confidence maps (topdown)",
}
ADVICE = (
    "Give confmaps for one animal; confmaps and pafs, or topdown and centroids, for several "
    "(centroids may be added to confmaps)."
)


@frozen(eq=False)
class TrainedModel:
    """A trained network on disk, not loaded yet.

    Attributes:
        folder: Where it was asked for.
        profile: How it was trained.
        weights_path: The network with its weights.
        skeleton: What its channels stand for.
    """

    folder: Path
    profile: Profile
    weights_path: Path
    skeleton: Skeleton

    @property
    def output_type(self) -> OutputType:
        """What the network puts out."""
        return self.profile.model.output_type


@frozen(eq=False)
class ModelSet:
    """Models that work together; those that are not part of it are None.

    Attributes:
        confmaps: Confidence maps of all animals.
        pafs: Part affinity fields.
        centroids: Centroids of all animals.
        topdown: Confidence maps of the animal in the middle of a crop.
    """

    confmaps: TrainedModel | None = None
    pafs: TrainedModel | None = None
    centroids: TrainedModel | None = None
    topdown: TrainedModel | None = None

    @property
    def skeleton(self) -> Skeleton:
        """What the points of a pose stand for; the edges are those of the fields, if any."""
        model = self.pafs or self.topdown or self.confmaps
        assert model is not None  # ``combine`` lets no other set through
        return model.skeleton


def combine(models: Sequence[TrainedModel]) -> ModelSet:
    """Check that models fit together, in whatever order they come.

    Args:
        models: One to three models.

    Returns:
        The models by what they put out.

    Raises:
        ModelError: If one is missing, too many, there twice, or trained on other nodes; the
            message says which.
    """
    by_type: dict[OutputType, TrainedModel] = {}
    for model in models:
        other = by_type.setdefault(model.output_type, model)
        if other is not model:
            raise ModelError(
                f"Two models of the same type, {NAMES[model.output_type]}: '{other.folder}' and "
                f"'{model.folder}'. Give one of them."
            )
    _check_types(set(by_type))
    _check_skeletons(models)
    return ModelSet(
        confmaps=by_type.get(OutputType.CONFMAPS),
        pafs=by_type.get(OutputType.PAFS),
        centroids=by_type.get(OutputType.CENTROIDS),
        topdown=by_type.get(OutputType.TOPDOWN),
    )


def _check_types(given: set[OutputType]) -> None:
    """Refuse a set of types that cannot work together."""
    if not given:
        raise ModelError(f"No model given. {ADVICE}")
    if OutputType.TOPDOWN in given:
        surplus = given & {OutputType.CONFMAPS, OutputType.PAFS}
        if surplus:
            names = " and ".join(NAMES[kind] for kind in sorted(surplus))
            raise ModelError(
                f"Too many models: {NAMES[OutputType.TOPDOWN]} cannot be combined with {names}. "
                f"{ADVICE}"
            )
        _require(given, OutputType.CENTROIDS)
    else:
        if given == {OutputType.CENTROIDS}:
            raise ModelError(
                f"Missing model: {NAMES[OutputType.CENTROIDS]} alone find no points; "
                f"{NAMES[OutputType.TOPDOWN]} or {NAMES[OutputType.CONFMAPS]} are needed too. "
                f"{ADVICE}"
            )
        _require(given, OutputType.CONFMAPS)


def _require(given: set[OutputType], needed: OutputType) -> None:
    if needed not in given:
        names = " and ".join(NAMES[kind] for kind in sorted(given))
        raise ModelError(f"Missing model: {names} need {NAMES[needed]} too. {ADVICE}")


def _check_skeletons(models: Sequence[TrainedModel]) -> None:
    """Refuse models that were trained on different nodes."""
    first = models[0]
    for model in models[1:]:
        if model.skeleton.node_names != first.skeleton.node_names:
            raise ModelError(
                f"The models were trained on different skeletons: '{first.folder}' on the nodes "
                f"{', '.join(first.skeleton.node_names)}; '{model.folder}' on "
                f"{', '.join(model.skeleton.node_names)}. Give models trained on the same labels."
            )
