import warnings
from pathlib import Path

import numpy as np
import pytest

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.io.files import load_file
from sleap.io.formats.deeplabcut.write import write_video

BODY = Skeleton(["nose", "tail"])


def test_a_row_for_each_frame_as_pandas_reads_it(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    video = Video("v.mp4", shape=(4, 10, 10, 1))
    tracks = [Track("a"), Track("single"), Track("a")]
    points = np.array([[1, 2.5], [np.nan, np.nan]])
    instances = [
        PredictedInstance(BODY, points, tracks[0], point_scores=[0.5, 0.0], score=0.5),
        Instance(BODY, points + 1, tracks[1]),
        Instance(BODY, points + 2, tracks[2]),
    ]
    path = tmp_path / "v.dlc.csv"
    write_video(Labels([LabeledFrame(video, 2, instances)]), path, video)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        table = pandas.read_csv(path, header=[0, 1, 2, 3], index_col=0)
    assert table.columns.names == ["scorer", "individuals", "bodyparts", "coords"]
    assert list(table.index) == [0, 1, 2, 3]
    row = table.loc[2]["SLEAP"]
    assert row["a"]["nose"].to_dict() == {"x": 1, "y": 2.5, "likelihood": 0.5}
    assert row["single_"]["nose"].to_dict() == {"x": 2, "y": 3.5, "likelihood": 1}
    assert row["a_"]["nose"]["x"] == 3
    assert table.isna().to_numpy().sum() == 3 * 18 + 9


def test_one_animal_has_no_name(tmp_path: Path) -> None:
    video = Video("v.mp4", shape=(2, 10, 10, 1))
    path = tmp_path / "v.dlc.csv"
    write_video(Labels([LabeledFrame(video, 1, [Instance(BODY, {"tail": (1, 2)})])]), path, video)
    lines = path.read_text().splitlines()
    assert lines[:2] == ["scorer" + ",SLEAP" * 6, "bodyparts" + ",nose" * 3 + ",tail" * 3]
    assert lines[3:] == ["0" + ",nan" * 6, "1,nan,nan,nan,1.0,2.0,1.0"]
    found = load_file(path)
    assert found.videos[0].filename == "v.mp4"
    assert found.tracks == []


@pytest.mark.parametrize("is_predicted", [False, True])
def test_images_are_named_as_in_a_project(tmp_path: Path, is_predicted: bool) -> None:
    video = Video(["x/y,z/b.png", "x/y,z/a.png", "x/y,z/c.png"])
    points = np.array([[1.0, 2], [3, 4]])
    made = (
        PredictedInstance(BODY, points, point_scores=[0.5, 0.5], score=0.5)
        if is_predicted
        else Instance(BODY, points)
    )
    path = tmp_path / "a.dlc.csv"
    write_video(Labels([LabeledFrame(video, 1, [made])]), path, video)
    lines = path.read_text().splitlines()
    assert lines[2].startswith("coords,,,x,y,likelihood" if is_predicted else "coords,,,x,y,x")
    assert lines[3].startswith('labeled-data,"y,z",a.png,1.0,2.0')
    found = load_file(path)
    assert found.videos[0].filename == ["labeled-data/y,z/a.png"]
    assert found[0].instances[0].is_predicted == is_predicted
