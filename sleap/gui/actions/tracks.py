"""The menu Tracks: who is who."""

from collections.abc import Callable

from sleap.core.instance import Instance
from sleap.core.track import Track
from sleap.editing.edits import tracks
from sleap.gui.actions.action import Action, Choice, Choices, Row
from sleap.gui.actions.conditions import (
    has_selected_track,
    has_selection,
    has_tracks,
    is_transposable,
)
from sleap.gui.actions.window import Window
from sleap.gui.dialogs.base import count
from sleap.gui.dialogs.delete_tracks import ask_tracks

N_KEYS = 9
"""So many tracks have a key."""


def chosen_range(window: Window) -> tuple[int, int] | None:
    """Return the selected frames, if the current one is among them: tracks are set only there."""
    chosen = window.session.frame_range
    if chosen is not None and chosen[0] <= window.session.frame_idx <= chosen[1]:
        return chosen
    return None


def set_track(window: Window, track: Track | None) -> None:
    """Give the selected instance a track."""
    if window.session.instance is None:
        window.tell("Select an instance first.")
        return
    window.run(
        tracks.set_track,
        window.session.instance,
        track,
        propagate=window.preferences.propagate_track_labels,
        frame_range=chosen_range(window),
        title="Set Instance Track",
    )


def set_numbered(number: int) -> Callable[[Window], None]:
    """Return what gives the selected instance the so many-eth track, from 0."""

    def run(window: Window) -> None:
        listed = window.session.labels.tracks
        if number < len(listed):
            set_track(window, listed[number])

    return run


def set_new(window: Window) -> None:
    """Give the selected instance a track of its own."""
    window.run(
        tracks.set_new_track,
        window.session.instance,
        propagate=window.preferences.propagate_track_labels,
        frame_range=chosen_range(window),
        title="New Track",
    )


def transpose(window: Window) -> None:
    """Let two instances exchange their tracks: the two there are, or the selected and the next."""
    pair = _pair(window)
    if pair is None:
        window.tell("Select one of the two instances; the next one is exchanged with it.")
        return
    window.run(
        tracks.transpose_tracks,
        *pair,
        propagate=window.preferences.propagate_track_labels,
        frame_range=chosen_range(window),
        title="Transpose Instance Tracks",
    )


def _pair(window: Window) -> tuple[Instance, Instance] | None:
    session = window.session
    frame = session.frame
    shown = set(session.instances)
    here = [one for one in (frame or []) if one.row in shown]
    users = [one for one in here if not one.is_predicted]
    candidates = users if len(users) >= 2 else here
    if len(candidates) == 2:
        return candidates[0], candidates[1]
    rows = [one.row for one in candidates]
    if session.instance_row not in rows or len(rows) < 2:
        return None
    place = rows.index(session.instance_row)
    return candidates[place], candidates[(place + 1) % len(candidates)]


def copy_track(window: Window) -> None:
    """Copy the track of the selected instance."""
    if window.session.instance is not None:
        window.copied_track = window.session.instance.track
        window.is_track_copied = True
        window.tell("The track is copied.")


def paste_track(window: Window) -> None:
    """Give the selected instance the copied track."""
    known = window.session.labels.tracks
    if not window.is_track_copied or (
        window.copied_track is not None and not any(one is window.copied_track for one in known)
    ):
        window.tell("No track of this project was copied.")
        return
    set_track(window, window.copied_track)


def delete_with_track(window: Window) -> None:
    """Delete the selected instance and all others of its track."""
    deleted = window.run(
        tracks.delete_instance_and_track,
        window.session.instance,
        title="Delete Instance and Track",
    )
    if deleted is not None:
        window.tell(f"Deleted {count(deleted, 'instance')}.")


def delete_unused(window: Window) -> None:
    """Take tracks that no instance has off the list."""
    deleted = window.run(tracks.delete_unused_tracks, title="Delete Unused Tracks")
    if deleted is not None:
        window.tell(f"Deleted {count(deleted, 'track')}." if deleted else "Every track is used.")


