"""What to train and with which settings, proposed from the labels, each with its reason.

To add a proposal: a function below that returns one, and its name in ``_PROPOSALS``.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from attrs import frozen

from sleap.core.skeleton import Skeleton
from sleap.nn.backbones import make_backbone
from sleap.nn.config.output_type import OutputType
from sleap.nn.config.profile import Profile, load_profile
from sleap.nn.data.crop import rounded_size
from sleap.nn.planning.animals import Animals
from sleap.nn.planning.network import NetworkFacts, describe, is_cropped

PIPELINES: dict[str, tuple[OutputType, ...]] = {
    "single": (OutputType.CONFMAPS,),
    "top-down": (OutputType.CENTROIDS, OutputType.TOPDOWN),
    "bottom-up": (OutputType.CONFMAPS, OutputType.PAFS),
}
"""The networks that work together, by what people call it."""

TEMPLATES = {
    OutputType.CONFMAPS: "balanced_confmaps",
    OutputType.PAFS: "balanced_pafs",
    OutputType.CENTROIDS: "balanced_centroids",
    OutputType.TOPDOWN: "balanced_topdown",
}
"""The shipped profile that each network starts from: light enough for a computer without a GPU."""

CENTROID_LENGTH = 32
"""Pixels of a network's input that are enough to find an animal, though not its parts."""
LARGEST_CROP = 256
"""Side of a crop, pixels of the network's input, beyond which it is better made smaller."""
LARGEST_FRAME = 1024
"""Side of a whole frame, pixels of the network's input, beyond which it is better made smaller."""
NARROW_WIDE = (1.5, 5.0)
"""Least and largest spread of targets, pixels of the network's input."""
SCALES = (1.0, 0.75, 0.5, 0.375, 0.25, 0.1875, 0.125, 0.0625)
ROTATED_ROOM = 16
"""Pixels of the frame around the longest animal."""
MEMORY = 4 << 30
"""Bytes that a training step may take."""
ALIGNED = 0.9
"""Alignment from which animals count as all lying the same way."""
FEW = 20
"""Frames or animals too few to conclude much from."""
DEEPEST = 6
"""The most halvings that are proposed."""


@frozen
class Proposal:
    """A value for one key of a profile, and why.

    Attributes:
        key: Path of the key: "trainer.scale", "model.backbone.down_blocks".
        value: The value.
        reason: Why, in one sentence, with the figures it follows from.
    """

    key: str
    value: Any
    reason: str


@frozen
class Plan:
    """One network to train.

    Attributes:
        profile: The shipped template with the proposals in it.
        proposals: What was changed, and why.
        network: What the network will be.
    """

    profile: Profile
    proposals: tuple[Proposal, ...]
    network: NetworkFacts


@frozen
class Advice:
    """What to train.

    Attributes:
        pipeline: A key of ``PIPELINES``.
        reason: Why this one.
        plans: The networks, in the order in which they are trained.
    """

    pipeline: str
    reason: str
    plans: tuple[Plan, ...]


def advise(animals: Animals, skeleton: Skeleton, pipeline: str = "") -> Advice:
    """Propose what to train.

    Args:
        animals: Measures of the labels.
        skeleton: Their skeleton.
        pipeline: A key of ``PIPELINES``; empty: the one that fits.
    """
    fitting, reason = choose_pipeline(animals, skeleton)
    if pipeline and pipeline != fitting:
        reason = f"Chosen by you. {fitting.capitalize()} would fit: {reason}"
    chosen = pipeline or fitting
    plans = (_plan(animals, skeleton, kind) for kind in PIPELINES[chosen])
    return Advice(chosen, reason, tuple(plans))


