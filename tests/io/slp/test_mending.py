import numpy as np
import pytest

from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.io.slp.mending import (
    Mended,
    Part,
    Parts,
    add_missing_nodes,
    count_nodes,
    mend,
    rebuild_instances,
)

NAMES = ("frames", "instances", "points", "pred_points")


def parts_of(labels: Labels) -> Parts:
    tables = [table.copy() for table in labels.to_tables()]
    return Parts(*(Part(table, np.ones(len(table), bool)) for table in tables))


def mended(labels: Labels, parts: Parts) -> Mended:
    return mend(parts, len(labels.videos), labels.skeletons, len(labels.tracks))


def check(labels: Labels, result: Mended) -> Labels:
    """Build labels, which checks every number."""
    return Labels.from_tables(
        frames=result.frames,
        instances=result.instances,
        points=result.points,
        pred_points=result.pred_points,
        videos=labels.videos,
        skeletons=labels.skeletons,
        tracks=labels.tracks,
    )


def test_what_is_whole_stays_as_it_is(labels: Labels) -> None:
    result = mended(labels, parts_of(labels))
    for name, table in zip(NAMES, labels.to_tables(), strict=True):
        mine = getattr(result, name)
        for column in table.dtype.names or ():
            np.testing.assert_array_equal(mine[column], table[column])
    assert not result.notes


@pytest.mark.parametrize(
    ("table", "column", "value", "note"),
    [
        ("frames", "video", 99, "frames with impossible numbers"),
        ("frames", "frame_idx", 1 << 60, "frames with impossible numbers"),
        ("instances", "instance_type", 7, "instances with impossible numbers"),
        ("instances", "skeleton", 99, "instances with impossible numbers"),
        ("instances", "point_id_start", 1 << 63, "instances with impossible numbers"),
        ("instances", "point_id_end", 1 << 40, "instances with impossible numbers"),
        ("instances", "track", 99, "instances with an impossible track, now without"),
        ("instances", "track", -7, "instances with an impossible track, now without"),
        ("points", "x", 1e300, "points at impossible places"),
    ],
)
def test_one_wrong_number_costs_only_itself(
    labels: Labels, table: str, column: str, value: float, note: str
) -> None:
    parts = parts_of(labels)
    n_instances = len(parts.instances.rows)
    getattr(parts, table).rows[column][0] = value
    result = mended(labels, parts)
    made = check(labels, result)
    assert result.notes[note] >= 1
    assert len(made) >= len(labels) - (table == "frames")
    lost = n_instances - len(result.instances)
    if table == "frames":
        assert lost == len(labels[0].instances)
    else:
        assert lost == (column not in ("track", "x"))


def test_a_frame_that_claims_everything_gets_its_own(labels: Labels) -> None:
    parts = parts_of(labels)
    frames = parts.frames.rows
    expected = labels.to_tables()[1]["frame_id"].copy()
    frames["instance_id_start"][2], frames["instance_id_end"][2] = 0, 1 << 50
    result = mended(labels, parts)
    np.testing.assert_array_equal(result.instances["frame_id"], expected)
    check(labels, result)


def test_instances_find_their_frame_by_its_number(labels: Labels) -> None:
    parts = parts_of(labels)
    for column in ("instance_id_start", "instance_id_end"):
        parts.frames.rows[column] = 0
    result = mended(labels, parts)
    assert len(result.instances) == len(parts.instances.rows)
    check(labels, result)


def test_lost_rows_cost_what_hangs_on_them(labels: Labels) -> None:
    parts = parts_of(labels)
    parts.frames.is_there[0] = False
    result = mended(labels, parts)
    assert result.notes["instances whose frame is lost"] == len(labels[0].instances)
    check(labels, result)
    parts = parts_of(labels)
    parts.pred_points.is_there[:2] = False
    result = mended(labels, parts)
    assert result.notes == {"points of saved instances, now missing": 2}
    assert np.isnan(result.pred_points["x"][:2]).all()
    assert result.pred_points["x"][3] == labels.to_tables()[3]["x"][3]
    parts.pred_points.is_there[:] = False
    result = mended(labels, parts)
    assert result.notes["instances whose points are lost"] == 1
    made = check(labels, result)
    assert made[0].instances[0].from_predicted is None


def test_a_frame_twice_becomes_one(labels: Labels) -> None:
    parts = parts_of(labels)
    parts.frames.rows["video"] = 0
    parts.frames.rows["frame_idx"][:2] = 5
    result = mended(labels, parts)
    assert len(result.frames) == 2
    assert len(result.instances) == len(parts.instances.rows)
    check(labels, result)


def test_missing_nodes_are_counted_and_added(labels: Labels) -> None:
    parts = parts_of(labels)
    assert count_nodes(parts) == [4, 2]
    skeletons = [Skeleton(["head", "node_3"]), Skeleton(["head", "tail"])]
    assert add_missing_nodes(parts, skeletons) == 2
    assert skeletons[0].node_names == ["head", "node_3", "node_3_", "node_4"]
    assert mend(parts, 2, skeletons, 2).notes == {}


def test_instances_with_fewer_points_get_missing_ones(labels: Labels) -> None:
    parts = parts_of(labels)
    labels.skeletons[0].add_node("tip")
    result = mended(labels, parts)
    assert result.notes["instances with fewer points than nodes"] == 2
    made = check(labels, result)
    assert np.isnan(made[0].instances[0].points["x"][4])
    assert made[0].instances[0].points["x"][3] == 7


def test_instances_are_rebuilt_where_points_follow_each_other() -> None:
    from sleap.core.frame import LabeledFrame
    from sleap.core.instance import Instance
    from sleap.core.video import Video

    fly, video = Skeleton(["a", "b"]), Video("a.mp4")
    points = np.arange(12.0).reshape(3, 2, 2) + 1
    labels = Labels(
        LabeledFrame(video, index, [Instance(fly, points[index])]) for index in range(3)
    )
    parts = parts_of(labels)
    parts.instances = Part.empty(parts.instances.rows.dtype)
    rows = rebuild_instances(parts, 2)
    assert rows is not None
    parts.instances = Part(rows, np.ones(3, bool))
    made = check(labels, mended(labels, parts))
    np.testing.assert_array_equal([frame.instances[0].numpy() for frame in made], points)
    assert rebuild_instances(parts, 3) is None


def test_nothing_makes_nothing() -> None:
    result = mend(Parts(), 0, [], 0)
    assert [len(getattr(result, name)) for name in NAMES] == [0, 0, 0, 0]
    assert count_nodes(Parts()) == []


@pytest.mark.parametrize("seed", range(40))
def test_random_numbers_never_make_tables_that_do_not_fit(labels: Labels, seed: int) -> None:
    rng = np.random.default_rng(seed)
    parts = parts_of(labels)
    for name in NAMES:
        rows = getattr(parts, name).rows
        data = rows.view(np.uint8)
        places = rng.integers(0, len(data), rng.integers(1, 20))
        data[places] = rng.choice([0, 1, 2, 255, 128], len(places))
        getattr(parts, name).is_there[:] = rng.random(len(rows)) < 0.8
    add_missing_nodes(parts, labels.skeletons)
    check(labels, mended(labels, parts))