def delete_all(window: Window) -> None:
    """Take all tracks off the list; instances stay."""
    n_tracks = len(window.session.labels.tracks)
    n_instances = window.run(tracks.delete_all_tracks, title="Delete All Tracks")
    if n_instances is not None:
        window.tell(f"Deleted {count(n_tracks, 'track')}; the instances are still there.")


def delete_several(window: Window) -> None:
    """Ask which tracks to take off the list, with their instances or without."""
    chosen = ask_tracks(window.widget, window.session.labels)
    if chosen is None:
        return
    n_instances = window.run(
        tracks.delete_tracks,
        chosen.tracks,
        with_instances=chosen.with_instances,
        title="Delete Tracks",
    )
    if n_instances is not None:
        deleted, owners = count(len(chosen.tracks), "track"), count(n_instances, "instance")
        with_them = f" with {owners}" if chosen.with_instances else f"; {owners} have none now"
        window.tell(f"Deleted {deleted}{with_them}.")


def _tracks(window: Window) -> list[Choice]:
    session = window.session
    current = session.instance.track if session.instance is not None else None
    palette = window.palettes.get(session.look.palette)
    listed = [
        Choice(
            track.name or f"Track {number + 1}",
            lambda window, track=track: set_track(window, track),  # type: ignore[misc]
            track is current,
            f"set track {number + 1}" if number < N_KEYS else "",
            palette.color(number) if palette else None,
        )
        for number, track in enumerate(session.labels.tracks[:200])
    ]
    return [*listed, Choice("None", lambda window: set_track(window, None), current is None)]


def _toggle_propagation(window: Window) -> None:
    window.preferences.propagate_track_labels = not window.preferences.propagate_track_labels
    is_on = window.preferences.propagate_track_labels
    window.tell(
        "Tracks are set up to the end of the video." if is_on else "Tracks are set on one frame."
    )


ROWS: tuple[Row, ...] = (
    Choices(menu="Tracks/Set Instance Track", make=_tracks, enabled=has_selection),
    *(
        Action(
            id=f"set track {number + 1}",
            title=f"Set Track {number + 1}",
            menu="",
            run=set_numbered(number),
            enabled=has_selection,
        )
        for number in range(N_KEYS)
    ),
    Action(id="new track", title="New Track", menu="Tracks", run=set_new, enabled=has_selection),
    Action(
        id="propagate tracks",
        title="Propagate Track Labels",
        menu="Tracks",
        run=_toggle_propagation,
        checked=lambda window: window.preferences.propagate_track_labels,
        hint="Whether a track that is set goes on to the end of the video",
    ),
    Action(
        id="transpose",
        title="Transpose Instance Tracks",
        menu="Tracks",
        run=transpose,
        enabled=is_transposable,
    ),
    Action(
        id="copy track",
        title="Copy Track",
        menu="Tracks",
        run=copy_track,
        enabled=has_selection,
        starts_section=True,
    ),
    Action(
        id="paste track",
        title="Paste Track",
        menu="Tracks",
        run=paste_track,
        enabled=has_selection,
    ),
    Action(
        id="delete track",
        title="Delete Instance and Track",
        menu="Tracks",
        run=delete_with_track,
        enabled=has_selected_track,
        starts_section=True,
    ),
    Action(
        id="delete tracks",
        title="Delete Multiple Tracks…",
        menu="Tracks",
        run=delete_several,
        enabled=has_tracks,
        hint="Choose tracks from a list that tells how often each occurs",
    ),
    Action(
        id="delete unused tracks",
        title="Delete Unused Tracks",
        menu="Tracks",
        run=delete_unused,
        enabled=has_tracks,
    ),
    Action(
        id="delete all tracks",
        title="Delete All Tracks",
        menu="Tracks",
        run=delete_all,
        enabled=has_tracks,
    ),
)
