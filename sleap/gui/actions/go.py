"""The menu Go: to frames, videos and marks."""

from collections.abc import Callable

from sleap.gui.actions import places
from sleap.gui.actions.action import Action, Row
from sleap.gui.actions.conditions import (
    has_frames,
    has_mark,
    has_suggestions,
    has_tracks,
    has_video,
    has_videos,
    was_edited,
)
from sleap.gui.actions.window import Window
from sleap.gui.dialogs.go_to import ask_frame, ask_select_to

STEPS = "Go/Step"


def go_to(window: Window, frame_idx: int | None, nothing: str) -> None:
    """Go to a frame, or say that there is none."""
    if frame_idx is None:
        window.tell(nothing)
    else:
        window.session.go_to(frame_idx)


def labeled(direction: int, kind: str = "all") -> Callable[[Window], None]:
    """Return what goes to the next labeled frame."""
    return lambda window: go_to(
        window,
        places.labeled(window.session, direction, kind),
        "This video has no such labeled frame.",
    )


def suggestion(direction: int) -> Callable[[Window], None]:
    """Return what goes to the next suggestion."""
    return lambda window: window.step_suggestion(direction)


def track_spawn(window: Window) -> None:
    """Go to the next frame on which a track appears first."""
    go_to(window, places.track_spawn(window.session), "No track begins after this frame.")


def run_end(direction: int) -> Callable[[Window], None]:
    """Return what goes to the end of the run of labeled frames."""
    return lambda window: go_to(
        window, places.run_end(window.session, direction), "No labeled frame lies further on."
    )


def step(n_frames: int) -> Callable[[Window], None]:
    """Return what steps so many frames, going round at the ends."""
    return lambda window: window.session.step(n_frames)


def medium(direction: int) -> Callable[[Window], None]:
    """Return what goes a medium step."""
    return lambda window: window.session.step(direction * window.preferences.medium_step)


def large(direction: int) -> Callable[[Window], None]:
    """Return what goes a large step."""
    return lambda window: window.session.step(direction * window.preferences.large_step)


def video(direction: int) -> Callable[[Window], None]:
    """Return what goes to the next video."""

    def go(window: Window) -> None:
        session = window.session
        videos = session.labels.videos
        session.go_to(0, videos[(session.video_number + direction) % len(videos)])

    return go


def frame(window: Window) -> None:
    """Ask for a frame and go to it."""
    session = window.session
    chosen = ask_frame(window.widget, session.n_frames, session.frame_idx)
    if chosen is not None:
        session.go_to(chosen)


def select_to(window: Window) -> None:
    """Ask for a frame and select up to it."""
    session = window.session
    chosen = ask_select_to(window.widget, session.n_frames, session.frame_idx)
    if chosen is not None:
        session.set_range(session.frame_idx, chosen)


def marked(window: Window) -> None:
    """Go to the marked frame."""
    if window.session.marked is not None:
        target, frame_idx = window.session.marked
        window.session.go_to(frame_idx, target)


def last_edited(window: Window) -> None:
    """Go to where instances were edited last."""
    if window.session.last_edited is not None:
        target, frame_idx = window.session.last_edited
        window.session.go_to(frame_idx, target)


def mark(window: Window) -> None:
    """Mark the current frame."""
    window.session.mark()
    window.tell(f"Frame {window.session.frame_idx + 1:,} is marked.")


def _step(id: str, title: str, run: Callable[[Window], None], *, first: bool = False) -> Action:
    return Action(id=id, title=title, menu=STEPS, run=run, enabled=has_video, starts_section=first)


FRAME_STEPS: tuple[Action, ...] = (
    _step("frame next", "Next Frame", step(1)),
    _step("frame prev", "Previous Frame", step(-1)),
    _step("frame next medium step", "Medium Step Forward", medium(1), first=True),
    _step("frame prev medium step", "Medium Step Back", medium(-1)),
    _step("frame next large step", "Large Step Forward", large(1)),
    _step("frame prev large step", "Large Step Back", large(-1)),
    _step("frame next 50", "50 Frames Forward", step(50)),
    _step("frame prev 50", "50 Frames Back", step(-50)),
    _step("frame first", "First Frame", lambda window: window.session.go_to(0), first=True),
    _step("frame last", "Last Frame", lambda window: window.session.go_to(1 << 39)),
    _step("run start", "Beginning of Labeled Run", run_end(-1), first=True),
    _step("run end", "End of Labeled Run", run_end(1)),
)
"""Steps that, with Shift held, select the frames gone over."""

ROWS: tuple[Row, ...] = (
    Action(
        id="goto next labeled",
        title="Next Labeled Frame",
        menu="Go",
        run=labeled(1),
        enabled=has_frames,
    ),
    Action(
        id="goto prev labeled",
        title="Previous Labeled Frame",
        menu="Go",
        run=labeled(-1),
        enabled=has_frames,
    ),
    Action(
        id="goto next user",
        title="Next User Labeled Frame",
        menu="Go",
        run=labeled(1, "user"),
        enabled=has_frames,
    ),
    Action(
        id="goto prev user",
        title="Previous User Labeled Frame",
        menu="Go",
        run=labeled(-1, "user"),
        enabled=has_frames,
    ),
    Action(
        id="goto last interacted",
        title="Last Interacted Frame",
        menu="Go",
        run=last_edited,
        enabled=was_edited,
        hint="Go back to where you edited last",
    ),
    Action(
        id="goto next suggestion",
        title="Next Suggestion",
        menu="Go",
        run=suggestion(1),
        enabled=has_suggestions,
        starts_section=True,
    ),
    Action(
        id="goto prev suggestion",
        title="Previous Suggestion",
        menu="Go",
        run=suggestion(-1),
        enabled=has_suggestions,
    ),
    Action(
        id="goto next track spawn",
        title="Next Track Spawn Frame",
        menu="Go",
        run=track_spawn,
        enabled=has_tracks,
        hint="Go to where a track appears for the first time",
    ),
    Action(
        id="next video",
        title="Next Video",
        menu="Go",
        run=video(1),
        enabled=has_videos,
        starts_section=True,
    ),
    Action(id="prev video", title="Previous Video", menu="Go", run=video(-1), enabled=has_videos),
    *FRAME_STEPS,
    Action(
        id="goto frame",
        title="Go to Frame…",
        menu="Go",
        run=frame,
        enabled=has_video,
        starts_section=True,
    ),
    Action(
        id="select to frame",
        title="Select to Frame…",
        menu="Go",
        run=select_to,
        enabled=has_video,
    ),
    Action(id="mark frame", title="Mark Frame", menu="Go", run=mark, enabled=has_video),
    Action(id="goto marked", title="Go to Marked Frame", menu="Go", run=marked, enabled=has_mark),
    Action(
        id="play",
        title="Play or Pause",
        menu="Go",
        run=lambda window: window.play_or_pause(),
        enabled=has_video,
        checked=lambda window: window.player.is_playing,
        starts_section=True,
    ),
)
