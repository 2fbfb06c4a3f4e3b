"""What a user can choose about inference: one attrs class for each group of options.

Light on purpose: only attrs is imported, so that ``--help`` answers at once.
"""

from typing import Any

from attrs import Attribute, field, frozen

from sleap.errors import OptionError

ENGINE_CHOICES = ("auto", "keras", "openvino")
PRECISION_CHOICES = ("float32", "bfloat16")


def _at_least(low: float) -> Any:
    """Return a validator: the value must not be below ``low``."""

    def check(instance: object, attribute: "Attribute[Any]", value: float | None) -> None:
        if value is not None and not value >= low:
            raise OptionError(f"{attribute.name} is {value}; expected at least {low:g}.")

    return check


def _fraction(instance: object, attribute: "Attribute[Any]", value: float) -> None:
    if not 0 <= value <= 1:
        raise OptionError(f"{attribute.name} is {value}; expected a number from 0 to 1.")


def _one_of(choices: tuple[str, ...]) -> Any:
    """Return a validator: the value must be one of the choices."""

    def check(instance: object, attribute: "Attribute[Any]", value: str) -> None:
        if value not in choices:
            raise OptionError(
                f"{attribute.name} is '{value}'; expected one of {', '.join(choices)}."
            )

    return check


def _option(default: Any, help_text: str, check: Any = None, **metadata: Any) -> Any:
    return field(default=default, validator=check, metadata={"help": help_text, **metadata})


def _batch_size(on_gpu: int, on_cpu: int, what: str) -> Any:
    """Declare a batch size; on a CPU larger batches are no faster, and take memory."""
    text = f"How many {what} the network takes at once (default: {on_gpu} on a GPU, {on_cpu} else)"
    metadata = {"help": text, "on_gpu": on_gpu, "on_cpu": on_cpu}
    return field(default=None, validator=_at_least(1), metadata=metadata)


def _kernel_size(instance: object, attribute: "Attribute[Any]", value: int) -> None:
    if value < 1 or value % 2 == 0:
        raise OptionError(f"{attribute.name} is {value}; expected an odd number from 1.")


def _smoothing_kernel_size() -> Any:
    return _option(5, "Side of the smoothing kernel", _kernel_size, unit="map pixels")


def _threshold() -> Any:
    return _option(0.3, "Confidence that a peak must exceed", _fraction)


@frozen(kw_only=True)
class CentroidOptions:
    """Options of the centroid network."""

    batch_size: int | None = _batch_size(16, 4, "frames")
    smooth_confmaps: bool = _option(False, "Smooth the maps before looking for peaks")
    smoothing_kernel_size: int = _smoothing_kernel_size()
    smoothing_sigma: float = _option(
        3.0, "Width of the smoothing kernel", _at_least(0), unit="map pixels"
    )
    peak_thresh: float = _threshold()
    refine_peaks: bool = _option(True, "Locate peaks finer than the pixels of the maps")


@frozen(kw_only=True)
class RegionOptions:
    """Options of the regions cut around centroids."""

    instance_box_length: int = _option(
        0,
        "Side of the box around one animal; 0: as the models were trained, else 160",
        _at_least(0),
        unit="pixels of the frame",
    )
    merged_box_length: int = _option(
        0,
        "Side of the box around two near animals; 0: twice the box of one",
        _at_least(0),
        unit="pixels of the frame",
    )
    merge_iou_threshold: float = _option(
        0.1, "Overlap (intersection over union) above which two boxes get a common one", _fraction
    )
    nms_iou_threshold: float = _option(
        0.25, "Overlap (intersection over union) above which the lower box is dropped", _fraction
    )


@frozen(kw_only=True)
class TopdownOptions:
    """Options of the network that finds one animal in the middle of a crop."""

    batch_size: int | None = _batch_size(8, 8, "crops")
    smooth_confmaps: bool = _option(False, "Smooth the maps before looking for peaks")
    smoothing_kernel_size: int = _smoothing_kernel_size()
    smoothing_sigma: float = _option(
        3.0, "Width of the smoothing kernel", _at_least(0), unit="map pixels"
    )
    peak_thresh: float = _threshold()
    refine_peaks: bool = _option(True, "Locate peaks finer than the pixels of the maps")


@frozen(kw_only=True)
class ConfmapOptions:
    """Options of the confidence-map network."""

    batch_size: int | None = _batch_size(16, 1, "frames")
    rps_batch_size: int | None = _batch_size(64, 4, "regions around centroids")
    smoothing_kernel_size: int = _smoothing_kernel_size()
    smoothing_sigma: float = _option(
        0.0,
        "Width of the kernel that smooths the maps before looking for peaks; 0: no smoothing",
        _at_least(0),
        unit="map pixels",
    )
    min_peak_threshold: float = _threshold()


@frozen(kw_only=True)
class PafOptions:
    """Options of the part-affinity-field network and of grouping."""

    batch_size: int | None = _batch_size(8, 4, "frames or regions")
    n_edge_samples: int = _option(
        5, "Points along a candidate edge at which the field is read", _at_least(2)
    )
    min_pair_distance: float = _option(
        1.0, "Distance below which two peaks are not joined", _at_least(0), unit="pixels"
    )
    max_edge_length: float = _option(
        256.0, "Length above which an edge loses score", _at_least(1), unit="pixels"
    )
    min_edge_score: float = _option(
        0.05, "Field along the edge that a sample must exceed to agree with the edge"
    )
    min_edge_samples_correct: float = _option(
        0.8, "Share of the samples that must agree with the edge", _fraction
    )
    min_instance_peaks: int = _option(2, "Points below which an animal is not kept", _at_least(0))


@frozen(kw_only=True)
class InferenceOptions:
    """Options of inference."""

    engine: str = _option(
        "auto",
        "What runs the networks; auto: keras on a machine with a GPU, else openvino",
        _one_of(ENGINE_CHOICES),
        choices=ENGINE_CHOICES,
    )
    precision: str = _option(
        "float32",
        "Numbers the networks compute with; bfloat16 is up to twice as fast on a recent CPU, and "
        "moves points by about 0.01 pixel",
        _one_of(PRECISION_CHOICES),
        choices=PRECISION_CHOICES,
    )
    batch_size: int | None = _option(
        None,
        "How many images go through each network at once; replaces the batch size of each stage",
        _at_least(1),
    )
    max_instances: int | None = _option(
        None, "Animals to keep in a frame, the best first", _at_least(1), flags=("-n",)
    )
    centroid: CentroidOptions = field(factory=CentroidOptions, metadata={"prefix": "centroid."})
    region: RegionOptions = field(factory=RegionOptions, metadata={"prefix": "region."})
    topdown: TopdownOptions = field(factory=TopdownOptions, metadata={"prefix": "topdown."})
    confmap: ConfmapOptions = field(factory=ConfmapOptions, metadata={"prefix": "confmap."})
    paf: PafOptions = field(factory=PafOptions, metadata={"prefix": "paf."})
