import attrs
import pytest

from sleap.errors import OptionError
from sleap.inference.options import (
    CentroidOptions,
    ConfmapOptions,
    InferenceOptions,
    PafOptions,
    RegionOptions,
    TopdownOptions,
)

GROUPS = [CentroidOptions, RegionOptions, TopdownOptions, ConfmapOptions, PafOptions]


@pytest.mark.parametrize("group", [*GROUPS, InferenceOptions])
def test_every_option_explains_itself(group: type) -> None:
    for field in attrs.fields(group):
        assert field.metadata.get("help") or field.metadata.get("prefix"), field.name


@pytest.mark.parametrize(
    ("group", "values"),
    [
        (CentroidOptions, {"peak_thresh": 1.5}),
        (TopdownOptions, {"smoothing_kernel_size": 4}),
        (ConfmapOptions, {"smoothing_sigma": -1.0}),
        (ConfmapOptions, {"batch_size": 0}),
        (RegionOptions, {"nms_iou_threshold": -0.1}),
        (PafOptions, {"n_edge_samples": 1}),
        (InferenceOptions, {"engine": "torch"}),
        (InferenceOptions, {"precision": "int8"}),
        (InferenceOptions, {"max_instances": 0}),
    ],
)
def test_wrong_values_are_named(group: type, values: dict[str, object]) -> None:
    (name,) = values
    with pytest.raises(OptionError, match=name):
        group(**values)


def test_classic_defaults() -> None:
    options = InferenceOptions()
    assert options.centroid.peak_thresh == options.topdown.peak_thresh == 0.3
    assert options.confmap.min_peak_threshold == 0.3
    assert (options.region.merge_iou_threshold, options.region.nms_iou_threshold) == (0.1, 0.25)
    paf = options.paf
    assert (paf.n_edge_samples, paf.min_pair_distance, paf.max_edge_length) == (5, 1.0, 256.0)
    assert (paf.min_edge_score, paf.min_edge_samples_correct) == (0.05, 0.8)
    assert paf.min_instance_peaks == 2
