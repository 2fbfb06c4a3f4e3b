import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sleap.core.labels import Labels
from sleap.errors import FileError, FormatError
from sleap.io.formats.coco.read import read

MOUSE = {"id": 3, "name": "mouse", "keypoints": ["nose", "tail"], "skeleton": [[1, 2]]}


def load(tmp_path: Path, **content: Any) -> Labels:
    tables = {
        "images": [{"id": 10, "file_name": "train/a.png", "height": 4, "width": 6}],
        "categories": [MOUSE],
        "annotations": [],
    }
    path = tmp_path / "annotations" / "mice_train.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({**tables, **content}))
    return read(path)


def annotation(*keypoints: float, **more: Any) -> dict[str, Any]:
    return {"id": 1, "image_id": 10, "category_id": 3, "keypoints": list(keypoints), **more}


def test_flags(tmp_path: Path) -> None:
    labels = load(
        tmp_path, annotations=[annotation(1, 2.5, 2, 3, 4, 1), annotation(5, 6, 0, 7, 8, 2)]
    )
    first, second = labels[0].instances
    assert not first.is_predicted
    assert first.points[["x", "y"]].tolist() == [(1, 2.5), (3, 4)]
    assert first.points["visible"].tolist() == [True, False]
    np.testing.assert_array_equal(second.points["x"], [np.nan, 7])
    assert labels.skeleton.name == "mouse"
    assert labels.skeleton.edges == [(0, 1)]


def test_detections_hold_confidences(tmp_path: Path) -> None:
    found = load(
        tmp_path,
        annotations=[
            annotation(1, 2, 0.25, 0, 0, 0, score=0.5),
            annotation(1, 2, 0, 3, 4, 0, score=0.75),  # without flags
            annotation(1, 2, 2, 0, 0, 0, score=1),
            annotation(1, 2, 0.5, 3, 4, 1),  # told by the confidences
        ],
    )[0].instances
    assert all(one.is_predicted for one in found)
    assert [one.score for one in found][:3] == [0.5, 0.75, 1]
    assert found[0].points["score"].tolist() == [0.25, 0]
    np.testing.assert_array_equal(found[0].points["x"], [1, np.nan])
    assert found[1].points["x"].tolist() == [1, 3]
    np.testing.assert_array_equal(found[2].points["x"], [1, np.nan])
    assert found[3].points["visible"].tolist() == [True, True]


def test_what_has_no_points_is_left_out(tmp_path: Path) -> None:
    box = {"id": 5, "image_id": 10, "category_id": 99, "bbox": [0, 0, 1, 1]}
    labels = load(tmp_path, annotations=[annotation(0, 0, 0, 0, 0, 0), box])
    assert len(labels) == 0
    assert len(labels.videos) == 1


def test_images_of_one_folder_and_size_are_a_video(tmp_path: Path) -> None:
    def image(number: int, name: str, size: int) -> dict[str, Any]:
        return {"id": number, "file_name": name, "height": size, "width": size}

    images = [image(1, "a/9.png", 4), image(2, "b/1.png", 4), image(3, "a/1.png", 4)]
    images += [image(4, "a/2.png", 8)]
    annotations = [annotation(1, 1, 2, 1, 1, 2, image_id=n) for n in (4, 3)]
    labels = load(tmp_path, images=images, annotations=[{**a} for a in annotations])
    assert [v.filename for v in labels.videos] == [["a/9.png", "a/1.png"], ["b/1.png"], ["a/2.png"]]
    assert [(f.video.name, f.frame_idx) for f in labels] == [("9.png", 1), ("2.png", 0)]


def test_images_are_searched_where_such_data_sets_keep_them(tmp_path: Path) -> None:
    from sleap.video.locate import find_video

    folder = tmp_path / "images" / "train"
    folder.mkdir(parents=True)
    (folder / "a.png").touch()
    video = load(tmp_path, annotations=[annotation(1, 1, 2, 1, 1, 2)]).videos[0]
    assert find_video(video) == [folder / "a.png"]


def test_frames_of_named_videos_and_tracks(tmp_path: Path) -> None:
    images = [
        {"id": 1, "file_name": "v/2.jpg", "vid_id": "007", "frame_id": 2000},
        {"id": 2, "file_name": "v/1.jpg", "vid_id": "007", "frame_id": 1000},
    ]
    annotations = [
        annotation(1, 1, 2, 1, 1, 2, image_id=1, track_id=4),
        annotation(1, 1, 2, 1, 1, 2, image_id=2, attributes={"track_id": "x", "object_id": 7}),
        annotation(1, 1, 2, 1, 1, 2, image_id=2, attributes=["male"]),
        annotation(1, 1, 2, 1, 1, 2, image_id=2, attributes={"object_id": 4}),
    ]
    labels = load(tmp_path, images=images, annotations=annotations)
    assert labels.videos[0].filename == ["v/1.jpg", "v/2.jpg"]
    assert [frame.frame_idx for frame in labels] == [1, 0]
    assert [(track.name, track.spawned_on) for track in labels.tracks] == [("4", 0), ("x", 0)]
    assert labels[1].instances[1].track is None


