"""Which predictions to delete, with the live count of what would go.

The answer is a ``Choice`` of ``sleap.core.choice``, for the edit ``delete_chosen``; nothing is
deleted here. What is chosen of a million instances is counted in a thread: it takes a second.
"""

from collections.abc import Callable
from typing import Any

import attrs
from qtpy.QtWidgets import QLabel, QWidget

from sleap.core.choice import Area, Choice
from sleap.core.labels import Labels
from sleap.core.video import Video
from sleap.errors import SleapError
from sleap.gui.dialogs.base import Dialog, count
from sleap.gui.dialogs.delete_conditions import (
    ANY_TRACK,
    NO_TRACK,
    PLACES,
    All,
    BeyondFrameLimit,
    BeyondInstanceLimit,
    Custom,
    InArea,
    LowScore,
    Place,
)
from sleap.gui.forms import Form

AT_ONCE = 50_000
"""Up to so many instances are counted without a thread."""


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
            choices["where"] = [one for one in PLACES if one != "range"]
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


def ask_frame_limit(
    parent: QWidget | None,
    labels: Labels,
    video: Video | None = None,
    frame_range: tuple[int, int] | None = None,
    *,
    last: int = 1,
) -> Choice | None:
    """Ask after which frame to delete predictions.

    Args:
        parent: The window it belongs to.
        labels: The labels.
        video: The current video.
        frame_range: The selected frames, first and last; None for none.
        last: The last frame to keep that is proposed, counted from 1.
    """
    place = Place(labels, video, frame_range)
    options = BeyondFrameLimit(last=last)
    return DeleteDialog(parent, "Delete predictions beyond frame limit", options, place).ask()


class ConfirmDialog(Dialog[bool]):
    """Says how many predictions would be deleted, and where.

    Args:
        parent: The window it belongs to.
        title: What is deleted.
        n_chosen: How many.
        where: Where they lie: "on the selected frames 2 to 9".
    """

    def __init__(self, parent: QWidget | None, title: str, n_chosen: int, where: str) -> None:
        super().__init__(title, parent, accept="&Delete")
        verb = "lies" if n_chosen == 1 else "lie"
        text = QLabel(f"{count(n_chosen, 'prediction')} of this video {verb} {where}.")
        text.setWordWrap(True)
        self.body.addWidget(text)
        self.ok.setEnabled(n_chosen > 0)
        self.say("Undo brings them back." if n_chosen else "Nothing would be deleted.")
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("x") * 62)

    def value(self) -> bool:
        """Return True: they are deleted."""
        return True


def confirm_deletion(parent: QWidget | None, title: str, n_chosen: int, where: str) -> bool:
    """Say how many predictions would be deleted, and ask whether to do so."""
    return bool(ConfirmDialog(parent, title, n_chosen, where).ask())


ask_all = _asker("Delete all predictions", All)
ask_low_score = _asker("Delete predictions with low score", LowScore)
ask_instance_limit = _asker("Delete predictions beyond instance limit", BeyondInstanceLimit)
ask_custom = _asker("Delete instances", Custom)
