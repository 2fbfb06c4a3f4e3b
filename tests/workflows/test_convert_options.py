from pathlib import Path
from typing import Any

import attrs
import pytest

from sleap.errors import OptionError
from sleap.io.format import FORMATS
from sleap.workflows.convert_options import ConvertOptions
from sleap.workflows.merge import RESOLUTIONS
from sleap.workflows.outputs import ALIASES


def test_one_value_is_as_good_as_a_list() -> None:
    options = ConvertOptions(input_path="a.slp", output="b.json", merge="c.slp", search="d")
    assert options.output == ("b.json",)
    assert options.merge == (Path("c.slp"),)
    assert options.search == (Path("d"),)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"resolve": "mine"}, "resolve is 'mine'; expected both"),
        ({"repair": True, "dry_run": True}, "leave --dry-run out"),
        ({"format": "json", "package": {"embed": "user"}}, "training package is a labels file"),
    ],
)
def test_what_does_not_go_together_is_refused(values: dict[str, Any], message: str) -> None:
    from sleap.workflows.package import PackageOptions

    if "package" in values:
        values = {**values, "package": PackageOptions(**values["package"])}
    with pytest.raises(OptionError, match=message):
        ConvertOptions(input_path="a.slp", **values)


@pytest.mark.parametrize(
    ("values", "keeps"),
    [({}, True), ({"all_frames": False}, False), ({"no_empty_frames": True}, False)],
)
def test_both_names_of_an_option_mean_the_same(values: dict[str, bool], keeps: bool) -> None:
    assert ConvertOptions(input_path="a.slp", **values).keeps_empty_frames is keeps


def test_the_help_names_every_format_that_can_be_written() -> None:
    import sleap.io.formats  # noqa: F401

    help_text = attrs.fields_dict(ConvertOptions)["format"].metadata["help"]
    for name in [name for name in FORMATS if FORMATS.get(name).can_write]:
        assert name in help_text
    assert "h5" in ALIASES


def test_the_ways_to_resolve_are_those_of_merging() -> None:
    assert attrs.fields_dict(ConvertOptions)["resolve"].metadata["choices"] == RESOLUTIONS
