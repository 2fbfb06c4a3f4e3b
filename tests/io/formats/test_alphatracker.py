import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from sleap.core.labels import Labels
from sleap.errors import FormatError
from sleap.io.files import load_file
from sleap.io.formats.alphatracker import read
from sleap.video.opening import open_video


def face(x: float) -> dict[str, Any]:
    return {"class": "Face", "x": x, "y": 5.0, "width": 10.0, "height": 12.0}


def point(x: Any, y: Any) -> dict[str, Any]:
    return {"class": "point", "x": x, "y": y}


def image(name: str, *annotations: Any) -> dict[str, Any]:
    return {"filename": name, "class": "image", "annotations": list(annotations)}


DATA = [
    image("img000.png", face(1), point(1, 2), point(3, 4), face(9), point(5, 6), point(7.5, 8)),
    image("img001.png"),
    image("img002.png", face(2), point(1, 1)),
]


def saved(path: Path, data: Any) -> Path:
    path.write_text(json.dumps(data))
    return path


def test_animals_are_read(tmp_path: Path) -> None:
    labels = load_file(saved(tmp_path / "a.json", DATA))
    assert labels.video.filename == ["img000.png", "img001.png", "img002.png"]
    assert [frame.frame_idx for frame in labels] == [0, 2]
    np.testing.assert_array_equal(labels[0].numpy(), [[[1, 2], [3, 4]], [[5, 6], [7.5, 8]]])
    np.testing.assert_array_equal(labels[1].numpy(), [[[1, 1], [np.nan, np.nan]]])
    assert labels.skeleton.node_names == ["1", "2"]
    assert not labels.tracks
    assert not labels[0][0].is_predicted


def test_the_images_lie_beside_the_file(tmp_path: Path) -> None:
    for number in range(3):
        pixels = np.full((4, 6), 10 * number, np.uint8)
        cv2.imwrite(str(tmp_path / f"img{number:03d}.png"), pixels)
    with open_video(load_file(saved(tmp_path / "a.json", DATA)).video) as reader:
        assert reader.shape == (3, 4, 6, 1)
        assert reader.read(2)[0, 0] == 20


def test_it_agrees_with_the_reader_of_the_field(tmp_path: Path) -> None:
    sleap_io = pytest.importorskip("sleap_io", reason="compares with sleap-io")
    path = saved(tmp_path / "a.json", [DATA[0]])
    cv2.imwrite(str(tmp_path / "img000.png"), np.zeros((4, 6), np.uint8))
    theirs, ours = sleap_io.load_alphatracker(str(path)), read(path)
    for a, b in zip(ours[0], theirs[0], strict=True):
        np.testing.assert_array_equal(a.numpy(), b.numpy())


def test_no_images_are_no_labels(tmp_path: Path) -> None:
    labels: Labels = read(saved(tmp_path / "a.json", []))
    assert len(labels) == 0


@pytest.mark.parametrize(
    "data",
    [
        {},
        [3],
        [{"class": "image", "annotations": []}],
        [{"filename": "a.png"}],
        [image("a.png", face(1), point("NaN", 2))],
        [image("a.png", face(1), point(None, 2))],
        [image("a.png", face(1), point(True, 2))],
        [image("a.png", face(1), point(10**400, 2))],
        [image("a.png", face(1), point(float("inf"), 2))],
        [image("a.png", face(1), *[point(1, 2)] * 10_001)],
        [image("a.png", *[face(1)] * 5000, face(2), *[point(1, 2)] * 9000)],
    ],
)
def test_what_makes_no_sense_is_refused(tmp_path: Path, data: Any) -> None:
    with pytest.raises(FormatError, match=r"odd\.json"):
        read(saved(tmp_path / "odd.json", data))


def test_damaged_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "odd.json"
    for text in ("[" * 100_000, '[{"filename": "a", "class": "image", "annotations": ['):
        path.write_text(text)
        with pytest.raises(FormatError, match=r"odd\.json"):
            read(path)
