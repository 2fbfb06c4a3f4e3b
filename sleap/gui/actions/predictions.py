"""Deleting predictions, a part of the menu Labels."""

from collections.abc import Callable
from typing import Any

from qtpy.QtWidgets import QMessageBox

from sleap.core.choice import Area, Choice
from sleap.editing.edits import predictions
from sleap.gui.actions.action import Action, Row
from sleap.gui.actions.conditions import has_instances, has_range, has_video
from sleap.gui.actions.window import Window
from sleap.gui.dialogs.delete_predictions import (
    ask_custom,
    ask_frame_limit,
    ask_instance_limit,
    ask_low_score,
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
    """Delete all predictions, of all videos, if the user means it."""
    n_all = window.session.labels.n_predicted_instances
    question = f"Delete all {n_all:,} predictions of all videos? Undo brings them back."
    answer = QMessageBox.question(window.widget, "Delete All Predictions", question)
    if answer == QMessageBox.StandardButton.Yes:
        delete(window, "Delete All Predictions", predictions.delete_predictions)


def delete_clip(window: Window) -> None:
    """Delete the predictions on the selected frames."""
    session = window.session
    if session.frame_range is not None:
        title = "Delete Predictions from Clip"
        edit = predictions.delete_predictions_in_clip
        delete(window, title, edit, session.video, *session.frame_range)


def delete_outside(window: Window) -> None:
    """Delete the predictions before and after the selected frames."""
    session = window.session
    if session.frame_range is not None:
        title = "Delete Predictions outside Clip"
        edit = predictions.delete_predictions_outside_clip
        delete(window, title, edit, session.video, *session.frame_range)


def delete_frame(window: Window) -> None:
    """Delete the predictions on the current frame."""
    session = window.session
    title = "Delete Predictions from Frame"
    edit = predictions.delete_predictions_in_clip
    delete(window, title, edit, session.video, session.frame_idx, session.frame_idx)


def delete_area(window: Window) -> None:
    """Let the user draw a rectangle, and delete the predictions that lie in it on all frames."""

    def then(area: Area) -> None:
        session = window.session
        title = "Delete Predictions from Area"
        edit = predictions.delete_predictions_in_area
        delete(window, title, edit, session.video, area, session.frame_range)

    where = "on the selected frames" if window.session.frame_range else "on all frames"
    window.pick_area(f"Drag a rectangle: predictions in it are deleted {where}. Esc: none.", then)


def asked(title: str, ask: Callable[..., Choice | None]) -> Callable[[Window], None]:
    """Return what asks for conditions, and deletes the instances that meet them."""

    def run(window: Window) -> None:
        session = window.session
        choice = ask(window.widget, session.labels, session.video, session.frame_range)
        if choice is not None:
            delete(window, title, predictions.delete_chosen, choice)

    return run


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
        title="from Clip",
        menu=MENU,
        run=delete_clip,
        enabled=has_range,
    ),
    Action(
        id="delete outside clip",
        title="outside Clip",
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
        run=asked("Delete Predictions beyond Frame Limit", ask_frame_limit),
        enabled=has_predictions,
    ),
)
