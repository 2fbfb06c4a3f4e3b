"""Videos, skeletons and tracks: listed, changed, taken off."""

from typing import Any

import numpy as np

from sleap.core.skeleton import Skeleton
from sleap.core.tables import IntArray
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.editing.changes.items import AddItems, RemoveItems, SetAttributes
from sleap.editing.changes.skeleton import ChangeNodes, SetSkeletonShape, Shape
from sleap.editing.primitives.around import AroundPrimitives
from sleap.editing.primitives.recording import RowsLike
from sleap.editing.primitives.rows import RowPrimitives
from sleap.editing.primitives.values import ValuePrimitives
from sleap.errors import LabelsError

Item = Video | Skeleton | Track

_OF = {Video: "videos", Skeleton: "skeletons", Track: "tracks"}


class ItemPrimitives(RowPrimitives, ValuePrimitives, AroundPrimitives):
    """What changes the three lists and what is on them."""

    def number_of(self, item: Item) -> int:
        """Return the number of a video, skeleton or track.

        Raises:
            LabelsError: If the labels do not have it.
        """
        number = self.store.find_in(getattr(self.store, _OF[type(item)]), item)
        if number < 0:
            raise LabelsError(f"These labels have no {item}.")
        return number

    def add_video(self, video: Video) -> int:
        """Add a video at the end of the list, unless it is there; return its number."""
        return self._add_item(video)

    def add_skeleton(self, skeleton: Skeleton) -> int:
        """Add a skeleton at the end of the list, unless it is there; return its number."""
        return self._add_item(skeleton)

    def add_track(self, track: Track) -> int:
        """Add a track at the end of the list, unless it is there; return its number."""
        return self._add_item(track)

    def _add_item(self, item: Item) -> int:
        of = _OF[type(item)]
        items = getattr(self.store, of)
        number = self.store.find_in(items, item)
        if number < 0:
            number = len(items)
            self.record(AddItems(of, number, (item,)))
        return number

    def remove_tracks(self, numbers: RowsLike, *, with_instances: bool = False) -> int:
        """Take tracks off the list.

        Args:
            numbers: Which.
            with_instances: Whether their instances go, too; else they are left without a track.

        Returns:
            How many instances had one of them.
        """
        places = self._places("tracks", numbers)
        rows = self.store.live_instances
        rows = rows[np.isin(self.store.instances.rows["track"][rows], places)]
        if with_instances:
            self.remove_instances(rows)
        else:
            self.set_values("instances", "track", rows, -1)
        if len(places):
            self.record(RemoveItems.make(self.labels, "tracks", places))
        return len(rows)

    def remove_skeletons(self, numbers: RowsLike) -> None:
        """Take skeletons off the list.

        Raises:
            LabelsError: If there are instances of one.
        """
        places = self._places("skeletons", numbers)
        used = np.unique(self.store.instances.rows["skeleton"][self.store.live_instances])
        if len(blocked := np.intersect1d(used, places)):
            raise LabelsError(
                f"Cannot remove {self.labels.skeletons[int(blocked[0])]}: there are instances of "
                "it. Remove them first."
            )
        if len(places):
            self.record(RemoveItems.make(self.labels, "skeletons", places))

    def remove_videos(self, numbers: RowsLike) -> None:
        """Take videos off the list, with their frames, suggestions and negative anchors."""
        places = self._places("videos", numbers)
        if not len(places):
            return
        frames = self.store.live_frames
        self.remove_frames(frames[np.isin(self.store.frames.rows["video"][frames], places)])
        gone = {id(self.labels.videos[place]) for place in places.tolist()}
        self.set_suggestions([one for one in self.labels.suggestions if id(one.video) not in gone])
        self.set_negative_anchors(
            {
                number - int(np.searchsorted(places, number)): anchors
                for number, anchors in self.labels.negative_anchors.items()
                if number not in places
            }
        )
        self.record(RemoveItems.make(self.labels, "videos", places))

    def set_attributes(self, item: Video | Track, **values: Any) -> None:
        """Set attributes of a video or track that is on its list."""
        changed = {
            name: value for name, value in values.items() if _differs(getattr(item, name), value)
        }
        if changed:
            number = self.number_of(item)
            old = {name: getattr(item, name) for name in changed}
            self.record(SetAttributes(_OF[type(item)], number, old, changed))

    def set_skeleton(
        self, skeleton: Skeleton, draft: Skeleton, sources: RowsLike | None = None
    ) -> None:
        """Make a skeleton what a draft of it is, and change the points of its instances with it.

        Args:
            skeleton: A skeleton of the labels.
            draft: What it is to be; copied.
            sources: (n_new_nodes,) the index that each node of the draft has in the skeleton, -1
                if it is new. None: they are known by name; if as many have other names, they
                were renamed.

        Raises:
            LabelsError: If the labels do not have the skeleton.
        """
        number, n_old = self.number_of(skeleton), skeleton.n_nodes
        old, new = Shape.of(skeleton), Shape.of(draft)
        if sources is None:
            places = {name: place for place, name in enumerate(old.nodes)}
            is_renamed = draft.n_nodes == n_old and set(new.nodes) != set(old.nodes)
            sources = range(n_old) if is_renamed else [places.get(name, -1) for name in new.nodes]
        origins = np.asarray(sources, np.int64)
        if not np.array_equal(origins, np.arange(n_old)):
            self.record(ChangeNodes(number, old, new, origins))
        elif old != new:
            self.record(SetSkeletonShape(number, old, new))

    def _places(self, of: str, numbers: RowsLike) -> IntArray:
        places = np.unique(np.asarray(numbers, np.int64))
        n_items = len(getattr(self.store, of))
        if len(places) and (places[0] < 0 or places[-1] >= n_items):
            raise LabelsError(f"There are {n_items} {of}: none has number {places[-1]}.")
        return places


def _differs(a: Any, b: Any) -> bool:
    if isinstance(a, np.ndarray) or isinstance(b, np.ndarray):
        return not np.array_equal(a, b)
    return bool(type(a) is not type(b) or a != b)
