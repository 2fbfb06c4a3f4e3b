"""Deleting predictions, a part of the menu Labels."""

from collections.abc import Callable
from functools import partial
from typing import Any

from sleap.core.choice import Area, Choice
from sleap.core.tables import PREDICTED
from sleap.editing.edits import predictions
from sleap.gui.actions.action import Action, Row
from sleap.gui.actions.conditions import has_instances, has_range, has_video
from sleap.gui.actions.window import Window
from sleap.gui.dialogs.delete_predictions import (
    ask_all,
    ask_area,
    ask_custom,
    ask_frame_limit,
    ask_instance_limit,
    ask_low_score,
    confirm_deletion,
)
from sleap.gui.session import Session

MENU = "Labels/Delete Predictions"


def has_predictions(session: Session) -> bool:
    """Tell whether there may be predictions."""
    return len(session.labels.store.pred_points) > 0 and has_instances(session)


def delete(window: Window, title: str, edit: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
    """Delete predictions, and say how many."""
    n_deleted = window.run(edit, *args, title=title, **kwargs)
    if n_deleted is not None:
        noun = "instance was" if n_deleted == 1 else "instances were"
        window.tell(f"{n_deleted:,} {noun} deleted. Undo brings them back.")


def delete_all(window: Window) -> None:
    """Delete the predictions of all videos, or of the current one."""
    _ask_and_delete(window, "Delete All Predictions", ask_all)


def delete_clip(window: Window) -> None:
    """Delete the predictions on the selected frames."""
    _confirm(window, "Delete Predictions from Clip", predictions.delete_predictions_in_clip, True)


def delete_outside(window: Window) -> None:
    """Delete the predictions before and after the selected frames."""
    edit = predictions.delete_predictions_outside_clip
    _confirm(window, "Delete Predictions outside Clip", edit, False)


def _confirm(window: Window, title: str, edit: Callable[..., Any], is_inside: bool) -> None:
    """Say how many predictions of the current video would go, and delete them."""
    session = window.session
    if session.frame_range is None:
        return
    first, last = session.frame_range
    store, number = session.labels.store, session.video_number
    inside = Choice(video=number, kind=PREDICTED, frame_range=(first, last))
    n_chosen = len(inside.rows(store))
    where = f"on the selected frames {first + 1:,} to {last + 1:,}"
    if not is_inside:
        n_chosen = len(Choice(video=number, kind=PREDICTED).rows(store)) - n_chosen
        where = f"before frame {first + 1:,} and after frame {last + 1:,}"
    if confirm_deletion(window.widget, title, n_chosen, where):
        delete(window, title, edit, session.video, first, last)


def delete_frame(window: Window) -> None:
    """Delete the predictions on the current frame."""
    session = window.session
    title = "Delete Predictions from Frame"
    edit = predictions.delete_predictions_in_clip
    delete(window, title, edit, session.video, session.frame_idx, session.frame_idx)


def delete_area(window: Window) -> None:
    """Let the user draw a rectangle, and delete the predictions that lie in it on all frames."""
    title = "Delete Predictions from Area"

    def then(area: Area) -> None:
        session = window.session
        if session.video is None:
            return
        choice = ask_area(window.widget, session.labels, session.video, area, session.frame_range)
        if choice is not None:
            delete(window, title, predictions.delete_chosen, choice)

    window.pick_area("Drag a rectangle around the predictions to delete. Esc: none.", then)


def delete_beyond_frame(window: Window) -> None:
    """Delete the predictions after a frame; the current one is proposed."""
    ask = partial(ask_frame_limit, last=window.session.frame_idx + 1)
    _ask_and_delete(window, "Delete Predictions beyond Frame Limit", ask)


def asked(title: str, ask: Callable[..., Choice | None]) -> Callable[[Window], None]:
    """Return what asks for conditions, and deletes the instances that meet them."""
    return lambda window: _ask_and_delete(window, title, ask)


def _ask_and_delete(window: Window, title: str, ask: Callable[..., Choice | None]) -> None:
    session = window.session
    choice = ask(window.widget, session.labels, session.video, session.frame_range)
    if choice is not None:
        delete(window, title, predictions.delete_chosen, choice)


ROWS: tuple[Row, ...] = (
    Action(
        id="delete custom",
        title="Custom Instance Delete…",
        menu="Labels",
        run=asked("Delete Instances", ask_custom),
        enabled=has_instances,
        hint="Delete instances by kind, frames and track",
    ),
    Action(
        id="delete all predictions",
        title="Delete All Predictions…",
        menu=MENU,
        run=delete_all,
        enabled=has_predictions,
    ),
    Action(
        id="delete frame predictions",
        title="from Current Frame",
        menu=MENU,
        run=delete_frame,
        enabled=has_video,
    ),
    Action(
        id="delete clip",
        title="from Clip…",
        menu=MENU,
        run=delete_clip,
        enabled=has_range,
    ),
    Action(
        id="delete outside clip",
        title="outside Clip…",
        menu=MENU,
        run=delete_outside,
        enabled=has_range,
    ),
    Action(
        id="delete area",
        title="from Area…",
        menu=MENU,
        run=delete_area,
        enabled=has_video,
    ),
    Action(
        id="delete low score",
        title="with Low Score…",
        menu=MENU,
        run=asked("Delete Predictions with Low Score", ask_low_score),
        enabled=has_predictions,
    ),
    Action(
        id="delete beyond instances",
        title="beyond Instance Limit…",
        menu=MENU,
        run=asked("Delete Predictions beyond Instance Limit", ask_instance_limit),
        enabled=has_predictions,
    ),
    Action(
        id="delete beyond frames",
        title="beyond Frame Limit…",
        menu=MENU,
        run=delete_beyond_frame,
        enabled=has_predictions,
    ),
)
