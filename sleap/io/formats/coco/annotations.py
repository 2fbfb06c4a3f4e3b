"""The table of annotations: gathered one by one into flat arrays, understood all at once.

Of a point, the third number is its flag: 0 not labeled, 1 labeled and hidden, 2 visible. Programs
that write detections put the confidence of the point there; an annotation with any other number
than these three is taken as such.
"""

import logging
import math
from array import array
from typing import Any

import numpy as np
from attrs import define

from sleap.core.tables import BoolArray, FloatArray, IntArray
from sleap.errors import FormatError

logger = logging.getLogger(__name__)

NAN = math.nan

TRACK_KEYS = ("track_id", "object_id")

USER, PREDICTED, UNKNOWN = 0, 1, 2
_SOURCES = {"user": USER, "predicted": PREDICTED}


@define(eq=False)
class Instances:
    """What the annotations say, one entry of each array for each.

    Attributes:
        places: (n,) place of the annotation in the table, of those that are kept.
        is_user: (n,) bool, whether the user set it.
        scores: (n,) confidence; NaN if unknown.
        tracking_scores: (n,) how well it fits its track; NaN if unknown.
        points: (p, 2) the points of all, one behind the other, (x, y) in pixels; NaN if missing.
        visible: (p,) bool, False for points that are missing or hidden.
        point_scores: (p,) confidence of each point; NaN if unknown.
    """

    places: IntArray
    is_user: BoolArray
    scores: FloatArray
    tracking_scores: FloatArray
    points: FloatArray
    visible: BoolArray
    point_scores: FloatArray


class AnnotationTable:
    """Collects the annotations that have keypoints.

    Attributes:
        images: Id of the image of each.
        categories: Id of the category of each.
        tracks: Id of the track of each, or None.
        n_skipped: How many have no keypoints (boxes, outlines).
    """

    def __init__(self) -> None:
        self.images: list[Any] = []
        self.categories: list[Any] = []
        self.tracks: list[Any] = []
        self.n_skipped = 0
        self._sources = bytearray()
        self._scores = array("d")
        self._tracking_scores = array("d")
        self._counts: list[int] = []
        self._values = array("d")
        self._point_scores = array("d")

    def __len__(self) -> int:
        """Count the annotations."""
        return len(self.images)

    def add(self, item: Any) -> None:
        """Take in one annotation.

        Raises:
            FormatError: If it is no object, or its keypoints are no triples of numbers.
        """
        if not isinstance(item, dict):
            raise FormatError(f"An annotation should be an object, and is {item!r:.80}.")
        values = item.get("keypoints")
        if not values:
            self.n_skipped += 1
            return
        if isinstance(values, list) and isinstance(values[0], list):
            values = [number for triple in values for number in triple]
        n_points, rest = divmod(len(values), 3) if isinstance(values, list) else (0, 1)
        if rest:
            raise FormatError(f"{_name(item)}: its keypoints should be a list of x, y, v, ...")
        if "image_id" not in item or "category_id" not in item:
            raise FormatError(f"{_name(item)} has no 'image_id' or no 'category_id'.")
        point_scores = item.get("keypoint_scores")
        if not isinstance(point_scores, list) or len(point_scores) != n_points:
            point_scores = [NAN] * n_points
        try:
            self._values.extend(values)
            self._point_scores.extend([NAN if s is None else s for s in point_scores])
        except (TypeError, OverflowError):
            raise FormatError(f"{_name(item)}: its keypoints should be numbers.") from None
        self._counts.append(n_points)
        self.images.append(item["image_id"])
        self.categories.append(item["category_id"])
        self.tracks.append(_track(item))
        self._sources.append(_SOURCES.get(item.get("source", ""), UNKNOWN))
        self._scores.append(_number(item, "score"))
        self._tracking_scores.append(_number(item, "tracking_score"))

    def check_counts(self, expected: IntArray) -> None:
        """Check that annotations have as many points as their categories.

        Args:
            expected: (n,) number of points of the category of each.

        Raises:
            FormatError: If one has more or fewer.
        """
        wrong = np.flatnonzero(np.array(self._counts, np.int64) != expected)
        if len(wrong):
            place = int(wrong[0])
            raise FormatError(
                f"An annotation of image {self.images[place]!r:.40} has {self._counts[place]} "
                f"keypoints; its category {self.categories[place]!r:.40} has "
                f"{int(expected[place])}."
            )

    def understand(self) -> Instances:
        """Tell points from flags and users from programs; leave out what has no points at all.

        An annotation without any labeled point is kept if it says where it comes from, as ours do:
        large data sets list many animals of which no point was labeled.
        """
        values = np.frombuffer(self._values).reshape(-1, 3) if self._counts else np.empty((0, 3))
        third = values[:, 2]
        counts = np.array(self._counts, np.int64)
        owners = np.repeat(np.arange(len(counts)), counts)
        sources = np.frombuffer(bytes(self._sources), np.uint8)
        scores = np.array(self._scores)

        foreign = sources == UNKNOWN
        is_flag = (third == 0) | (third == 1) | (third == 2)
        is_scored = foreign & _any(owners, ~is_flag, len(counts))
        is_user = (sources == USER) | (foreign & np.isnan(scores) & ~is_scored)
        # Detections may leave all flags 0.
        is_bare = foreign & ~is_user & ~_any(owners, third != 0, len(counts))
        by_place = (is_scored | is_bare)[owners]
        has_place = (values[:, 0] != 0) | (values[:, 1] != 0)
        is_set = np.where(by_place, has_place, third > 0) & np.isfinite(values[:, :2]).all(axis=1)

        keep = ~foreign | _any(owners, is_set, len(counts))
        kept = keep[owners]
        point_scores = np.where(is_scored[owners], third, np.array(self._point_scores))
        if not keep.all():
            logger.info("%d annotations without a labeled point are left out.", (~keep).sum())
        return Instances(
            np.flatnonzero(keep),
            is_user[keep],
            scores[keep],
            np.array(self._tracking_scores)[keep],
            np.where(is_set[:, None], values[:, :2], NAN)[kept],
            (is_set & (by_place | (third != 1)))[kept],
            point_scores[kept],
        )


def _any(owners: IntArray, mask: BoolArray, n: int) -> BoolArray:
    """Return (n,) bool: whether the mask holds for any point of each instance."""
    result = np.zeros(n, bool)
    result[owners[mask]] = True
    return result


def _track(item: dict[str, Any]) -> Any:
    """Return the id of the track; some programs keep it among the attributes."""
    attributes = item.get("attributes")
    places = [item, attributes if isinstance(attributes, dict) else {}]
    ids = [place[key] for key in TRACK_KEYS for place in places if place.get(key) is not None]
    if ids and not isinstance(ids[0], int | str | float):
        raise FormatError(f"{_name(item)}: its track {ids[0]!r:.40} should be a number or a name.")
    return ids[0] if ids else None


def _number(item: dict[str, Any], key: str) -> float:
    value = item.get(key)
    if value is None:
        return NAN
    if not isinstance(value, int | float):
        raise FormatError(f"{_name(item)}: its {key} should be a number, not {value!r:.40}.")
    return float(value)


def _name(item: dict[str, Any]) -> str:
    return f"Annotation {item.get('id', '(without id)')!r:.40}"
