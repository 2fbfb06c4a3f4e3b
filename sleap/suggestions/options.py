"""What a user can choose about suggestions. Light: only attrs is imported.

Field metadata, beside what ``sleap.cli.options`` understands:

    limits      (least, most) that a form offers, and the class takes; None for no limit
    texts       how the choices read
    is_node     True where the value is the name of a node
"""

from typing import Any

from attrs import Attribute, field, fields, frozen

from sleap.errors import OptionError, did_you_mean

SAMPLINGS = ("stride", "random")
FEATURES = ("raw_images", "brisk", "hog")
MERGINGS = ("per_video", "across_all_videos")


def _as_word(value: str) -> str:
    return value.strip().lower().replace(" ", "_")


def _choice(default: str, help_text: str, known: tuple[str, ...], **metadata: Any) -> Any:
    def check(instance: object, attribute: "Attribute[Any]", value: str) -> None:
        if value not in known:
            raise OptionError(
                f"{attribute.name} is '{value}'; expected one of {', '.join(known)}."
                f"{did_you_mean(value, known)}"
            )

    metadata |= {"help": help_text, "choices": known}
    return field(default=default, converter=_as_word, validator=check, metadata=metadata)


def _number(
    default: float,
    help_text: str,
    least: float | None = None,
    most: float | None = None,
    **metadata: Any,
) -> Any:
    def check(instance: object, attribute: "Attribute[Any]", value: float) -> None:
        is_low = least is not None and not value >= least
        if is_low or (most is not None and not value <= most):
            limit = f"at least {least:g}" if least is not None else ""
            limit += f"{' and ' if limit else ''}at most {most:g}" if most is not None else ""
            raise OptionError(f"{attribute.name} is {value}; expected {limit}.")

    metadata |= {"help": help_text, "limits": (least, most)}
    return field(default=default, validator=check, metadata=metadata)


@frozen(kw_only=True)
class SampleOptions:
    """Frames spread over each video."""

    per_video: int = _number(20, "How many frames of each video", 1, 3000)
    sampling_method: str = _choice(
        "stride",
        "Whether they are spread evenly, away from those that are suggested or labeled already, or"
        " drawn at random",
        SAMPLINGS,
    )
    seed: int = _number(0, "What chance follows from; another number draws other frames", 0)


@frozen(kw_only=True)
class ImageFeaturesOptions:
    """Frames that look different from each other."""

    per_video: int = _number(200, "How many frames of each video are looked at", 1, 3000)
    sample_method: str = _choice(
        "stride", "Whether these are spread evenly or drawn at random", SAMPLINGS
    )
    scale: float = _number(
        1.0, "Factor by which images are shrunk before they are compared", 0.01, 1
    )
    merge_video_features: str = _choice(
        "per_video", "Whether frames are compared within each video or across all", MERGINGS
    )
    feature_type: str = _choice(
        "raw_images",
        "What of an image is compared: its pixels, which corners it has (brisk), or the directions"
        " of its edges (hog)",
        FEATURES,
    )
    brisk_threshold: int = _number(
        40,
        "How much brighter or darker a corner must be than what is around it",
        *(1, 255),
        title="BRISK threshold",
    )
    vocab_size: int = _number(
        20, "Kinds of corners that are told apart", 1, 1000, title="Kinds of corners"
    )
    pca_components: int = _number(
        5, "Numbers by which images are told apart in the end", 1, 100, title="PCA components"
    )
    n_clusters: int = _number(5, "Groups of similar images to make", 1, 1000, title="Clusters")
    per_cluster: int = _number(5, "How many frames of each group", 1, 1000)
    seed: int = _number(0, "What chance follows from", 0)


@frozen(kw_only=True)
class PredictionScoreOptions:
    """Frames with several poor predictions."""

    score_limit: float = _number(3.0, "A prediction is poor if its score is less than this")
    instance_limit_lower: int = _number(
        2, "The fewest poor predictions on a frame", 1, title="Poor, at least"
    )
    instance_limit_upper: int = _number(
        0, "The most poor predictions on a frame; 0: any number", 0, title="Poor, at most"
    )

    def __attrs_post_init__(self) -> None:
        if 0 < self.instance_limit_upper < self.instance_limit_lower:
            raise OptionError(
                f"instance_limit_upper is {self.instance_limit_upper}; expected 0, or at least"
                f" instance_limit_lower ({self.instance_limit_lower})."
            )


