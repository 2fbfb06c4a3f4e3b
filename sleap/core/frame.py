"""A frame of a video with the instances on it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from attrs import define

from sleap.core.attach import attach_instances
from sleap.core.instance import Instance, PredictedInstance, instance_view
from sleap.core.store import Store
from sleap.core.tables import FloatArray
from sleap.core.video import Video
from sleap.errors import LabelsError


@define(eq=False)
class _Own:
    """What a frame holds itself while it belongs to no labels."""

    video: Video
    frame_idx: int
    instances: list[Instance]


class LabeledFrame:
    """A frame of a video and the instances on it, in order.

    Made like this it stands free; appended to labels it becomes a view of a row of their tables.

    Args:
        video: The video it lies in.
        frame_idx: Its index in that video.
        instances: Free-standing instances on it.
    """

    __slots__ = ("__weakref__", "_own", "_row", "_store")

    def __init__(self, video: Video, frame_idx: int, instances: Iterable[Instance] = ()) -> None:
        self._store: Store | None = None
        self._row = -1
        self._own: _Own | None = _Own(video, int(frame_idx), [])
        for instance in instances:
            self.append(instance)

    def __repr__(self) -> str:
        return f"LabeledFrame({self.video.name!r}, {self.frame_idx}, {len(self)} instances)"

    # -- reading --------------------------------------------------------------------------------

    @property
    def row(self) -> int:
        """Row in the table of frames of its labels; -1 while it stands free."""
        return self._row

    @property
    def is_attached(self) -> bool:
        """Whether it belongs to labels (and was not removed from them)."""
        return self._store is not None and not bool(self._store.dead_frames.rows[self._row])

    @property
    def video(self) -> Video:
        """The video it lies in."""
        if self._store is None:
            return self._free.video
        return self._store.videos[int(self._record["video"])]

    @property
    def frame_idx(self) -> int:
        """Its index in the video."""
        return int(self._free.frame_idx if self._store is None else self._record["frame_idx"])

    @property
    def instances(self) -> list[Instance]:
        """The instances on it, in order; a new list (use ``append`` and ``remove``)."""
        if self._store is None:
            return list(self._free.instances)
        return [instance_view(self._store, row) for row in self._store.members(self._row)]

    @property
    def user_instances(self) -> list[Instance]:
        """The instances set by the user."""
        return [instance for instance in self.instances if not instance.is_predicted]

    @property
    def predicted_instances(self) -> list[PredictedInstance]:
        """The instances found by a network."""
        return [one for one in self.instances if isinstance(one, PredictedInstance)]

    @property
    def has_user_instances(self) -> bool:
        """Whether the user set an instance on it."""
        return bool(self.user_instances)

    @property
    def has_predicted_instances(self) -> bool:
        """Whether a network found an instance on it."""
        return bool(self.predicted_instances)

    @property
    def unused_predictions(self) -> list[PredictedInstance]:
        """The predictions that no user instance of this frame was made from."""
        # Held, so that no other object takes the id of one while they are compared.
        origins = [instance.from_predicted for instance in self.user_instances]
        used = {id(origin) for origin in origins}
        return [one for one in self.predicted_instances if id(one) not in used]

    def numpy(self) -> FloatArray:
        """Return a copy of all points: (n_instances, n_nodes, 2) float64, pixels, NaN missing.

        With several skeletons, n_nodes is the largest, and the rest NaN.
        """
        each = [instance.numpy() for instance in self.instances]
        result = np.full((len(each), max((len(one) for one in each), default=0), 2), np.nan)
        for index, points in enumerate(each):
            result[index, : len(points)] = points
        return result

    def __len__(self) -> int:
        """Count the instances."""
        if self._store is None:
            return len(self._free.instances)
        return len(self._store.members(self._row))

    def __iter__(self) -> Iterator[Instance]:
        """Iterate over the instances."""
        return iter(self.instances)

    def __getitem__(self, index: int) -> Instance:
        """Return an instance by its place."""
        return self.instances[index]

    # -- editing --------------------------------------------------------------------------------

    def append(self, instance: Instance) -> Instance:
        """Add an instance at the end.

        Returns:
            That very instance, now on this frame; or, if it lies in labels already, its copy here.

        Raises:
            LabelsError: If this frame was removed from its labels.
        """
        if self._store is not None:
            if not self.is_attached:
                raise LabelsError(f"{self} was removed from its labels: add it again first.")
            return attach_instances(self._store, [(self._row, instance)])[0]
        if instance._own is not None:
            instance._own.frame = self
        self._free.instances.append(instance)
        return instance

    def extend(self, instances: Sequence[Instance]) -> None:
        """Add several instances at the end."""
        for instance in instances:
            self.append(instance)

    def remove(self, instance: Instance) -> None:
        """Take an instance off; its object still reads what it was.

        Raises:
            LabelsError: If it is not on this frame.
        """
        if not any(instance is member for member in self.instances):
            raise LabelsError(f"{instance} is not on {self}.")
        if self._store is not None:
            self._store.remove_instances([instance._row])
            return
        self._free.instances = [one for one in self._free.instances if one is not instance]
        if instance._own is not None:
            instance._own.frame = None

    # -- inside ---------------------------------------------------------------------------------

    @property
    def _free(self) -> _Own:
        assert self._own is not None
        return self._own

    @property
    def _record(self) -> Any:
        assert self._store is not None
        return self._store.frames.rows[self._row]

    def _become(self, store: Store, row: int) -> None:
        """Turn into the view of a row."""
        self._store, self._row, self._own = store, row, None
        store.frame_views[row] = self

    def _stand_free(self, video: Video, instances: list[Instance]) -> None:
        """Turn from the view of a removed row into a frame that holds its instances itself."""
        assert self._store is not None
        own = _Own(video, self.frame_idx, instances)
        del self._store.frame_views[self._row]
        self._store, self._row, self._own = None, -1, own


def frame_view(store: Store, row: int) -> LabeledFrame:
    """Return the view of a frame row."""
    view: LabeledFrame | None = store.frame_views.get(row)
    if view is None:
        view = object.__new__(LabeledFrame)
        view._become(store, row)
    return view


def attach_frames(store: Store, frames: Iterable[LabeledFrame]) -> list[LabeledFrame]:
    """Copy frames with their instances into the tables of a store.

    Free-standing and removed frames become the views of their new rows; those that live in
    labels are left there, and copied. The instances of a frame that is there already are
    added to it.

    Returns:
        The view of each frame, in the order given.
    """
    given = list(frames)
    contents = [frame.instances for frame in given]
    rows = _frame_rows(store, given)
    order = sorted(range(len(given)), key=rows.__getitem__)
    attach_instances(
        store, [(rows[index], instance) for index in order for instance in contents[index]]
    )
    views = []
    for frame, row in zip(given, rows, strict=True):
        if not frame.is_attached and row not in store.frame_views:
            frame._become(store, row)
        views.append(frame_view(store, row))
    return views


def _frame_rows(store: Store, frames: list[LabeledFrame]) -> list[int]:
    """Return the row for each frame, adding those that are not there in one go."""
    rows: list[int] = []
    new: dict[tuple[int, int], int] = {}
    for frame in frames:
        place = store.video_index(frame.video), frame.frame_idx
        row = store.occupancy.find(*place)
        rows.append(row if row >= 0 else new.setdefault(place, len(store.frames) + len(new)))
    if new:
        places = np.array(list(new), np.int64)
        store.add_frames(places[:, 0], places[:, 1])
    return rows
