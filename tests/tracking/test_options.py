import subprocess
import sys

import attrs
import pytest

from sleap.errors import OptionError
from sleap.tracking import options
from sleap.tracking.options import TrackingOptions


def test_defaults_are_those_of_the_original() -> None:
    given = TrackingOptions()
    assert given.tracker == "none"
    assert not given.is_on
    assert (given.similarity, given.match, given.track_window) == ("instance", "greedy", 5)
    assert (given.min_new_track_points, given.min_match_points) == (0, 0)
    assert (given.img_scale, given.of_window_size, given.of_max_levels) == (1.0, 21, 3)
    assert given.track_limit == 0


def test_every_option_has_help() -> None:
    for field in attrs.fields(TrackingOptions):
        assert field.metadata["help"], field.name


def test_none_may_be_spelled_as_before() -> None:
    assert not TrackingOptions(tracker="None").is_on
    assert not TrackingOptions(tracker=None).is_on


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"tracker": "sipmle"}, "Did you mean 'simple'"),
        ({"similarity": "oks"}, "expected one of instance"),
        ({"match": "best"}, "greedy, hungarian"),
        ({"track_window": 0}, "at least 1"),
        ({"img_scale": 0}, "more than 0"),
        ({"robust": 1.5}, "at most 1"),
        ({"tracker": "simplemaxtracks"}, "set max_tracks"),
        ({"max_tracking": True}, "set max_tracks"),
        ({"tracker": "flowmaxtracks", "max_tracks": 2, "max_tracking": False}, "contradicts"),
        ({"post_connect_single_breaks": True}, "set target_instance_count"),
        ({"pre_cull_to_target": True}, "set target_instance_count"),
        ({"pre_cull_iou_threshold": 0.5}, "needs pre_cull_to_target"),
        ({"clean_iou_threshold": 0.5}, "needs clean_instance_count"),
        ({"oks_errors": "1,x"}, "one for each node"),
        ({"oks_errors": "1,-1"}, "above 0"),
    ],
)
def test_wrong_values_are_refused(given: dict[str, object], words: str) -> None:
    with pytest.raises(OptionError, match=words):
        TrackingOptions(**given)  # type: ignore[arg-type]


def test_max_tracks_by_either_name() -> None:
    assert TrackingOptions(tracker="simplemaxtracks", max_tracks=2).track_limit == 2
    assert TrackingOptions(tracker="simple", max_tracks=2).track_limit == 2
    assert TrackingOptions(tracker="simple", max_tracking=True, max_tracks=2).track_limit == 2
    assert TrackingOptions(tracker="simple", max_tracking=False, max_tracks=2).track_limit == 0
    assert TrackingOptions(tracker="flowmaxtracks", max_tracks=2).uses_flow


def test_errors_for_each_node() -> None:
    assert TrackingOptions(oks_errors="1,2.5").oks_spreads == (1.0, 2.5)


def test_loading_is_light() -> None:
    code = f"import sys, {options.__name__}; assert 'numpy' not in sys.modules, 'numpy'"
    subprocess.run([sys.executable, "-c", code], check=True)