def choose_pipeline(animals: Animals, skeleton: Skeleton) -> tuple[str, str]:
    """Choose how animals are told apart.

    Returns:
        A key of ``PIPELINES``, and why.
    """
    if animals.most <= 1:
        return "single", "No labeled frame shows more than one animal."
    seen = f"Up to {animals.most} animals are labeled on a frame"
    n_pixels = animals.image_shape[0] * animals.image_shape[1]
    crops = animals.most * (animals.longest + ROTATED_ROOM) ** 2
    if n_pixels and crops > n_pixels and len(skeleton.edges) >= skeleton.n_nodes - 1:
        share = crops / n_pixels
        return "bottom-up", (
            f"{seen}, and crops around them would together be {share:.1f} times the whole frame: "
            "one pass over the frame is faster."
        )
    if n_pixels:
        return "top-down", (
            f"{seen}, and crops around them are together {crops / n_pixels:.0%} of the frame: most "
            "of the picture need not be looked at closely."
        )
    return "top-down", f"{seen}."


@frozen
class _Case:
    """What a proposal may follow from."""

    animals: Animals
    skeleton: Skeleton
    kind: OutputType
    profile: Profile

    @property
    def scale(self) -> float:
        return self.profile.trainer.scale

    def describe(self) -> NetworkFacts:
        """Describe the network as the profile is now."""
        shape = self.animals.image_shape
        shape = shape if all(shape) else (LARGEST_FRAME, LARGEST_FRAME)
        n_outputs = n_maps(self.kind, self.skeleton)
        return describe(
            self.profile, shape, channels=self.animals.channels, n_outputs=max(1, n_outputs)
        )


def n_maps(kind: OutputType, skeleton: Skeleton) -> int:
    """Tell how many maps a network puts out for a skeleton."""
    if kind is OutputType.CENTROIDS:
        return 1
    return 2 * len(skeleton.edges) if kind is OutputType.PAFS else skeleton.n_nodes


def _plan(animals: Animals, skeleton: Skeleton, kind: OutputType) -> Plan:
    """Enter the proposals in the template, one after the other, each seeing those before it."""
    profile = load_profile(TEMPLATES[kind])
    case = _Case(animals, skeleton, kind, profile)
    made = []
    for propose in _PROPOSALS:
        proposal = propose(case)
        if proposal is not None:
            set_key(profile, proposal.key, proposal.value)
            made.append(proposal)
    return Plan(profile, tuple(made), case.describe())


def set_key(profile: Profile, key: str, value: Any) -> None:
    """Set a key of a profile by its path.

    Raises:
        ProfileError: If the value is wrong.
    """
    group, _, name = key.rpartition(".")
    if group == "model.backbone":
        profile.model.backbone = profile.model.backbone | {name: value}
        make_backbone(profile.model)
        return
    owner: Any = profile
    for part in group.split(".") if group else ():
        owner = getattr(owner, part)
    setattr(owner, name, value)


# -- proposals ------------------------------------------------------------------------------------


def _scale(case: _Case) -> Proposal:
    animals = case.animals
    if case.kind is OutputType.CENTROIDS:
        wanted = CENTROID_LENGTH / max(animals.length, 1.0)
        why = (
            f"The animals are {animals.length:.0f} px long (median); some {CENTROID_LENGTH} px are "
            "enough to find them"
        )
    elif case.kind is OutputType.TOPDOWN:
        side = animals.longest + ROTATED_ROOM
        wanted = LARGEST_CROP / side
        why = f"Crops of {side:.0f} px hold the longest animal ({animals.longest:.0f} px)"
    else:
        side = float(max(animals.image_shape))
        wanted = LARGEST_FRAME / max(side, 1.0)
        why = f"The frames are up to {side:.0f} px wide or high"
    scale = next((s for s in SCALES if s <= wanted), SCALES[-1])
    end = "so they keep their size." if scale == 1 else f"so images are resized by {scale:g}."
    return Proposal("trainer.scale", scale, f"{why}, {end}")


