"""Tables of DeepLabCut as labels.

An individual is a track, and of each row that has a point of it an instance. The individual
``single`` is an instance without a track, of a skeleton of its own. Tables with likelihoods hold
predictions: the score of an instance is the mean likelihood of its points. Images without any
point become suggestions: they were chosen for labeling.
"""

import warnings
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import define, field

from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.suggestion import SuggestionFrame
from sleap.core.tables import FloatArray, IntArray
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.errors import LabelsError
from sleap.io.assembly import UNDATED, Columns
from sleap.io.formats.deeplabcut.table import SINGLE, Table
from sleap.io.formats.deeplabcut.videos import Shot

ANIMAL, UNIQUE = 0, 1


@define(eq=False)
class _Part:
    """The instances of some tables: one entry of each array per instance."""

    frames: IntArray
    places: IntArray
    skeletons: IntArray
    tracks: IntArray
    points: FloatArray
    likelihoods: FloatArray
    is_user: bool


@define(eq=False)
class Builder:
    """Collects tables, then makes labels of all.

    Args:
        bodyparts: Of an animal, in order, as far as known before the tables are read.
        unique: Body parts that exist once, as far as known.
    """

    bodyparts: list[str] = field(factory=list)
    unique: list[str] = field(factory=list)
    _shots: list[tuple[Table | None, Shot]] = field(factory=list, init=False)

    def add(self, table: Table, shots: Iterable[Shot]) -> None:
        """Take in a table with its videos."""
        for number, individual in enumerate(table.individuals):
            known = self.unique if individual == SINGLE else self.bodyparts
            own = [
                name for name, has in zip(table.bodyparts, table.has[number], strict=True) if has
            ]
            known += [name for name in own if name not in known]
        self._shots += [(table, shot) for shot in shots]

    def add_images(self, video: Video, n_images: int) -> None:
        """Take in a video of which nothing is labeled yet."""
        self._shots.append((None, Shot(video, [], [], list(range(n_images)))))

    def build(
        self, edges: Iterable[tuple[str, str]] = (), provenance: Mapping[str, Any] | None = None
    ) -> Labels:
        """Make labels.

        Args:
            edges: Names of the ends of edges; those that have not both ends are left out.
            provenance: Where the labels come from.

        Raises:
            LabelsError: If body parts have no names, or the rows no possible frame index.
        """
        skeletons = self._skeletons(list(edges))
        individuals = dict.fromkeys(
            name
            for table, _ in self._shots
            if table is not None
            for name in table.individuals
            if name not in ("", SINGLE)
        )
        numbers = {name: number for number, name in enumerate(individuals)}
        videos = [shot.video for _, shot in self._shots]
        frame_videos: list[int] = []
        frame_indices: list[int] = []
        parts: list[_Part] = []
        suggestions: list[SuggestionFrame] = []
        for number, (table, shot) in enumerate(self._shots):
            labeled: list[int] = []
            if table is not None:
                part, labeled = self._gather(table, shot, len(frame_videos), numbers)
                parts += part
            frame_videos += [number] * len(labeled)
            frame_indices += labeled
            empty = {*shot.others, *np.asarray(shot.frame_indices).tolist()} - set(labeled)
            if table is None or isinstance(table.index, list):
                suggestions += [SuggestionFrame(shot.video, index) for index in sorted(empty)]
        labels = _join(parts, frame_videos, frame_indices, skeletons).to_labels(
            videos, skeletons, [Track(name, UNDATED) for name in individuals], provenance
        )
        labels.suggestions += suggestions
        return labels

    def _skeletons(self, edges: Sequence[tuple[str, str]]) -> list[Skeleton]:
        skeletons = []
        for name, nodes in (("Skeleton-0", self.bodyparts), (SINGLE, self.unique)):
            own = dict.fromkeys(
                e for e in edges if e[0] in nodes and e[1] in nodes and e[0] != e[1]
            )
            skeletons.append(Skeleton(nodes, own, name=name))
        return skeletons if self.unique else skeletons[:1]

    def _gather(
        self, table: Table, shot: Shot, n_before: int, tracks: Mapping[str, int]
    ) -> tuple[list[_Part], list[int]]:
        """Return the instances of a video by kind of skeleton, and its labeled frames in order."""
        rows = np.asarray(shot.rows, np.int64)
        indices = np.asarray(shot.frame_indices, np.int64)
        is_set = ~np.isnan(table.points[rows][..., 0])
        labeled, frames = np.unique(indices, return_inverse=True)
        used = np.zeros(len(labeled), bool)
        used[frames[is_set.any(axis=(1, 2))]] = True
        frames = (np.cumsum(used) - 1)[frames] + n_before
        kinds = np.array([name == SINGLE for name in table.individuals])
        parts = []
        for kind, names in ((ANIMAL, self.bodyparts), (UNIQUE, self.unique)):
            chosen = np.flatnonzero(kinds == bool(kind))
            places, members = np.nonzero(is_set[:, chosen].any(axis=2))
            if not len(places):
                continue
            own = [names.index(part) for part in table.bodyparts if part in names]
            theirs = [place for place, part in enumerate(table.bodyparts) if part in names]
            points = np.full((len(places), len(names), 2), np.nan)
            likelihoods = np.full((len(places), len(names)), np.nan)
            pick = rows[places], chosen[members]
            points[:, own] = table.points[pick][:, theirs]
            if table.likelihoods is not None:
                likelihoods[:, own] = table.likelihoods[pick][:, theirs]
            numbers = np.array([tracks.get(name, -1) for name in table.individuals])
            parts.append(
                _Part(
                    frames[places],
                    chosen[members],
                    np.full(len(places), kind),
                    numbers[chosen[members]],
                    points,
                    likelihoods,
                    table.likelihoods is None,
                )
            )
        return parts, labeled[used].tolist()


