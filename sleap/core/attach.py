"""Instances copied into the tables of labels."""

from collections.abc import Iterable

import numpy as np

from sleap.core.instance import Instance, instance_view
from sleap.core.store import Store
from sleap.core.tables import INSTANCES, POINTS, PRED_POINTS, PREDICTED, USER, Rows
from sleap.errors import LabelsError


def attach_instances(store: Store, instances: Iterable[tuple[int, Instance]]) -> list[Instance]:
    """Copy instances into the tables of a store.

    Free-standing and removed instances become the views of their new rows; those that live in
    labels are left there, and copied.

    Args:
        store: Where to.
        instances: (frame row, instance) by ascending frame row.

    Returns:
        The view of each new row, in the order given.

    Raises:
        LabelsError: If an instance was made before its skeleton got the nodes it has now.
    """
    pairs = list(instances)
    if not pairs:
        return []
    for _, one in pairs:
        if len(one) != one.skeleton.n_nodes:
            raise LabelsError(
                f"{one} does not fit {one.skeleton}, whose nodes have changed since: make it anew."
            )
    rows = np.zeros(len(pairs), INSTANCES)
    rows["frame_id"] = [frame for frame, _ in pairs]
    given = [instance for _, instance in pairs]
    rows["instance_type"] = [PREDICTED if one.is_predicted else USER for one in given]
    rows["skeleton"] = [store.skeleton_index(one.skeleton) for one in given]
    rows["track"] = [store.track_index(one.track) for one in given]
    rows["score"] = [one.score for one in given]
    rows["tracking_score"] = [one.tracking_score for one in given]
    points: list[Rows] = []
    for kind, dtype in ((USER, POINTS), (PREDICTED, PRED_POINTS)):
        chosen = np.flatnonzero(rows["instance_type"] == kind)
        blocks = [given[index].points for index in chosen.tolist()]
        ends = np.cumsum([len(block) for block in blocks], dtype=np.int64)
        rows["point_id_end"][chosen] = ends
        rows["point_id_start"][chosen[1:]] = ends[:-1]
        points.append(np.concatenate(blocks) if blocks else np.empty(0, dtype))

    first = len(store.instances)
    new_rows = {id(one): first + index for index, one in enumerate(given)}
    rows["from_predicted"] = [_origin_row(store, one, new_rows) for one in given]
    store.add_instances(rows, points[0], points[1])
    views = []
    for row, one in enumerate(given, first):
        if one.is_attached:
            views.append(instance_view(store, row))
        else:
            one._become(store, row)
            views.append(one)
    return views


def _origin_row(store: Store, instance: Instance, new_rows: dict[int, int]) -> int:
    origin = instance._origin()
    if origin is None:
        return -1
    if id(origin) in new_rows:
        return new_rows[id(origin)]
    return origin._row if origin._store is store else -1
