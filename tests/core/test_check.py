from typing import Any

import numpy as np
import pytest

from sleap.core.check import Checked, check_tables, is_packed, uses_all_points
from sleap.core.labels import Labels
from sleap.core.tables import Rows
from sleap.errors import LabelsError


@pytest.fixture
def tables(labels: Labels) -> dict[str, Rows]:
    names = ("frames", "instances", "points", "pred_points")
    return dict(zip(names, (table.copy() for table in labels.to_tables()), strict=True))


def check(labels: Labels, tables: dict[str, Rows]) -> Checked:
    return check_tables(**tables, n_videos=1, skeletons=labels.skeletons, n_tracks=2)


def test_good_tables_pass_untouched(labels: Labels, tables: dict[str, Rows]) -> None:
    checked = check(labels, tables)
    assert checked.frames is tables["frames"] and checked.instances is tables["instances"]
    assert checked.points is tables["points"] and len(checked.orphans) == 0
    assert is_packed(checked.frames, len(checked.instances))
    assert uses_all_points(checked.instances, len(checked.points), len(checked.pred_points))


@pytest.mark.parametrize(
    ("table", "column", "row", "value", "match"),
    [
        ("frames", "video", 1, 1, "'frames', row 1: video outside of the 1 listed"),
        ("frames", "frame_idx", 0, 2**63, "row 0: impossible frame index"),
        ("frames", "instance_id_end", 1, 5, "row 1: instances outside of the 4 there are"),
        ("frames", "instance_id_start", 0, 2**63 + 5, "row 0: instances outside"),
        ("frames", "instance_id_start", 1, 2, "row 1: instances that another frame owns"),
        ("instances", "instance_type", 2, 2, "row 2: type other than"),
        ("instances", "skeleton", 3, 1, "row 3: skeleton outside of the 1"),
        ("instances", "track", 0, 2, "row 0: track outside of the 2"),
        ("instances", "track", 0, -2, "row 0: track outside of the 2"),
        ("instances", "point_id_end", 3, 9, "row 3: points outside of their table"),
        ("instances", "point_id_start", 3, 5, "row 3: number of points"),
    ],
)
def test_damage_is_told_by_row(
    labels: Labels,
    tables: dict[str, Rows],
    table: str,
    column: str,
    row: int,
    value: Any,
    match: str,
) -> None:
    tables[table][column][row] = value
    with pytest.raises(LabelsError, match=match):
        check(labels, tables)


def test_a_link_to_no_instance_is_dropped(labels: Labels, tables: dict[str, Rows]) -> None:
    tables["instances"]["from_predicted"] = [-1, 4, 0, -7]
    assert check(labels, tables).instances["from_predicted"].tolist() == [-1, -1, 0, -1]


def test_many_wrong_rows_are_counted(labels: Labels, tables: dict[str, Rows]) -> None:
    tables["instances"]["track"] = 7
    with pytest.raises(LabelsError, match="rows 0, 1, 2 and 1 more: track"):
        check(labels, tables)


def test_ids_other_than_rows_are_followed(labels: Labels, tables: dict[str, Rows]) -> None:
    instances = tables["instances"]
    assert instances["from_predicted"].tolist() == [-1, 0, -1, -1]
    instances["instance_id"] = [30, 10, 20, 40]
    instances["from_predicted"] = [-1, 30, 77, -1]
    instances["frame_id"] += 100
    tables["frames"]["frame_id"] += 100
    given = instances.copy()
    checked = check(labels, tables)
    assert checked.instances["from_predicted"].tolist() == [-1, 0, -1, -1]
    assert checked.instances["instance_id"].tolist() == [0, 1, 2, 3]
    assert checked.instances["frame_id"].tolist() == [0, 0, 0, 1]
    assert checked.frames["frame_id"].tolist() == [0, 1]
    assert np.array_equal(instances["instance_id"], given["instance_id"])


def test_instances_without_a_frame_are_named(labels: Labels, tables: dict[str, Rows]) -> None:
    tables["frames"]["instance_id_end"][0] = 2
    assert check(labels, tables).orphans.tolist() == [2]


def test_frames_may_own_their_instances_in_any_order(
    labels: Labels, tables: dict[str, Rows]
) -> None:
    tables["frames"]["instance_id_start"] = [1, 0]
    tables["frames"]["instance_id_end"] = [4, 1]
    checked = check(labels, tables)
    assert checked.instances["frame_id"].tolist() == [1, 0, 0, 0]
    assert not is_packed(checked.frames, len(checked.instances))


def test_points_left_over_or_shared_are_noticed(labels: Labels, tables: dict[str, Rows]) -> None:
    sizes = len(tables["points"]), len(tables["pred_points"])
    rows = tables["instances"]
    assert uses_all_points(rows, *sizes)
    assert uses_all_points(rows[::-1], *sizes)
    assert not uses_all_points(rows, sizes[0] + 1, sizes[1])
    assert not uses_all_points(rows[1:], *sizes)
    rows["point_id_start"][3], rows["point_id_end"][3] = 0, 4
    assert not uses_all_points(rows, *sizes)


def test_nothing_at_all_is_fine() -> None:
    nothing: dict[str, Any] = dict(
        zip(("frames", "instances", "points", "pred_points"), Labels().to_tables(), strict=True)
    )
    assert len(check_tables(**nothing, n_videos=0, skeletons=[], n_tracks=0).frames) == 0
