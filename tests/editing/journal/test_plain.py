import json
from typing import Any

import numpy as np
import pytest

from sleap import Labels, Skeleton, SuggestionFrame, Track, Video
from sleap.editing.changes.rows import RemoveInstances
from sleap.editing.changes.skeleton import Shape
from sleap.editing.journal.plain import Decoder, Encoder, Objects
from sleap.errors import FormatError

VIDEO = Video("a.mp4", shape=(9, 8, 7, 1))
LABELS = Labels(videos=[VIDEO], tracks=[Track("t")], skeletons=[Skeleton(["a"])])


def there_and_back(value: Any) -> Any:
    encoder = Encoder(Objects(LABELS))
    data = json.loads(json.dumps(encoder.value(value)))
    return Decoder(Objects(LABELS), encoder.arrays).value(data)


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        3,
        2.5,
        float("inf"),
        "text",
        b"\x00\xff",
        (1, (2, "x"), []),
        [1, [2, (3,)]],
        {1: "a", "b": {"c": (1, 2)}, (1, 2): None},
        {},
        Shape("s", ("a", "b"), (1.0, 2.0), ((0, 1),), (), "text", b"image"),
    ],
)
def test_values_come_back_as_they_were(value: Any) -> None:
    found = there_and_back(value)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    "rows", [[], [3], range(1000), [*range(50), 60, *range(70, 200)], [5, 3, 1] * 20]
)
def test_rows_come_back(rows: Any) -> None:
    given = np.array(list(rows), np.int64)
    assert there_and_back(given).tolist() == given.tolist()


def test_runs_of_rows_take_little_room() -> None:
    encoder = Encoder(Objects(LABELS))
    encoder.value(np.r_[np.arange(100_000), np.arange(200_000, 900_000)])
    assert sum(array.nbytes for array in encoder.arrays) < 100


def test_known_objects_are_the_very_same() -> None:
    assert there_and_back(VIDEO) is VIDEO
    assert there_and_back(LABELS.tracks[0]) is LABELS.tracks[0]
    assert there_and_back(LABELS.skeletons[0]) is LABELS.skeletons[0]


def test_a_new_object_is_one_object_wherever_it_is_named() -> None:
    source = Video("b.mp4", metadata={"x": [1]})
    video = Video(
        "p.slp", source=source, frame_numbers=[1, 5], is_embedded=True, shape=(2, 1, 1, 1)
    )
    first, (second, inner) = there_and_back((video, [video, source]))
    assert first is second
    assert first.source is inner
    assert (first.filename, first.shape, first.is_embedded) == ("p.slp", (2, 1, 1, 1), True)
    assert first.frame_numbers.tolist() == [1, 5]
    assert inner.metadata == {"x": [1]}


def test_new_skeletons_and_tracks() -> None:
    skeleton = Skeleton(["a", "b"], [("a", "b")], [("a", "b")], name="fly")
    found = there_and_back(skeleton)
    assert found.matches(skeleton)
    assert found.name == "fly"
    track = there_and_back(Track("x", 7))
    assert (track.name, track.spawned_on) == ("x", 7)


def test_suggestions() -> None:
    other = Video("other.mp4")
    given = (
        SuggestionFrame(VIDEO, 3, None, {"k": 1}),
        SuggestionFrame(other, 4, 2),
        SuggestionFrame(other, 5),
    )
    found = there_and_back(given)
    assert [(one.frame_idx, one.group, one.metadata) for one in found] == [
        (3, None, {"k": 1}),
        (4, 2, {}),
        (5, None, {}),
    ]
    assert found[0].video is VIDEO
    assert found[1].video is found[2].video


def test_objects_of_an_edit_that_failed_are_forgotten() -> None:
    objects = Objects(LABELS)
    n_before = len(objects)
    track = Track("new")
    Encoder(objects).value(track)
    objects.forget_from(n_before)
    assert objects.find(track) is None
    assert "is" in Encoder(objects).value(track)


def test_anything_else_is_refused() -> None:
    with pytest.raises(TypeError, match="object cannot be kept"):
        Encoder(Objects(LABELS)).value(object())
    with pytest.raises(ValueError, match="unknown value"):
        Decoder(Objects(LABELS), []).value({"$evil": 1})


def test_changes() -> None:
    encoder = Encoder(Objects(LABELS))
    data = encoder.change(RemoveInstances(np.array([1, 5])))
    decoder = Decoder(Objects(LABELS), encoder.arrays)
    change = decoder.change(data)
    assert isinstance(change, RemoveInstances)
    assert change.rows.tolist() == [1, 5]
    with pytest.raises(FormatError, match="unknown change 'zap'"):
        decoder.change({"tag": "zap"})
    with pytest.raises(FormatError, match="damaged"):
        decoder.change({"tag": "-instances"})
