import attrs
import pytest

from sleap.errors import OptionError
from sleap.suggestions.options import (
    METHODS,
    ChunkOptions,
    ImageFeaturesOptions,
    PredictionScoreOptions,
    SampleOptions,
    SuggestionOptions,
    VelocityOptions,
    method_options,
)


def test_defaults_are_the_documented_ones() -> None:
    options = SuggestionOptions()
    assert (options.method, options.sample.per_video) == ("sample", 20)
    assert options.sample.sampling_method == "stride"
    images = options.image_features
    assert (images.per_video, images.sample_method, images.scale) == (200, "stride", 1.0)
    assert (images.merge_video_features, images.feature_type) == ("per_video", "raw_images")
    assert (images.brisk_threshold, images.vocab_size, images.pca_components) == (40, 20, 5)
    assert (images.n_clusters, images.per_cluster) == (5, 5)
    assert (options.prediction_score.score_limit, options.velocity.threshold) == (3.0, 0.1)
    assert options.prediction_score.instance_limit_lower == 2
    assert options.displacement.displacement_threshold == 10
    quality = options.label_quality
    assert (quality.per_video, quality.shape_limit, quality.flip_limit) == (20, 6.0, 2.0)
    assert (quality.overlap_limit, quality.disagreement_limit) == (0.25, 0.25)
    assert (options.chunk.frame_from, options.chunk.frame_to) == (1, 1000)


@pytest.mark.parametrize("name", METHODS)
def test_each_method_has_options_that_a_form_can_be_made_of(name: str) -> None:
    assert isinstance(SuggestionOptions(method=name).chosen, method_options(name))
    for field in attrs.fields(method_options(name)):
        assert field.metadata["help"]
        assert {"choices", "limits", "is_node"} & set(field.metadata)


def test_words_may_be_written_as_they_are_shown() -> None:
    options = ImageFeaturesOptions(
        feature_type="raw images", merge_video_features="Across all videos"
    )
    assert options.feature_type == "raw_images"
    assert options.merge_video_features == "across_all_videos"
    assert SuggestionOptions(method="Image features").method == "image_features"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: SuggestionOptions(method="samples"), "Did you mean 'sample'"),
        (
            lambda: SampleOptions(per_video=0),
            "per_video is 0; expected at least 1 and at most 3000",
        ),
        (lambda: SampleOptions(per_video=3001), "at most 3000"),
        (lambda: VelocityOptions(threshold=float("nan")), "at least 0.1 and at most 1"),
        (lambda: ChunkOptions(frame_from=9, frame_to=8), "frame_to is 8"),
        (lambda: PredictionScoreOptions(instance_limit_upper=1), "instance_limit_upper is 1"),
    ],
)
def test_wrong_values_are_refused(make: object, message: str) -> None:
    with pytest.raises(OptionError, match=message):
        make()  # type: ignore[operator]
