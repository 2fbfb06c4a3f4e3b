import io
import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.suggestion import SuggestionFrame
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.io.formats.labels_json import write as module
from sleap.io.formats.labels_json.read import read
from sleap.io.formats.labels_json.write import write
from sleap.io.slp import videos
from sleap.io.slp.write import all_videos


def text_of(labels: Labels) -> bytes:
    file = io.BytesIO()
    write(labels, file, [videos.encode(video) for video in all_videos(labels)])
    return file.getvalue()


def again(labels: Labels) -> Labels:
    return read(io.BytesIO(text_of(labels)), Path("a.json"))


def refuse(word: str) -> None:
    raise AssertionError(f"{word} is no JSON")


def test_the_form_is_that_of_version_2(labels: Labels) -> None:
    data = json.loads(text_of(labels), parse_constant=refuse)
    assert data["version"] == "2.0.0"
    assert data["tracks"] == [[0, "first"], [7, "second"]]
    assert data["suggestions"][1] == {"video": "1", "frame_idx": 6, "group": 2, "note": "dark"}
    assert [(frame["video"], frame["frame_idx"]) for frame in data["labels"]] == [
        ("1", 7),
        ("0", 3),
        ("0", 99),
    ]
    found, made = data["labels"][0]["_instances"]
    assert found["score"] == 0.75
    assert made["from_predicted"].pop("instance_id") == 0
    assert made["from_predicted"] == found
    assert made["_points"] == {
        "0": {"x": 1.0, "y": 2.0, "visible": True, "complete": False},
        "3": {"x": 5.0, "y": 6.0, "visible": True, "complete": False},
    }
    # The second skeleton counts on in the list of nodes.
    worm = data["labels"][1]["_instances"][0]
    assert (worm["skeleton"], list(worm["_points"])) == ("1", ["4", "5"])


def test_labels_go_there_and_back(
    labels: Labels, assert_same: Callable[[Labels, Labels], None]
) -> None:
    assert_same(again(labels), labels)


def test_no_labels_go_there_and_back(assert_same: Callable[[Labels, Labels], None]) -> None:
    assert_same(again(Labels()), Labels())


def test_what_is_not_known_comes_back(labels: Labels) -> None:
    labels.metadata["json"] = {"sessions": [1], "labels": "no", "version": "9"}
    data = json.loads(text_of(labels))
    assert (data["sessions"], data["version"], len(data["labels"])) == ([1], "2.0.0", 3)


def test_frames_are_written_in_blocks(
    labels: Labels,
    assert_same: Callable[[Labels, Labels], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for size in (1, 2, 3):
        monkeypatch.setattr(module, "N_BLOCK", size)
        assert_same(again(labels), labels)


def test_an_instance_without_a_score_value_stays_predicted() -> None:
    skeleton = Skeleton(["a"])
    found = PredictedInstance(skeleton, [[1, 2]], score=math.nan, point_scores=[math.nan])
    labels = again(Labels([LabeledFrame(Video("a.mp4"), 0, [found])]))
    assert labels[0][0].is_predicted
    assert math.isnan(labels[0][0].score)
    assert math.isnan(labels[0][0].points["score"][0])


NUMBERS = st.floats(-1e6, 1e6) | st.just(math.nan)


@st.composite
def any_labels(draw: st.DrawFn) -> Labels:
    names = st.text(min_size=1, max_size=6)
    skeletons = [
        Skeleton(draw(st.lists(names, min_size=1, max_size=4, unique=True)), name=draw(names))
        for _ in range(draw(st.integers(1, 2)))
    ]
    listed = [Video(f"{name}.mp4") for name in draw(st.lists(names, min_size=1, max_size=2))]
    tracks = [Track(draw(st.text(max_size=4)), n) for n in range(draw(st.integers(0, 2)))]
    frames = []
    for video in listed:
        for index in draw(st.lists(st.integers(0, 10**6), max_size=3, unique=True)):
            frame = LabeledFrame(video, index)
            for _ in range(draw(st.integers(0, 3))):
                frame.append(draw(instances(skeletons, tracks, frame)))
            frames.append(frame)
    suggestions = [SuggestionFrame(draw(st.sampled_from(listed)), n) for n in range(2)]
    return Labels(
        frames, videos=listed, skeletons=skeletons, tracks=tracks, suggestions=suggestions
    )


@st.composite
def instances(
    draw: st.DrawFn, skeletons: list[Skeleton], tracks: list[Track], frame: LabeledFrame
) -> Instance:
    skeleton = draw(st.sampled_from(skeletons))
    points = [
        (math.nan, math.nan) if draw(st.booleans()) else (draw(NUMBERS), draw(NUMBERS))
        for _ in range(skeleton.n_nodes)
    ]
    track = draw(st.sampled_from([None, *tracks]))
    if draw(st.booleans()):
        scores = [0.0 if math.isnan(x + y) else draw(st.floats(0, 1)) for x, y in points]
        score = draw(st.floats(0, 1, width=32))
        return PredictedInstance(skeleton, points, track, point_scores=scores, score=score)
    origins: list[Any] = [None, *frame.predicted_instances]
    return Instance(skeleton, points, track, from_predicted=draw(st.sampled_from(origins)))


@given(labels=any_labels())
def test_any_labels_go_there_and_back(
    labels: Labels, assert_same: Callable[[Labels, Labels], None]
) -> None:
    assert_same(again(labels), labels)
