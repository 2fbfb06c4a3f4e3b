import json
from typing import Any

import numpy as np
import pytest

from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.errors import FormatError
from sleap.io.formats.labels_json import gather
from sleap.io.formats.labels_json.gather import Gatherer

NODES = [{"name": name} for name in ("tail", "head", "wing")]


def skeleton() -> Skeleton:
    return Skeleton(["head", "tail"])


def point(x: Any, y: Any, **more: Any) -> dict[str, Any]:
    return {"x": x, "y": y, "visible": True, "complete": False, **more}


def labels_of(*frames: Any, skeletons: list[Skeleton] | None = None) -> Labels:
    gatherer = Gatherer()
    for frame in frames:
        gatherer.add(json.loads(json.dumps(frame)))
    skeletons = skeletons or [skeleton()]
    tables = gatherer.tables(2, skeletons, 2, NODES)
    return Labels.from_tables(
        **tables,
        videos=[Video("a.mp4"), Video("b.mp4")],
        skeletons=skeletons,
        tracks=[Track("x"), Track("y")],
    )


def frame(*instances: Any, video: Any = 0, idx: Any = 3) -> dict[str, Any]:
    return {"video": video, "frame_idx": idx, "_instances": list(instances)}


def instance(**entries: Any) -> dict[str, Any]:
    return {"skeleton": 0, "track": None, "_points": {"1": point(1, 2)}, **entries}


def test_keys_count_in_the_shared_list_of_nodes() -> None:
    found = labels_of(frame(instance(_points={"0": point(5, 6), "1": point(1, 2)})))[0][0]
    np.testing.assert_array_equal(found.numpy(), [[1, 2], [5, 6]])


def test_an_absent_key_is_a_missing_point() -> None:
    found = labels_of(frame(instance(), instance(_points={})))[0]
    np.testing.assert_array_equal(found[0].numpy(), [[1, 2], [np.nan, np.nan]])
    assert np.isnan(found[1].numpy()).all()
    assert found[0].points["visible"].tolist() == [True, False]


def test_references_are_numbers_or_texts_of_them() -> None:
    labels = labels_of(
        frame(instance(skeleton="0", track="1"), video="1", idx="3"),
        frame(instance(track=0), video=0, idx=4.0),
        frame(instance(track="-1"), video=0, idx=5),
    )
    assert [labels.videos.index(one.video) for one in labels] == [1, 0, 0]
    assert [one.frame_idx for one in labels] == [3, 4, 5]
    assert [one[0].track and one[0].track.name for one in labels] == ["y", "x", None]


def test_an_instance_with_a_score_is_predicted() -> None:
    points = {"1": point(1, 2, score=0.5), "0": point(3, 4)}
    labels = labels_of(frame(instance(score=0.25, tracking_score=0.75, _points=points), instance()))
    found, made = labels[0].instances
    assert (found.is_predicted, made.is_predicted) == (True, False)
    assert (found.score, found.tracking_score) == (0.25, 0.75)
    np.testing.assert_array_equal(found.points["score"], [0.5, np.nan])


def test_the_values_of_points_may_be_null_or_lack() -> None:
    points = {"1": {"x": None, "y": float("nan")}, "0": {"x": 1, "y": 2, "visible": 0}}
    found = labels_of(frame(instance(_points=points)))[0][0]
    np.testing.assert_array_equal(found.numpy(), [[np.nan, np.nan], [1, 2]])
    assert found.points["visible"].tolist() == [True, False]


def test_points_may_be_a_list_and_nodes_be_named() -> None:
    labels = labels_of(
        frame(instance(_points=[None, point(1, 2)]), instance(_points={"tail": point(3, 4)}))
    )
    np.testing.assert_array_equal(labels[0][0].numpy()[0], [1, 2])
    np.testing.assert_array_equal(labels[0][1].numpy()[1], [3, 4])