@frozen(kw_only=True)
class VelocityOptions:
    """Frames on which animals moved fast, or identities were swapped."""

    node: str = field(
        default="",
        metadata={
            "help": "The node whose way is looked at; empty: the first of the skeleton",
            "is_node": True,
            "none": "(first node)",
        },
    )
    threshold: float = _number(
        0.1,
        "How far above the slowest frame, as a share of the difference of fastest and slowest",
        0.1,
        1,
    )


@frozen(kw_only=True)
class DisplacementOptions:
    """Frames on which a whole animal jumped."""

    displacement_threshold: float = _number(
        10.0,
        "How far the points of an instance moved on average since the frame before, at least",
        0,
        unit="pixels",
    )


@frozen(kw_only=True)
class ChunkOptions:
    """All frames of a stretch."""

    frame_from: int = _number(1, "The first frame; frames are counted from 1 here", 1)
    frame_to: int = _number(1000, "The last frame", 1)

    def __attrs_post_init__(self) -> None:
        if self.frame_to < self.frame_from:
            raise OptionError(
                f"frame_to is {self.frame_to}; expected at least frame_from ({self.frame_from})."
            )


@frozen(kw_only=True)
class LabelQualityOptions:
    """Labeled frames with doubtful labels, worst first."""

    per_video: int = _number(20, "The most frames of each video", 1, 3000)
    shape_limit: float = _number(
        6.0,
        "From how many times the usual deviation on a node out of place, or the size of an"
        " instance, is doubtful",
        1,
    )
    flip_limit: float = _number(
        2.0,
        "From how many usual deviations on that symmetric nodes come nearer to their usual places"
        " when they are swapped, this is doubtful",
        0.5,
    )
    overlap_limit: float = _number(
        0.25,
        "Up to which distance two instances count as one, as a share of the radius of the animal",
        0,
        1,
    )
    disagreement_limit: float = _number(
        0.25,
        "From which distance on an instance and its prediction disagree, as a share of the radius"
        " of the animal",
        0.01,
    )


METHODS = {
    "sample": "Sample",
    "image_features": "Image features",
    "prediction_score": "Prediction score",
    "velocity": "Velocity",
    "displacement": "Max point displacement",
    "chunk": "Frame chunk",
    "label_quality": "Label quality",
}
"""The methods by name, with their titles on screen; ``SuggestionOptions`` has their options."""


@frozen(kw_only=True)
class SuggestionOptions:
    """Which method chooses frames, and how.

    Raises:
        OptionError: If a value is not known or out of its range.
    """

    method: str = _choice("sample", "How frames are chosen", tuple(METHODS), texts=METHODS)
    skip_suggested: bool = field(
        default=True, metadata={"help": "Leave out frames that are suggested already"}
    )
    skip_labeled: bool = field(
        default=True, metadata={"help": "Leave out frames that the user has labeled"}
    )
    sample: SampleOptions = field(factory=SampleOptions, metadata={"prefix": "sample."})
    image_features: ImageFeaturesOptions = field(
        factory=ImageFeaturesOptions, metadata={"prefix": "image_features."}
    )
    prediction_score: PredictionScoreOptions = field(
        factory=PredictionScoreOptions, metadata={"prefix": "prediction_score."}
    )
    velocity: VelocityOptions = field(factory=VelocityOptions, metadata={"prefix": "velocity."})
    displacement: DisplacementOptions = field(
        factory=DisplacementOptions, metadata={"prefix": "displacement."}
    )
    chunk: ChunkOptions = field(factory=ChunkOptions, metadata={"prefix": "chunk."})
    label_quality: LabelQualityOptions = field(
        factory=LabelQualityOptions, metadata={"prefix": "label_quality."}
    )

    @property
    def chosen(self) -> Any:
        """The options of the method that was chosen."""
        return getattr(self, self.method)


def method_options(name: str) -> type:
    """Return the class of the options of a method."""
    entry: Any = getattr(fields(SuggestionOptions), name)
    options: type = entry.type
    return options