def _down_blocks(case: _Case) -> Proposal:
    """Make the network see the animal, or the edge, as a whole."""
    is_of_edges = case.kind is OutputType.PAFS and len(case.animals.edge_lengths)
    lengths = case.animals.edge_lengths if is_of_edges else case.animals.lengths
    wanted = float(np.percentile(lengths, 90)) * case.scale
    least = int(case.profile.model.backbone["up_blocks"])
    for depth in range(least, DEEPEST + 1):
        set_key(case.profile, "model.backbone.down_blocks", depth)
        seen = case.describe().receptive_field
        if seen >= wanted:
            break
    return Proposal(
        "model.backbone.down_blocks",
        depth,
        f"With {depth} halvings a point sees {seen:.0f} px of the input; nine of ten "
        f"{'edges' if is_of_edges else 'animals'} are at most {wanted:.0f} px long there.",
    )


def _crop_size(case: _Case) -> Proposal | None:
    if not is_cropped(case.profile):
        return None
    side = (case.animals.longest + ROTATED_ROOM) * case.scale
    size = rounded_size(side, make_backbone(case.profile.model).max_stride)
    return Proposal(
        "trainer.bounding_box_size",
        size,
        f"The longest animal takes {case.animals.longest * case.scale:.0f} px of the resized "
        f"image; some room around it, rounded up to what the network can take.",
    )


def _sigma(case: _Case) -> Proposal | None:
    gap = case.animals.node_gap * case.scale
    if case.kind in (OutputType.CENTROIDS, OutputType.PAFS) or not math.isfinite(gap):
        return None
    sigma = min(NARROW_WIDE[1], max(NARROW_WIDE[0], round(gap / 2) / 2))
    return Proposal(
        "trainer.sigma",
        sigma,
        f"The two nearest nodes of an animal lie {gap:.1f} px apart in the resized image; targets "
        f"of {sigma:g} px keep them apart as far as can be.",
    )


def _rotation(case: _Case) -> Proposal:
    animals = case.animals
    if len(animals.headings) < FEW:
        return Proposal(
            "trainer.augment_rotation",
            180.0,
            f"Only {len(animals.headings)} animals are labeled, too few to tell which way they "
            "lie; any way is learned.",
        )
    is_aligned = animals.alignment >= ALIGNED
    text = (
        "nearly all lie the same way"
        if is_aligned
        else "they lie in many directions, so any way is learned"
    )
    return Proposal(
        "trainer.augment_rotation",
        15.0 if is_aligned else 180.0,
        f"The mean of the animals' directions has length {animals.alignment:.2f} of 1: {text}.",
    )


def _flip(case: _Case) -> Proposal | None:
    if not case.skeleton.symmetries:
        return None
    return Proposal(
        "trainer.augment_flip",
        True,
        f"The skeleton has symmetric nodes (pairs: {len(case.skeleton.symmetries)}): mirrored "
        "images, with left and right swapped, are further examples.",
    )


def _validation(case: _Case) -> Proposal | None:
    n_frames = case.animals.n_frames
    if n_frames >= FEW or n_frames < 2:
        return None
    n_held = max(1, round(n_frames * 0.2))
    return Proposal(
        "trainer.val_size",
        round(n_held / n_frames, 3),
        f"There are only {n_frames} labeled frames, of which {n_held} judge the network; its "
        "figures are uncertain until more are labeled.",
    )


def _batch_size(case: _Case) -> Proposal:
    for size in (8, 4, 2, 1):
        set_key(case.profile, "trainer.batch_size", size)
        memory = case.describe().memory
        if memory <= MEMORY:
            break
    return Proposal(
        "trainer.batch_size",
        size,
        f"A step over {size} examples takes about {memory / (1 << 30):.1f} GiB of memory.",
    )


_PROPOSALS: tuple[Callable[[_Case], Proposal | None], ...] = (
    _scale,
    _down_blocks,
    _crop_size,
    _sigma,
    _rotation,
    _flip,
    _validation,
    _batch_size,
)
