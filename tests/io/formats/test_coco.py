import json
import warnings
from collections.abc import Callable
from pathlib import Path

import attrs
import numpy as np
import pytest

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.errors import FormatError
from sleap.io.files import load_file, save_file
from sleap.io.format import FORMATS
from sleap.io.formats.coco import COCO
from sleap.video.encode import encode_image


def test_labels_go_there_and_back(
    labels: Labels, tmp_path: Path, assert_same: Callable[[Labels, Labels], None]
) -> None:
    path = tmp_path / "a.coco.json"
    save_file(labels, path)
    found = load_file(path)
    # What the format does not hold.
    labels.suggestions.clear()
    labels.negative_anchors.clear()
    labels.store.instances.writable["from_predicted"] = -1
    assert_same(found, labels)
    assert FORMATS.get("coco") is COCO


def test_lists_of_images_keep_their_places(tmp_path: Path) -> None:
    body = Skeleton(["a"])
    videos = [Video([f"x/{n}.png" for n in (3, 1, 2)]), Video(["x/7.png"], shape=(1, 4, 6, 3))]
    frames = [LabeledFrame(videos[0], 2, [Instance(body, np.array([[1.0, 2.0]]))])]
    path = tmp_path / "a.json"
    save_file(Labels(frames, videos=videos), path, format="coco")
    found = load_file(path)
    assert [video.filename for video in found.videos] == [video.filename for video in videos]
    assert found.videos[1].shape == (1, 4, 6, 3)
    assert [(frame.video, frame.frame_idx) for frame in found] == [(found.videos[0], 2)]


def test_the_file_is_what_other_programs_expect(labels: Labels, tmp_path: Path) -> None:
    path = tmp_path / "a.coco.json"
    save_file(labels, path)
    content = json.loads(path.read_text())
    fly = content["categories"][0]
    assert fly["keypoints"] == ["head", "thorax", "wingL", "wingR"]
    assert fly["skeleton"] == [[2, 1], [2, 3], [2, 4]]
    images = {image["id"]: image for image in content["images"]}
    assert images[1]["file_name"] == "b/000007.png"
    assert (images[2]["height"], images[2]["width"]) == (48, 64)
    first, second, _ = content["annotations"]
    assert first["keypoints"] == [1.5, 2.0, 2, 3.0, 4.0, 2, 0.0, 0.0, 0, 7.0, 8.0, 2]
    assert first["num_keypoints"] == 3
    assert first["bbox"] == [1.5, 2.0, 5.5, 6.0]
    assert first["area"] == 33.0
    assert first["score"] == 0.75
    assert first["track_id"] == second["track_id"] == 1
    assert "score" not in second


def test_videos_of_one_name_do_not_share_images(tmp_path: Path) -> None:
    body = Skeleton(["a"])
    videos = [Video("1/a.mp4"), Video("2/a.mp4")]
    frames = [LabeledFrame(v, 0, [Instance(body, {"a": (1, 1)})]) for v in videos]
    path = tmp_path / "a.coco.json"
    save_file(Labels(frames), path)
    names = [image["file_name"] for image in json.loads(path.read_text())["images"]]
    assert len(set(names)) == 2


def test_embedded_images_are_told_by_their_source(tmp_path: Path) -> None:
    source = Video("a.mp4", shape=(9, 4, 6, 1))
    inside = Video("p.slp", dataset="video0/video", is_embedded=True, source=source)
    path = tmp_path / "a.coco.json"
    save_file(Labels([LabeledFrame(inside, 5)]), path)
    found = load_file(path)
    assert (found.videos[0].filename, found.videos[0].shape) == ("a.mp4", source.shape)
    assert found[0].frame_idx == 5


def test_other_json_is_not_recognized(tmp_path: Path) -> None:
    for content in ({"version": "2.0.0", "labels": []}, {"nx_graph": {}}, [], [{"image_id": 1}]):
        path = tmp_path / "a.json"
        path.write_text(json.dumps(content))
        assert not COCO.recognizes(path, path.read_bytes()[:64])
    assert not COCO.recognizes(path, b"\x89HDF\r\n\x1a\n")
    assert not COCO.recognizes(tmp_path / "gone.json", b"[{")


def test_a_list_of_results_says_what_it_lacks(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    result = {"image_id": 1, "category_id": 1, "keypoints": [1, 2, 1], "score": 0.5}
    path.write_text(json.dumps([result]))
    with pytest.raises(FormatError, match=r"results\.json.*list of detections.*images"):
        load_file(path)


def test_hidden_points_and_video_details_come_back(
    tmp_path: Path, assert_same: Callable[[Labels, Labels], None]
) -> None:
    body = Skeleton(["a", "b"])
    shown = Instance(body, np.array([[1.0, 2.0], [3.0, 4.0]]))
    shown.points["visible"][1] = False
    video = Video("v.h5", dataset="/box", input_format="channels_first", grayscale=True)
    labels = Labels([LabeledFrame(video, 0, [shown]), LabeledFrame(video, 1, [Instance(body)])])
    path = tmp_path / "a.coco.json"
    save_file(labels, path)
    found = load_file(path)
    assert_same(found, labels)
    assert attrs.asdict(found.videos[0], recurse=False) | {"metadata": {}} == attrs.asdict(
        video, recurse=False
    )


def test_the_other_program_of_the_field_reads_and_writes_the_same(tmp_path: Path) -> None:
    sleap_io = pytest.importorskip("sleap_io", reason="it is what we compare with")
    body = Skeleton(["a", "b"], [("a", "b")])
    video = Video("clip.mp4", shape=(9, 4, 6, 1))
    track = Track("x")
    points = np.array([[1.25, 2], [np.nan, np.nan]])
    frames = [LabeledFrame(video, n, [Instance(body, points + n, track)]) for n in (3, 8)]
    labels = Labels(frames, videos=[video])
    save_file(labels, tmp_path / "a.coco.json")
    (tmp_path / "clip").mkdir()
    for name in ("000003.png", "000008.png"):
        (tmp_path / "clip" / name).write_bytes(encode_image(np.zeros((4, 6, 1), np.uint8)))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = sleap_io.load_coco(str(tmp_path / "a.coco.json"))
        sleap_io.save_coco(theirs, str(tmp_path / "b.json"))
    back = load_file(tmp_path / "b.json")
    assert len(theirs) == len(back) == 2
    for frame, other, again in zip(labels, theirs, back, strict=True):
        for one in (other, again):
            np.testing.assert_array_equal(one.instances[0].numpy(), frame.instances[0].numpy())
            assert one.instances[0].track is not None