def _join(
    parts: Sequence[_Part],
    frame_videos: list[int],
    frame_indices: list[int],
    skeletons: Sequence[Skeleton],
) -> Columns:
    """Put parts together, the instances of a frame in the order of the individuals."""
    if not parts:
        nothing = np.empty(0)
        none = np.empty(0, bool)
        points = np.empty((0, 2))
        return Columns(
            *(frame_videos, frame_indices, nothing, none, nothing, nothing, nothing),
            *(points, none, nothing),
        )
    if any(skeleton.n_nodes == 0 for skeleton in skeletons[: len(parts)]):
        raise LabelsError("The body parts of an instance have no names.")
    frames = np.concatenate([part.frames for part in parts])
    order = np.lexsort((np.concatenate([part.places for part in parts]), frames))
    sizes = [part.points.shape[1] for part in parts]
    counts = np.repeat(sizes, [len(part.frames) for part in parts])
    starts = np.cumsum(counts) - counts
    counts = counts[order]
    ends = np.cumsum(counts)
    source = np.repeat(starts[order] - (ends - counts), counts) + np.arange(ends[-1])
    points = np.concatenate([part.points.reshape(-1, 2) for part in parts])[source]
    return Columns(
        videos=frame_videos,
        frame_indices=frame_indices,
        frames=frames[order],
        is_user=np.repeat([p.is_user for p in parts], [len(p.frames) for p in parts])[order],
        skeletons=np.concatenate([part.skeletons for part in parts])[order],
        tracks=np.concatenate([part.tracks for part in parts])[order],
        scores=np.concatenate([_mean(part.points, part.likelihoods) for part in parts])[order],
        points=points,
        visible=~np.isnan(points[:, 0]),
        point_scores=np.concatenate([part.likelihoods.reshape(-1) for part in parts])[source],
    )


def _mean(points: FloatArray, likelihoods: FloatArray) -> FloatArray:
    """Return (n,) the mean likelihood of the points that are set; NaN where none is known."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # of nothing but NaN
        known = np.where(np.isnan(points[..., 0]), np.nan, likelihoods)
        means: FloatArray = np.nanmean(known, axis=1)
        return means
