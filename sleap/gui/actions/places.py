"""Where to go next: labeled frames, suggestions, beginnings of tracks, ends of runs."""

from sleap.core import landmarks
from sleap.core.landmarks import Place
from sleap.gui.session import Session


def labeled(session: Session, direction: int, kind: str = "all") -> int | None:
    """Return the next labeled frame of the video, past the end the first; None if there is none.

    Args:
        session: Where from.
        direction: 1 for the next, -1 for the one before.
        kind: "all", or "user" for those with instances of the user.
    """
    if session.video is None:
        return None
    find = landmarks.next_labeled if direction > 0 else landmarks.previous_labeled
    return find(session.labels, session.video, session.frame_idx, kind)


def suggestion(session: Session, direction: int) -> Place | None:
    """Return the next suggestion in the order of the list, past its end the first.

    From a frame that is not suggested, it is the next in the order of videos and frames.
    """
    suggestions = session.labels.suggestions
    if not suggestions or session.video is None:
        return None
    here = [
        place
        for place, one in enumerate(suggestions)
        if one.frame_idx == session.frame_idx and one.video is session.video
    ]
    if here:
        one = suggestions[(here[0] + direction) % len(suggestions)]
        return one.video, one.frame_idx
    find = landmarks.next_suggestion if direction > 0 else landmarks.previous_suggestion
    return find(session.labels, session.video, session.frame_idx)


def track_spawn(session: Session) -> int | None:
    """Return the next frame of the video on which a track appears first; None if there is none."""
    if session.video is None:
        return None
    return landmarks.next_spawn(session.labels, session.video, session.frame_idx)


def run_end(session: Session, direction: int) -> int | None:
    """Return the last, or first, of the frames labeled without a gap around the current one.

    From an unlabeled frame, or from that end itself, it is the end of the next run.
    """
    if session.video is None:
        return None
    return landmarks.run_end(
        session.labels.labeled_indices(session.video), session.frame_idx, direction
    )
