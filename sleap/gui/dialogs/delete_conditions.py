"""Which predictions to delete: classes of conditions, shown as forms, that make a ``Choice``."""

from typing import Any

import attrs
from attrs import field, frozen

from sleap.core.choice import Area, Choice
from sleap.core.labels import Labels
from sleap.core.tables import PREDICTED, USER
from sleap.core.video import Video

KINDS = {"predicted": PREDICTED, "user": USER, "all": None}
LAST_FRAME = 2**31
NO_TRACK = "no track"
ANY_TRACK = "any track"

PLACES = {"video": "The current video", "all": "All videos", "range": "The selected frames"}


def _where(*known: str, default: str = "all") -> Any:
    return field(
        default=default,
        metadata={
            "title": "In",
            "help": "Where instances are deleted",
            "choices": known,
            "texts": PLACES,
        },
    )


@frozen(kw_only=True)
class All:
    """All predictions."""

    where: str = _where("all", "video")

    def choice(self, place: "Place") -> Choice:
        """Return the conditions."""
        return place.limit(self.where, Choice(kind=PREDICTED))


@frozen(kw_only=True)
class LowScore:
    """Predictions with a low score."""

    score: float = field(
        default=1.0,
        metadata={
            "title": "Score below",
            "help": "Predictions with a smaller score are deleted, and those without any",
            "limits": (0, 100),
            "step": 0.1,
        },
    )
    where: str = _where("all", "video")

    def choice(self, place: "Place") -> Choice:
        """Return the conditions."""
        return place.limit(self.where, Choice(kind=PREDICTED, score_below=self.score))


@frozen(kw_only=True)
class BeyondInstanceLimit:
    """Predictions beyond a number of instances on a frame."""

    limit: int = field(
        default=3,
        metadata={
            "title": "Keep on each frame",
            "help": "The best of each frame are kept, so many; the others are deleted",
            "limits": (1, 100),
            "unit": "predictions",
        },
    )
    where: str = _where("all", "video")

    def choice(self, place: "Place") -> Choice:
        """Return the conditions."""
        return place.limit(self.where, Choice(kind=PREDICTED, rank_limit=self.limit))


@frozen(kw_only=True)
class BeyondFrameLimit:
    """Predictions after a frame."""

    last: int = field(
        default=1,
        metadata={
            "title": "After frame",
            "help": "Predictions on later frames are deleted; frames are counted from 1",
            "limits": (0, None),
        },
    )
    where: str = _where("all", "video", default="video")

    def choice(self, place: "Place") -> Choice:
        """Return the conditions."""
        later = Choice(kind=PREDICTED, frame_range=(self.last, LAST_FRAME))
        return place.limit(self.where, later)


@frozen(kw_only=True)
class InArea:
    """Predictions that lie in a rectangle with all their points."""

    area: Area = field(metadata={"is_hidden": True})
    """(x0, y0, x1, y1) pixels of the full frame, in any order of the corners."""
    where: str = _where("video", "range", default="video")

    def choice(self, place: "Place") -> Choice:
        """Return the conditions."""
        (x0, x1), (y0, y1) = sorted(self.area[::2]), sorted(self.area[1::2])
        return place.limit(self.where, Choice(kind=PREDICTED, area=(x0, y0, x1, y1)))


@frozen(kw_only=True)
class Custom:
    """Instances that meet all of some conditions."""

    kind: str = field(
        default="predicted",
        metadata={
            "title": "Instances",
            "help": "What kind of instances are deleted",
            "choices": tuple(KINDS),
            "texts": ("Predicted", "User", "Predicted and user"),
        },
    )
    where: str = _where("all", "video", "range", default="video")
    track: str = field(
        default=ANY_TRACK,
        metadata={"title": "Track", "help": "Only instances of this track", "is_track": True},
    )

    def choice(self, place: "Place") -> Choice:
        """Return the conditions."""
        choice = place.limit(self.where, Choice(kind=KINDS[self.kind]))
        if self.track == ANY_TRACK:
            return choice
        number = -1 if self.track == NO_TRACK else place.track_names.index(self.track)
        return attrs.evolve(choice, tracks=[number])


@frozen
class Place:
    """What the conditions are about.

    Args:
        labels: The labels.
        video: The current video; None if there is none.
        frame_range: The selected frames of it, first and last; None for none.
    """

    labels: Labels = field(repr=False)
    video: Video | None = None
    frame_range: tuple[int, int] | None = None

    @property
    def track_names(self) -> list[str]:
        """Names of the tracks, each of them another: those of one name get a number."""
        names: list[str] = []
        for track in self.labels.tracks:
            name, number = track.name, 2
            while name in names or name in (NO_TRACK, ANY_TRACK):
                name, number = f"{track.name} ({number})", number + 1
            names.append(name)
        return names

    def limit(self, where: str, choice: Choice) -> Choice:
        """Narrow a choice to "all", "video" or "range"."""
        if where == "all" or self.video is None:
            return choice
        number = self.labels.store.find_in(self.labels.videos, self.video)
        if where == "range":
            return attrs.evolve(choice, video=number, frame_range=self.frame_range)
        return attrs.evolve(choice, video=number)
