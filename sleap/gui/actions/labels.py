"""The menu Labels: instances of the current frame, and predictions of many."""

from collections.abc import Callable

from sleap.editing.edits import frames
from sleap.editing.edits.instances import adding, copying, deleting
from sleap.gui.actions import predictions
from sleap.gui.actions.action import Action, Choice, Choices, Row
from sleap.gui.actions.conditions import (
    can_redo,
    can_undo,
    has_frame_instances,
    has_selected_user_instance,
    has_selection,
    has_skeleton,
    has_video,
)
from sleap.gui.actions.window import Window

PLACEMENTS = {
    "best": "Best",
    "force_directed": "Force Directed",
    "random": "Random",
    "copy_prior_frame": "Copy Prior Frame",
    "copy_predictions": "Copy Predictions",
    "average": "Average Instance",
}

N_SELECTABLE = 9
"""So many instances of a frame are selected by digits."""


def undo(window: Window) -> None:
    """Undo the last step."""
    title = window.session.undo()
    if title:
        window.tell(f"Undone: {title}")


def redo(window: Window) -> None:
    """Do the step that was undone last again."""
    title = window.session.redo()
    if title:
        window.tell(f"Done again: {title}")


def add(window: Window, method: str = "", at: tuple[float, float] | None = None) -> None:
    """Add an instance to the current frame, and select it."""
    session = window.session
    instance = window.run(
        adding.add_instance,
        session.video,
        session.frame_idx,
        method or window.preferences.placement,
        at=at,
        selected=session.instance,
        title="Add Instance",
    )
    if instance is not None:
        session.select(instance.row)


def convert_all(window: Window) -> None:
    """Make user instances of all predictions on the frame."""
    session = window.session
    made = window.run(
        adding.convert_predictions,
        session.video,
        session.frame_idx,
        title="Add Instances from Predictions",
    )
    if made is not None:
        window.tell(f"{len(made)} instances were added." if made else "No predictions are left.")


def delete(window: Window) -> None:
    """Delete the selected instance."""
    window.run(deleting.delete_instance, window.session.instance, title="Delete Instance")


def copy(window: Window) -> None:
    """Copy the selected instance."""
    if window.session.instance is not None:
        window.copied_instance = copying.copy_instance(window.session.instance)
        window.tell("The instance is copied.")


def paste(window: Window) -> None:
    """Add the copied instance to the frame."""
    session = window.session
    if window.copied_instance is None:
        window.tell("No instance was copied.")
        return
    instance = window.run(
        copying.paste_instance,
        session.video,
        session.frame_idx,
        window.copied_instance,
        title="Paste Instance",
    )
    if instance is not None:
        session.select(instance.row)


def select_next(window: Window) -> None:
    """Select the next instance of the frame."""
    session = window.session
    rows = session.selectable
    if rows:
        place = rows.index(session.instance_row) + 1 if session.instance_row in rows else 0
        session.select(rows[place % len(rows)])


def clear_selection(window: Window) -> None:
    """Select nothing, and leave whatever mode the canvas is in."""
    window.cancel_pick()
    window.canvas.click_to_place = False
    window.session.select(-1)


def select(number: int) -> Callable[[Window], None]:
    """Return what selects the so many-eth instance of the frame, from 0."""

    def run(window: Window) -> None:
        rows = window.session.selectable
        if number < len(rows):
            window.session.select(rows[number])

    return run


def toggle_click_to_place(window: Window) -> None:
    """Place the nodes of an instance one after the other by clicking, or do so no more."""
    window.canvas.click_to_place = not window.canvas.click_to_place


def toggle_negative(window: Window) -> None:
    """Say that there is no animal on the frame, or take that back."""
    session = window.session
    edit = frames.mark_negative_frame
    if session.frame is not None and not len(session.frame):
        edit = frames.clear_negative_frame
    window.run(edit, session.video, session.frame_idx)


def _placements(window: Window) -> list[Choice]:
    def choose(window: Window, method: str) -> None:
        window.preferences.placement = method

    return [
        Choice(
            title,
            lambda window, method=method: choose(window, method),  # type: ignore[misc]
            window.preferences.placement == method,
        )
        for method, title in PLACEMENTS.items()
    ]


ROWS: tuple[Row, ...] = (
    Action(
        id="undo",
        title="Undo",
        menu="Labels",
        run=undo,
        enabled=can_undo,
        detail=lambda window: window.session.document.undo_title or "",
    ),
    Action(
        id="redo",
        title="Redo",
        menu="Labels",
        run=redo,
        enabled=can_redo,
        detail=lambda window: window.session.document.redo_title or "",
    ),
    Action(
        id="add instance",
        title="Add Instance",
        menu="Labels",
        run=add,
        enabled=has_skeleton,
        starts_section=True,
    ),
    Choices(menu="Labels/Instance Placement Method", make=_placements),
    Action(
        id="click to place",
        title="Place Nodes by Clicking",
        menu="Labels",
        run=toggle_click_to_place,
        enabled=has_skeleton,
        checked=lambda window: window.canvas.click_to_place,
        hint="Each click places the next node of the skeleton",
    ),
    Action(
        id="add from predictions",
        title="Add Instances from All Predictions on Current Frame",
        menu="Labels",
        run=convert_all,
        enabled=has_frame_instances,
    ),
    Action(
        id="delete instance",
        title="Delete Instance",
        menu="Labels",
        run=delete,
        enabled=has_selection,
        starts_section=True,
    ),
    Action(
        id="copy instance",
        title="Copy Instance",
        menu="Labels",
        run=copy,
        enabled=has_selection,
    ),
    Action(
        id="paste instance", title="Paste Instance", menu="Labels", run=paste, enabled=has_video
    ),
    Action(
        id="complete missing",
        title="Add Missing Nodes as Not Visible",
        menu="Labels",
        run=lambda window: window.run(adding.add_missing_nodes, window.session.instance),
        enabled=has_selected_user_instance,
    ),
    Action(
        id="select next",
        title="Select Next Instance",
        menu="Labels",
        run=select_next,
        enabled=has_frame_instances,
        starts_section=True,
    ),
    Action(
        id="clear selection",
        title="Clear Selection",
        menu="Labels",
        run=clear_selection,
    ),
    *(
        Action(
            id=f"select {number + 1}",
            title=f"Select Instance {number + 1}",
            menu="",
            run=select(number),
            enabled=has_frame_instances,
        )
        for number in range(N_SELECTABLE)
    ),
    Action(
        id="negative frame",
        title="Mark Frame as Without Animals",
        menu="Labels",
        run=toggle_negative,
        enabled=lambda session: session.video is not None and not session.instances,
        hint="Kept in the file, which then tells that there is none; not used in training",
        starts_section=True,
    ),
    *predictions.ROWS,
)
