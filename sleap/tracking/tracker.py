"""The tracker: gives each pose of the next frame a track, old or new."""

from collections.abc import Container
from typing import Any

import numpy as np
import numpy.typing as npt

import sleap.tracking.similarities  # noqa: F401  enters them in the registry
from sleap.core.poses import Poses
from sleap.core.skeleton import Skeleton
from sleap.core.tables import FloatArray, IntArray
from sleap.core.track import Track
from sleap.errors import OptionError
from sleap.tracking.candidates import Memory, summarize_by_track
from sleap.tracking.cleanup import BreakConnector
from sleap.tracking.culling import best_first, choose_best
from sleap.tracking.geometry import distances, median_points
from sleap.tracking.matching import MATCHER_REGISTRY
from sleap.tracking.options import TrackingOptions
from sleap.tracking.sightings import Sightings
from sleap.tracking.similarity import SIMILARITY_REGISTRY, Setting

_ALIKE = 1e-3
"""Similarities below this say little; then the nearer candidate is preferred."""
_NEARNESS = 1e-6
"""The most that nearness can add to a similarity: it only decides between equal ones."""


class Tracker:
    """Follows animals through the frames of one video, in order of time.

    Every new pose is compared with candidates, poses of the past that have a track. A track is as
    similar as its best candidate. Poses and tracks are matched; who is left begins a new track.

    Args:
        options: How to track.
        skeleton: What the poses are of; lets wrong options be refused before the first frame.
        frame_size: (height, width) of the frames, pixels, for similarities that need it where
            no images are given.
        taken_names: Names that new tracks must not get.

    Attributes:
        tracks: The tracks so far; numbers in poses are indices into it.
        kept: (k,) which of the poses given to the last ``track`` it returned: indices, ascending.

    Raises:
        OptionError: If the options choose no tracker, or do not suit the skeleton.
    """

    def __init__(
        self,
        options: TrackingOptions,
        skeleton: Skeleton | None = None,
        *,
        frame_size: tuple[int, int] | None = None,
        taken_names: Container[str] = (),
    ) -> None:
        if not options.is_on:
            raise OptionError("tracker is 'none': choose simple or flow to track.")
        spreads = options.oks_spreads
        if skeleton is not None and len(spreads) not in (1, skeleton.n_nodes):
            raise OptionError(
                f"oks_errors has {len(spreads)} numbers; expected 1, or {skeleton.n_nodes}: one "
                "for each node of the skeleton."
            )
        self.options = options
        self.tracks: list[Track] = []
        self.kept: IntArray = np.empty(0, np.int64)
        self._taken_names = taken_names
        self._n_named = 0
        self._setting = Setting(options, frame_size)
        self._compare = SIMILARITY_REGISTRY.get(options.similarity)
        self._match = MATCHER_REGISTRY.get(options.match)
        self._memory = Memory(options.track_window, per_track=options.track_limit > 0)
        self._pictures: dict[int, npt.NDArray[np.uint8]] = {}
        self._connector = (
            BreakConnector(options.target_instance_count)
            if options.post_connect_single_breaks
            else None
        )

    @property
    def needs_image(self) -> bool:
        """Whether ``track`` must be given the image of each frame."""
        return self.options.uses_flow

    def track(self, poses: Poses, image: npt.NDArray[Any] | None = None) -> Poses:
        """Give each pose of the next frame a track.

        Args:
            poses: What was found on it, perhaps nothing; tracks it may have are not looked at.
            image: (h, w) or (h, w, c) uint8, the full frame; needed if ``needs_image``.

        Returns:
            The poses that culling left (see ``kept``), with tracks (-1: none) and tracking scores:
            the similarity to the track; NaN for the first pose of a track.

        Raises:
            OptionError: If an image or the size of the frame is needed and not given.
        """
        options = self.options
        self.kept = np.arange(len(poses))
        if options.pre_cull_to_target:
            self.kept = choose_best(
                poses, options.target_instance_count, options.pre_cull_iou_threshold
            )
        found = poses.select(self.kept)
        if image is not None:
            self._setting = Setting(options, (image.shape[0], image.shape[1]))
        sightings = Sightings(found.points, found.point_scores)
        candidates, candidate_tracks = self._make_candidates(image)
        tracks, scores = self._assign(sightings, candidates, candidate_tracks)
        tracks = self._begin_tracks(found, sightings.n_visible, tracks)
        self._remember(sightings, tracks)
        found.tracks = tracks.astype(np.int32)
        found.tracking_scores = scores.astype(np.float32)
        if options.clean_instance_count:
            best = choose_best(found, options.clean_instance_count, options.clean_iou_threshold)
            self.kept = self.kept[best]
            found = found.select(best)
        return found

    def _make_candidates(self, image: npt.NDArray[Any] | None) -> tuple[Sightings | None, IntArray]:
        """Return the poses of the past, where they are expected on the new frame."""
        memory = self._memory
        if not self.options.uses_flow:
            return memory.sightings, memory.tracks
        if image is None:
            raise OptionError("Tracking by flow needs the images: give the video.")
        from sleap.tracking.flow import make_picture  # late: needs cv2

        after = make_picture(image, self.options.img_scale)
        past = memory.sightings
        tracks = memory.tracks
        if past is not None:
            past, tracks = self._shift(past, after)
        if self.options.save_shifted_instances:
            self._pictures.clear()
        self._pictures[memory.n_frames] = after
        return past, tracks

    def _shift(self, past: Sightings, after: npt.NDArray[np.uint8]) -> tuple[Sightings, IntArray]:
        """Shift the poses of the past to a new picture; drop those that are lost."""
        from sleap.tracking.flow import shift

        memory, options = self._memory, self.options
        points = np.full_like(past.points, np.nan)
        for number, before in self._pictures.items():
            chosen = (
                np.ones(len(memory), bool)
                if options.save_shifted_instances
                else memory.frames == number
            )
            points[chosen] = shift(before, after, past.points[chosen], options)
        shifted = Sightings(points, past.point_scores)
        is_lost = shifted.n_visible <= options.min_match_points
        if options.track_limit:
            # Who is lost to the flow may still stand where it was last seen.
            points[is_lost] = past.points[is_lost]
            is_lost[:] = False
        if options.save_shifted_instances:
            memory.sightings = shifted
            memory.keep(~is_lost)
            return memory.sightings, memory.tracks
        return shifted.select(~is_lost), memory.tracks[~is_lost]

    def _assign(
        self, sightings: Sightings, candidates: Sightings | None, candidate_tracks: IntArray
    ) -> tuple[IntArray, FloatArray]:
        """Match the poses of a frame with the tracks of the candidates."""
        tracks = np.full(len(sightings), -1)
        scores = np.full(len(sightings), np.nan)
        if candidates is None or len(candidates) == 0 or len(sightings) == 0:
            return tracks, scores
        similarities = self._compare(sightings, candidates, self._setting)
        by_track, columns = summarize_by_track(similarities, candidate_tracks, self.options.robust)
        cost = -by_track
        if (np.abs(np.fmin.reduce(cost, axis=1)) < _ALIKE).any():
            cost -= _NEARNESS * _nearness(sightings, candidates, candidate_tracks)
        rows, matched = self._match(cost)
        tracks[rows] = columns[matched]
        scores[rows] = by_track[rows, matched]
        return tracks, scores

    def _begin_tracks(self, found: Poses, n_visible: IntArray, tracks: IntArray) -> IntArray:
        """Begin tracks for poses without one, as far as the options allow."""
        new = np.flatnonzero((tracks < 0) & (n_visible >= self.options.min_new_track_points))
        if self.options.track_limit:
            n_free = self.options.track_limit - len(self.tracks)
            new = np.sort(new[best_first(found.scores[new].astype(np.float64))[:n_free]])
        first = len(self.tracks)
        tracks[new] = first + np.arange(len(new))
        if self._connector is not None:
            tracks = self._connector.connect(tracks)
            # Of the new tracks at most one was joined with an old one; then no other is new.
            if len(new) and not (tracks >= first).any():
                self._connector.renamed.pop(first, None)
                return tracks
        for _ in range(len(new)):
            self.tracks.append(Track(self._next_name(), found.frame_idx))
        return tracks

    def _next_name(self) -> str:
        while True:
            name = f"track_{self._n_named}"
            self._n_named += 1
            if name not in self._taken_names:
                return name

    def _remember(self, sightings: Sightings, tracks: IntArray) -> None:
        is_worth = tracks >= 0
        if self.options.min_match_points:
            is_worth &= sightings.n_visible >= self.options.min_match_points
        if not is_worth.all():
            sightings, tracks = sightings.select(is_worth), tracks[is_worth]
        memory = self._memory
        memory.remember(sightings, tracks)
        if self._pictures and not self.options.save_shifted_instances:
            in_use = set(memory.frames.tolist())
            self._pictures = {
                number: picture for number, picture in self._pictures.items() if number in in_use
            }


def _nearness(new: Sightings, past: Sightings, tracks: IntArray) -> FloatArray:
    """Return (n, t) from 0, far, to 1, there, of the nearest candidate of each track."""
    apart = distances(median_points(new.points), median_points(past.points))
    nearest, _ = summarize_by_track(-apart, tracks)
    result: FloatArray = np.nan_to_num(1 / (1 - nearest))
    return result
