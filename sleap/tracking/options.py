"""What a user can choose about tracking. Light: only attrs is imported."""

from typing import Any

from attrs import Attribute, field, frozen

from sleap.errors import OptionError, did_you_mean

TRACKERS = ("none", "simple", "flow", "simplemaxtracks", "flowmaxtracks")
SIMILARITIES = ("instance", "centroid", "iou", "normalized_instance", "object_keypoint")
MATCHERS = ("greedy", "hungarian")
NORMALIZATIONS = ("all", "ref", "union")


def _one_of(*known: str) -> Any:
    """Return a validator: the value must be one of ``known``."""

    def check(instance: object, attribute: "Attribute[Any]", value: str) -> None:
        if value not in known:
            raise OptionError(
                f"{attribute.name} is '{value}'; expected one of {', '.join(known)}."
                f"{did_you_mean(value, known)}"
            )

    return check


def _within(low: float, high: float | None = None, *, above: bool = False) -> Any:
    """Return a validator: the value must be at least (or above) ``low`` and at most ``high``."""

    def check(instance: object, attribute: "Attribute[Any]", value: float) -> None:
        if not (value > low if above else value >= low) or (high is not None and value > high):
            limit = f"{'more than' if above else 'at least'} {low:g}"
            limit += f" and at most {high:g}" if high is not None else ""
            raise OptionError(f"{attribute.name} is {value}; expected {limit}.")

    return check


def _option(default: Any, help_text: str, check: Any = None, **metadata: Any) -> Any:
    return field(default=default, validator=check, metadata={"help": help_text, **metadata})


def _as_tracker(value: str | None) -> str:
    return (value or "none").lower()


def _parse_errors(text: str) -> tuple[float, ...]:
    return tuple(float(part) for part in text.split(","))


def _positive_numbers(instance: object, attribute: "Attribute[Any]", value: str) -> None:
    try:
        valid = all(error > 0 for error in _parse_errors(value))
    except ValueError:
        valid = False
    if not valid:
        raise OptionError(
            f"{attribute.name} is '{value}'; expected a number above 0, or one for each node: "
            "1,1,2.5"
        )


@frozen(kw_only=True)
class TrackingOptions:
    """Options of the tracker.

    Raises:
        OptionError: If a value is out of its range, or two options contradict each other.
    """

    tracker: str = field(
        default="none",
        converter=_as_tracker,
        validator=_one_of(*TRACKERS),
        metadata={
            "help": "How candidates for an identity are made: simple compares with past frames as"
            " they are, flow shifts them to the new frame by optical flow first"
            " (simplemaxtracks, flowmaxtracks: the same, with max_tracks)",
            "choices": TRACKERS,
        },
    )
    similarity: str = _option(
        "instance",
        "How alike two poses are",
        _one_of(*SIMILARITIES),
        choices=SIMILARITIES,
    )
    match: str = _option(
        "greedy", "How poses are given to tracks", _one_of(*MATCHERS), choices=MATCHERS
    )
    track_window: int = _option(5, "How far back to look for candidates", _within(1), unit="frames")
    min_new_track_points: int = _option(
        0, "Visible points that a pose must have to begin a track", _within(0)
    )
    min_match_points: int = _option(
        0, "Visible points that a past pose must have to be a candidate", _within(0)
    )
    img_scale: float = _option(
        1.0, "Scale of the images for optical flow", _within(0, 1, above=True)
    )
    of_window_size: int = _option(
        21, "Side of the window of optical flow", _within(3), unit="pixels"
    )
    of_max_levels: int = _option(3, "Levels of the image pyramid of optical flow", _within(0))
    save_shifted_instances: bool = _option(
        False,
        "Shift candidates on from where they were shifted to on the frame before: faster, drifts",
    )
    robust: float = _option(
        1.0,
        "Quantile of the similarities to a track's candidates that counts; 1: the best",
        _within(0, 1),
    )
    max_tracking: bool | None = _option(
        None, "Whether max_tracks holds (default: if max_tracks is set)"
    )
    max_tracks: int = _option(
        0,
        "Begin no more tracks than this, and keep them over gaps of any length; 0: no limit",
        _within(0),
    )
    target_instance_count: int = _option(0, "How many animals there are; 0: not known", _within(0))
    pre_cull_to_target: bool = _option(
        False, "Before tracking, keep only target_instance_count poses of a frame: the best"
    )
    pre_cull_iou_threshold: float = _option(
        0.0,
        "Overlap of boxes above which the worse goes first when culling; 0: by score only",
        _within(0, 1),
    )
    post_connect_single_breaks: bool = _option(
        False,
        "With target_instance_count animals: where just one track ends and one begins, join them",
    )
    clean_instance_count: int = _option(
        0, "After tracking, keep only so many poses of a frame: the best; 0: all", _within(0)
    )
    clean_iou_threshold: float = _option(
        0.0, "As pre_cull_iou_threshold, for clean_instance_count", _within(0, 1)
    )
    oks_errors: str = field(
        default="1",
        converter=str,
        validator=_positive_numbers,
        metadata={
            "help": "Spread of points that object_keypoint forgives: one number, or one for each"
            " node, joined by commas",
            "unit": "pixels",
        },
    )
    oks_score_weighting: bool = _option(
        False, "Whether object_keypoint weighs points by their scores"
    )
    oks_normalization: str = _option(
        "all",
        "Points that object_keypoint divides by: all, those of the past pose, or of either",
        _one_of(*NORMALIZATIONS),
        choices=NORMALIZATIONS,
    )

    def __attrs_post_init__(self) -> None:
        named = self.tracker.endswith("maxtracks") or self.max_tracking
        if named and self.max_tracks == 0:
            name = self.tracker if self.tracker.endswith("maxtracks") else "max_tracking"
            raise OptionError(f"{name} needs the number of animals: set max_tracks.")
        if self.tracker.endswith("maxtracks") and self.max_tracking is False:
            raise OptionError(f"{self.tracker} contradicts max_tracking false: choose one.")
        for name in ("pre_cull_to_target", "post_connect_single_breaks"):
            if getattr(self, name) and self.target_instance_count == 0:
                raise OptionError(f"{name} needs the number of animals: set target_instance_count.")
        if self.pre_cull_iou_threshold > 0 and not self.pre_cull_to_target:
            raise OptionError("pre_cull_iou_threshold needs pre_cull_to_target.")
        if self.clean_iou_threshold > 0 and self.clean_instance_count == 0:
            raise OptionError("clean_iou_threshold needs clean_instance_count.")

    @property
    def is_on(self) -> bool:
        """Whether there is anything to track with."""
        return self.tracker != "none"

    @property
    def uses_flow(self) -> bool:
        """Whether candidates are shifted by optical flow."""
        return self.tracker.startswith("flow")

    @property
    def track_limit(self) -> int:
        """How many tracks there may be; 0 for no limit."""
        return 0 if self.max_tracking is False else self.max_tracks

    @property
    def oks_spreads(self) -> tuple[float, ...]:
        """The numbers of ``oks_errors``: one, or one for each node, pixels."""
        return _parse_errors(self.oks_errors)
