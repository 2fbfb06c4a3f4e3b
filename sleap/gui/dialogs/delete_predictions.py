"""Which predictions to delete, with the live count of what would go.

The answer is a ``Choice`` of ``sleap.core.choice``, for the edit ``delete_chosen``; nothing is
deleted here. What is chosen of a million instances is counted in a thread: it takes a second.
"""

from collections.abc import Callable
from typing import Any

import attrs
from attrs import field, frozen
from qtpy.QtWidgets import QWidget

from sleap.core.choice import Area, Choice
from sleap.core.labels import Labels
from sleap.core.tables import PREDICTED, USER
from sleap.core.video import Video
from sleap.errors import SleapError
from sleap.gui.dialogs.base import Dialog, count
from sleap.gui.forms import Form

KINDS = {"predicted": PREDICTED, "user": USER, "all": None}
LAST_FRAME = 2**31
AT_ONCE = 50_000
"""Up to so many instances are counted without a thread."""

NO_TRACK = "no track"
ANY_TRACK = "any track"

_WHERE = {"video": "The current video", "all": "All videos", "range": "The selected frames"}


def _where(*known: str, default: str = "all") -> Any:
    return field(
        default=default,
        metadata={
            "title": "In",
            "help": "Where instances are deleted",
            "choices": known,
            "texts": _WHERE,
        },
    )


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


class DeleteDialog(Dialog[Choice]):
    """Asks for conditions, and tells how many instances meet them.

    Args:
        parent: The window it belongs to.
        title: What is deleted.
        options: The class of the conditions; an instance is shown as it is.
        place: What the conditions are about.
    """

    def __init__(self, parent: QWidget | None, title: str, options: Any, place: Place) -> None:
        super().__init__(title, parent, accept="&Delete")
        self.place = place
        without = ["where"] if place.video is None else []
        choices = {"track": [ANY_TRACK, NO_TRACK, *place.track_names]}
        if place.frame_range is None:
            choices["where"] = [one for one in _WHERE if one != "range"]
        self.form: Form[Any] = Form(
            options, without=without, choices=_texts(options, choices), taken="cd"
        )
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self.form.changed.connect(self._count)
        self.n_chosen = 0
        self._turn = 0
        self._count()
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("x") * 62)

    def value(self) -> Choice:
        """Return the conditions."""
        choice: Choice = self.form.value().choice(self.place)
        return choice

    def _count(self) -> None:
        """Count anew, in a thread where there is much to count."""
        self._turn += 1
        try:
            choice = self.value()
        except SleapError:
            self.allow("Correct what is marked above.")
            return
        turn, store = self._turn, self.place.labels.store
        if len(store.instances) <= AT_ONCE:
            self._show(turn, len(choice.rows(store)))
            return
        self.ok.setEnabled(False)
        self.say("Counting…")
        self.work(
            "Count instances",
            lambda progress: len(choice.rows(store)),
            lambda n_chosen: self._show(turn, n_chosen),
        )

    def _show(self, turn: int, n_chosen: int) -> None:
        if turn != self._turn:  # the form was changed meanwhile
            return
        self.n_chosen = n_chosen
        self.allow()
        self.ok.setEnabled(n_chosen > 0)
        if n_chosen:
            self.say(f"{count(n_chosen, 'instance')} would be deleted. Undo brings them back.")
        else:
            self.say("No instance matches; nothing would be deleted.")


def _texts(options: Any, choices: dict[str, list[str]]) -> dict[str, list[str]]:
    cls = options if isinstance(options, type) else type(options)
    known = {one.name: one.metadata.get("choices") for one in attrs.fields(cls)}
    kept = {}
    for name, values in choices.items():
        if name in known:
            kept[name] = [one for one in known[name] or values if one in values]
    return kept


def _asker(title: str, options: type) -> Callable[..., Choice | None]:
    def ask(
        parent: QWidget | None,
        labels: Labels,
        video: Video | None = None,
        frame_range: tuple[int, int] | None = None,
    ) -> Choice | None:
        return DeleteDialog(parent, title, options, Place(labels, video, frame_range)).ask()

    ask.__doc__ = f"""{title}: ask for the conditions; for the edit ``delete_chosen``."""
    return ask


def ask_area(
    parent: QWidget | None,
    labels: Labels,
    video: Video,
    area: Area,
    frame_range: tuple[int, int] | None = None,
) -> Choice | None:
    """Ask on which frames to delete the predictions in a rectangle that was drawn.

    Args:
        parent: The window it belongs to.
        labels: The labels.
        video: The current video.
        area: (x0, y0, x1, y1) pixels of the full frame.
        frame_range: The selected frames, first and last; None for none.
    """
    place = Place(labels, video, frame_range)
    return DeleteDialog(parent, "Delete predictions in area", InArea(area=area), place).ask()


ask_low_score = _asker("Delete predictions with low score", LowScore)
ask_instance_limit = _asker("Delete predictions beyond instance limit", BeyondInstanceLimit)
ask_frame_limit = _asker("Delete predictions beyond frame limit", BeyondFrameLimit)
ask_custom = _asker("Delete instances", Custom)
