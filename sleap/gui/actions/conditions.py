"""When actions can be done: questions about a session."""

from sleap.core.series import STATISTICS
from sleap.gui.session import Session


def has_video(session: Session) -> bool:
    """Tell whether there is a video."""
    return session.video is not None


def has_frames(session: Session) -> bool:
    """Tell whether any frame is labeled."""
    return session.labels.store.n_frames > 0


def has_instances(session: Session) -> bool:
    """Tell whether there is any instance."""
    return session.labels.store.n_instances > 0


def has_frame_instances(session: Session) -> bool:
    """Tell whether there are instances on the current frame."""
    return bool(session.instances)


def has_skeleton(session: Session) -> bool:
    """Tell whether instances can be added: there is a video, and a skeleton with a node."""
    skeletons = session.labels.skeletons
    return has_video(session) and any(len(skeleton) for skeleton in skeletons)


def has_selection(session: Session) -> bool:
    """Tell whether an instance is selected."""
    return session.instance_row >= 0


def has_selected_user_instance(session: Session) -> bool:
    """Tell whether an instance of the user is selected."""
    instance = session.instance
    return instance is not None and not instance.is_predicted


def has_selected_track(session: Session) -> bool:
    """Tell whether the selected instance has a track."""
    instance = session.instance
    return instance is not None and instance.track is not None


def has_range(session: Session) -> bool:
    """Tell whether frames are selected."""
    return session.frame_range is not None


def has_mark(session: Session) -> bool:
    """Tell whether a frame is marked."""
    return session.marked is not None


def was_edited(session: Session) -> bool:
    """Tell whether instances were edited anywhere."""
    return session.last_edited is not None


def has_suggestions(session: Session) -> bool:
    """Tell whether there are suggestions."""
    return bool(session.labels.suggestions)


def has_tracks(session: Session) -> bool:
    """Tell whether there are tracks."""
    return bool(session.labels.tracks)


def has_videos(session: Session) -> bool:
    """Tell whether there is more than one video."""
    return len(session.labels.videos) > 1


def can_undo(session: Session) -> bool:
    """Tell whether there is a step to undo."""
    return session.document.undo_title is not None


def can_redo(session: Session) -> bool:
    """Tell whether there is a step to do again."""
    return session.document.redo_title is not None


def is_transposable(session: Session) -> bool:
    """Tell whether there are two instances that could exchange their tracks."""
    return len(session.instances) >= 2


def has_node_statistic(session: Session) -> bool:
    """Tell whether the statistic above the timeline looks at one node."""
    name = session.look.header_statistic
    return name in STATISTICS and STATISTICS.get(name).needs_node