def test_tables_come_in_any_order(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    image = {"id": 10, "file_name": "a.png"}
    content = {"annotations": [annotation(1, 1, 2, 1, 1, 2)], "categories": [MOUSE]}
    path.write_text("\ufeff" + json.dumps({**content, "images": [image], "licenses": None}))
    assert len(read(path)[0].instances) == 1


def test_several_skeletons_and_edges_from_zero(tmp_path: Path) -> None:
    body = {"id": 7, "name": "body", "keypoints": ["x"]}
    zero = {"id": 8, "name": "zero", "keypoints": ["x", "y"], "skeleton": [[0, 1], [0, 1], [1, 1]]}
    box = {"id": 9, "name": "box"}
    annotations = [annotation(1, 1, 2, category_id=7), annotation(1, 1, 2, 2, 2, 2, category_id=8)]
    labels = load(tmp_path, categories=[box, body, zero], annotations=annotations)
    assert [skeleton.name for skeleton in labels.skeletons] == ["body", "zero"]
    assert labels.skeletons[1].edges == [(0, 1)]
    assert [len(one.skeleton) for one in labels[0].instances] == [1, 2]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"annotations": [annotation(1, 2)]}, "x, y, v"),
        ({"annotations": [annotation(1, 2, 2)]}, "has 1 keypoints"),
        ({"annotations": [annotation(1, 2, 2, 3, 4, "2")]}, "should be numbers"),
        ({"annotations": [annotation(1, 2, 2, 3, 4, 2, image_id=5)]}, "names image 5"),
        ({"annotations": [annotation(1, 2, 2, 3, 4, 2, category_id=5)]}, "names category 5"),
        ({"annotations": [annotation(1, 2, 2, 3, 4, 2, score="x")]}, "score"),
        ({"annotations": [annotation(1, 2, 2, 3, 4, 2, track_id=[1])]}, "track"),
        ({"annotations": [{"keypoints": [1, 2, 2]}]}, "image_id"),
        ({"annotations": [5]}, "annotation should be an object"),
        ({"annotations": {"a": 1}}, "should be a list"),
        ({"images": [{"id": 1}]}, "file_name"),
        ({"images": [{"id": 1, "file_name": "a"}] * 2}, "Two images"),
        ({"images": [[]]}, "image should be an object"),
        ({"images": 5}, "should be a list"),
        ({"categories": [{"keypoints": ["a"]}]}, "category should be an object"),
        ({"categories": [{**MOUSE, "skeleton": [[1, 9]]}]}, "no node"),
        ({"categories": [{**MOUSE, "skeleton": [[1]]}]}, "edge"),
        ({"categories": [{**MOUSE, "keypoints": ["a", "a"]}]}, "names must differ"),
        ({"categories": [{**MOUSE, "keypoints": ["a"] * 10_001}]}, "more than 10000"),
        ({"videos": [{"name": "a"}]}, "video should be an object"),
        ({"videos": 7}, "should be a list"),
    ],
)
def test_what_is_wrong_is_said_with_the_name(
    tmp_path: Path, content: dict[str, Any], message: str
) -> None:
    with pytest.raises(FormatError, match=f"mice_train.json.*{message}"):
        load(tmp_path, **content)


def test_frames_of_a_video_file_need_a_number(tmp_path: Path) -> None:
    videos = [{"id": 1, "file_name": "a.mp4"}]
    image = {"id": 10, "file_name": "a/1.png", "video_id": 1}
    with pytest.raises(FormatError, match="frame_id"):
        load(tmp_path, videos=videos, images=[image])
    labels = load(tmp_path, videos=videos, images=[{**image, "frame_idx": 4, "is_labeled": True}])
    assert labels[0].frame_idx == 4


def test_damage(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    for text in ('{"images": [', '{"images": [{"id": ', "", "[[[[", '{"annotations": [{}]} 5'):
        path.write_text(text)
        with pytest.raises(FormatError, match=r"a\.json"):
            read(path)
    with pytest.raises(FileError, match="no such file"):
        read(tmp_path / "gone.json")
