"""The videos, skeletons and tracks of labels, changed together with all rows that name them."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from sleap.core import nodes, renumber, swap
from sleap.core.frame_list import FrameList
from sleap.core.skeleton import Skeleton
from sleap.core.suggestion import SuggestionFrame
from sleap.core.tables import IntArray
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.errors import LabelsError

Anchors = dict[int, list[tuple[int, float, float]]]


class EditableLists(FrameList):
    """The part of ``Labels`` that changes its three lists.

    Labels made by ``copy`` share these objects: a skeleton changed here no longer fits the
    instances there.
    """

    suggestions: list[SuggestionFrame]
    negative_anchors: Anchors

    # -- nodes ----------------------------------------------------------------------------------

    def add_node(self, name: str, skeleton: Skeleton | None = None) -> None:
        """Add a node at the end of a skeleton; its points are missing on all instances.

        Args:
            name: Name of the node.
            skeleton: Which; None: the first.

        Raises:
            LabelsError: If the name is taken.
        """
        self.add_nodes([name], skeleton)

    def add_nodes(self, names: Iterable[str], skeleton: Skeleton | None = None) -> None:
        """Add nodes at the end of a skeleton, as ``add_node``, all at once or none.

        Raises:
            LabelsError: If a name is taken.
        """
        nodes.add_nodes(self.store, skeleton or self.skeleton, names)

    def remove_node(self, node: str | int, skeleton: Skeleton | None = None) -> None:
        """Take a node out of a skeleton, with its edges and with its points on all instances.

        Raises:
            LabelsError: If there is no such node.
        """
        nodes.remove_node(self.store, skeleton or self.skeleton, node)

    def reorder_nodes(self, order: Iterable[str | int], skeleton: Skeleton | None = None) -> None:
        """Put the nodes of a skeleton, and the points of all instances, into another order.

        Args:
            order: All nodes, by name or index, in their new order.
            skeleton: Which; None: the first.

        Raises:
            LabelsError: If the order does not name each node once.
        """
        nodes.reorder_nodes(self.store, skeleton or self.skeleton, order)

    def rename_node(self, old: str, new: str, skeleton: Skeleton | None = None) -> None:
        """Give a node another name.

        Raises:
            LabelsError: If there is no node ``old``, or ``new`` is taken.
        """
        (skeleton or self.skeleton).rename_node(old, new)

    # -- tracks ---------------------------------------------------------------------------------

    def transpose_tracks(
        self,
        a: Track | None,
        b: Track | None,
        from_frame: int = 0,
        video: Video | None = None,
        to_frame: int | None = None,
    ) -> IntArray:
        """Let the instances of two tracks exchange their tracks, from a frame on.

        Args:
            a: A track; None: instances without a track.
            b: The other.
            from_frame: Index of the first frame that is changed.
            video: In this video; None: the first.
            to_frame: Index of the last frame that is changed; None: to the end.

        Returns:
            (n,) the rows of the instances that were changed.

        Raises:
            LabelsError: If the labels have no such track or video.
        """
        number = self._place(self.videos, video or self.video)
        first, second = (
            -1 if track is None else self._place(self.tracks, track) for track in (a, b)
        )
        return swap.transpose_tracks(self.store, first, second, number, from_frame, to_frame)

    def merge_tracks(self, into: Track, others: Iterable[Track]) -> None:
        """Make several tracks one, and take the others off the list.

        Raises:
            LabelsError: If the labels have no such track, or two of them are on one frame.
        """
        numbers = [self._place(self.tracks, track) for track in others]
        renumber.merge_tracks(self.store, self._place(self.tracks, into), numbers)

    def remove_tracks(self, tracks: Iterable[Track], *, with_instances: bool = False) -> int:
        """Take tracks off the list.

        Args:
            tracks: Which.
            with_instances: Whether their instances go, too; else they are left without a track.

        Returns:
            How many instances had one of them.

        Raises:
            LabelsError: If the labels have no such track.
        """
        numbers = [self._place(self.tracks, track) for track in tracks]
        rows = self.instance_rows()
        rows = rows[np.isin(self.store.instances.rows["track"][rows], numbers)]
        if with_instances:
            self.store.remove_instances(rows)
        renumber.remove_tracks(self.store, numbers)
        return len(rows)

    def remove_unused_tracks(self) -> list[Track]:
        """Take the tracks that no instance has off the list, and return them."""
        unused = np.flatnonzero(~renumber.used_tracks(self.store)).tolist()
        removed = [self.tracks[number] for number in unused]
        renumber.remove_tracks(self.store, unused)
        return removed

    # -- videos and skeletons -------------------------------------------------------------------

    def remove_video(self, video: Video) -> None:
        """Take a video off the list, with all that lies in it, as ``remove_videos``."""
        self.remove_videos([video])

    def remove_videos(self, videos: Iterable[Video]) -> None:
        """Take videos off the list, with their frames, suggestions and negative anchors.

        Raises:
            LabelsError: If the labels have no such video.
        """
        gone = [self.videos[self._place(self.videos, video)] for video in videos]
        new = renumber.remove_videos(self.store, [self._place(self.videos, one) for one in gone])
        self.suggestions[:] = [
            one for one in self.suggestions if all(one.video is not video for video in gone)
        ]
        anchors = {
            int(new[number]): places
            for number, places in self.negative_anchors.items()
            if number < len(new) and new[number] >= 0
        }
        self.negative_anchors.clear()
        self.negative_anchors.update(anchors)

    def remove_skeletons(self, skeletons: Iterable[Skeleton]) -> None:
        """Take skeletons off the list.

        Raises:
            LabelsError: If the labels have no such skeleton, or have instances of it.
        """
        numbers = [self._place(self.skeletons, skeleton) for skeleton in skeletons]
        renumber.remove_skeletons(self.store, numbers)

    def remove_unused_skeletons(self) -> list[Skeleton]:
        """Take the skeletons that no instance has off the list, and return them."""
        unused = np.flatnonzero(~renumber.used_skeletons(self.store)).tolist()
        removed = [self.skeletons[number] for number in unused]
        renumber.remove_skeletons(self.store, unused)
        return removed

    def _place(self, items: list[Any], item: object) -> int:
        place = self.store.find_in(items, item)
        if place < 0:
            raise LabelsError(f"These labels have no {item}.")
        return place
