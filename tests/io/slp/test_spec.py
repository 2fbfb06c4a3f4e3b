import json
from pathlib import Path

import numpy as np
import pytest

from sleap.errors import FormatError
from sleap.io.slp import spec


@pytest.mark.parametrize(
    ("value", "version"),
    [
        (None, 1.0),
        (1, 1.0),
        (np.float64(1.2), 1.2),
        (b"1.1", 1.1),
        (np.array([1.4]), 1.4),
        ("2", 2),
    ],
)
def test_versions_are_read(value: object, version: float) -> None:
    assert spec.parse_format_id(value) == version


@pytest.mark.parametrize("value", ["new", 3, 0, -1, float("nan"), np.empty(0)])
def test_other_versions_are_refused(value: object) -> None:
    with pytest.raises(FormatError, match="version"):
        spec.parse_format_id(value)


def test_datasets_of_images_are_known_by_their_names() -> None:
    assert spec.is_image_dataset("video12/video")
    assert spec.is_image_dataset("/video0/video")
    assert not any(spec.is_image_dataset(name) for name in (None, "", "box", "video0", "a/video"))


def test_json_takes_what_numpy_and_paths_give() -> None:
    value = {"n": np.int64(3), "a": np.arange(2), "p": Path("a/b"), "b": b"x", "t": (1, 2)}
    assert json.loads(spec.to_json(value)) == {
        "n": 3,
        "a": [0, 1],
        "p": "a/b",
        "b": "x",
        "t": [1, 2],
    }
