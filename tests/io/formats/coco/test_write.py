import json
from pathlib import Path

import numpy as np
import pytest

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.video import Video
from sleap.errors import LabelsError
from sleap.io.formats.coco.write import N_BLOCK, write


def test_many_instances_are_written_in_blocks(tmp_path: Path) -> None:
    body, face = Skeleton(["a"]), Skeleton(["x", "y"])
    video = Video("a.mp4")
    frames = [
        LabeledFrame(
            video, index, [PredictedInstance(face, score=0.5), Instance(body, {"a": (index, 1)})]
        )
        for index in range(N_BLOCK)
    ]
    write(Labels(frames), tmp_path / "a.json")
    items = json.loads((tmp_path / "a.json").read_text())["annotations"]
    assert [item["id"] for item in items] == list(range(1, 2 * N_BLOCK + 1))
    assert [item["keypoints"][0] for item in items[1::2]] == list(range(N_BLOCK))
    assert items[0]["keypoints"] == [0, 0, 0] * 2
    assert items[0]["bbox"] == [0, 0, 0, 0]
    assert items[0]["keypoint_scores"] == [None, None] or len(items[0]["keypoint_scores"]) == 2


def test_numbers_stay_numbers_of_json(tmp_path: Path) -> None:
    points = np.array([[1.7e308, -1.7e308], [-1.7e308, 1.7e308], [np.inf, 1]])
    frame = LabeledFrame(Video("a.mp4"), 0, [Instance(Skeleton(["a", "b", "c"]), points)])
    write(Labels([frame]), tmp_path / "a.json")

    def refuse(text: str) -> None:
        raise AssertionError(text)

    json.loads((tmp_path / "a.json").read_text(), parse_constant=refuse)


def test_a_provenance_that_is_no_json(tmp_path: Path) -> None:
    with pytest.raises(LabelsError, match="provenance"):
        write(Labels(provenance={"a": object()}), tmp_path / "a.json")
    assert not list(tmp_path.iterdir())