def test_a_prediction_given_in_full_is_found_in_its_frame() -> None:
    first = instance(score=0.5, _points={"1": point(1, 2, score=0.1)})
    second = instance(score=0.5, _points={"1": point(7, 2, score=0.1)})
    labels = labels_of(frame(first, second, instance(from_predicted=second)))
    assert labels[0][2].from_predicted is labels[0][1]


def test_of_two_equal_predictions_the_numbered_one_is_meant() -> None:
    one = instance(score=0.5)
    labels = labels_of(frame(one, one, instance(from_predicted={**one, "instance_id": 1})))
    assert labels[0][2].from_predicted is labels[0][1]


def test_a_prediction_may_be_named_by_its_number() -> None:
    labels = labels_of(frame(instance()), frame(instance(score=1), instance(from_predicted="0")))
    assert labels[1][1].from_predicted is labels[1][0]
    labels = labels_of(frame(instance(score=1)), frame(instance(), instance(from_predicted=0)))
    assert labels[1][1].from_predicted is labels[0][0]


def test_a_prediction_in_another_frame_is_found_by_its_number() -> None:
    one = instance(score=0.5)
    labels = labels_of(frame(one), frame(instance(from_predicted={**one, "instance_id": 0}), idx=9))
    assert labels[1][0].from_predicted is labels[0][0]


@pytest.mark.parametrize("origin", [7, "x", instance(score=0.7), {"_points": {}, "instance_id": 0}])
def test_a_prediction_that_is_not_there_is_reported(
    origin: Any, caplog: pytest.LogCaptureFixture
) -> None:
    labels = labels_of(frame(instance(from_predicted=origin)))
    assert labels[0][0].from_predicted is None
    assert "1 instances come from predictions" in caplog.text


def test_points_of_many_blocks_come_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gather, "N_BLOCK", 3)
    frames = [
        frame(*[instance(_points={"1": point(i, n)})] * n, idx=i)
        for i, n in enumerate([2, 0, 5, 1])
    ]
    labels = labels_of(*frames)
    assert [len(one) for one in labels] == [2, 0, 5, 1]
    assert [one[0].numpy()[0].tolist() for one in labels if len(one)] == [[0, 2], [2, 5], [3, 1]]


HUGE = 10**400


@pytest.mark.parametrize(
    "wrong",
    [
        3,
        {},
        {"video": 0, "frame_idx": 0, "_instances": 3},
        frame(3),
        frame({}),
        frame(video=2),
        frame(video=[1]),
        frame(video={}),
        frame(idx=-1),
        frame(idx="x"),
        frame(idx=None),
        frame(idx=HUGE),
        frame(instance(skeleton=1)),
        frame(instance(track=2)),
        frame(instance(track=[1, "x"])),
        frame(instance(score="0.5")),
        frame(instance(score=HUGE)),
        frame(instance(_points=3)),
        frame(instance(_points={"1": 3})),
        frame(instance(_points={"1": [1, 2]})),
        frame(instance(_points={"1": {"x": 3}})),
        frame(instance(_points={"1": point("NaN", 2)})),
        frame(instance(_points={"1": point(True, 2)})),
        frame(instance(_points={"1": point(HUGE, 2)})),
        frame(instance(_points={"1": point(float("inf"), 2)})),
        frame(instance(_points={"1": point(1, 2, visible="yes")})),
        frame(instance(_points={"2": point(1, 2)})),
        frame(instance(_points={"7": point(1, 2)})),
        frame(instance(_points={"nose": point(1, 2)})),
    ],
)
def test_what_makes_no_sense_is_refused(wrong: Any) -> None:
    with pytest.raises(FormatError):
        labels_of(wrong)


def test_few_bytes_cannot_claim_many_points() -> None:
    large = Skeleton([str(number) for number in range(3000)])
    empty = instance(_points={})
    with pytest.raises(FormatError, match="claim 6000000 points"):
        labels_of(*[frame(*[empty] * 20, idx=i) for i in range(100)], skeletons=[large])
