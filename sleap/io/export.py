"""What an export of one video begins with: its length, its speed, and where its instances lie."""

from sleap.core.labels import Labels
from sleap.core.layout import Layout, lay_out
from sleap.core.video import Video
from sleap.errors import LabelsError, SleapError
from sleap.io.slp.videos import search_folders


def lay_out_video(labels: Labels, video: Video, *, all_frames: bool = True) -> Layout:
    """Lay the instances of a video out by frame and column; see ``sleap.core.layout``.

    If the labels do not know the length of the video it is opened and asked; if it cannot be
    opened, the last labeled frame counts as the last.

    Raises:
        LabelsError: If the video is not one of the labels.
    """
    number = labels.store.find_in(labels.videos, video)
    if number < 0:
        raise LabelsError(f"'{video.name}' is not a video of these labels.")
    if all_frames and not video.n_indices:
        find_rate(video)
    return lay_out(labels.store, number, all_frames=all_frames)


def find_rate(video: Video) -> float | None:
    """Open a video, for its speed; its unknown shape is filled in.

    Args:
        video: The video; of embedded images the recording they were taken from is opened.

    Returns:
        Frames per second; None if the video cannot be opened, or does not say.
    """
    from sleap.video import open_video

    video = original(video)
    if video.is_embedded:
        return None
    try:
        with open_video(video, search=search_folders(video)) as reader:
            return reader.fps
    except SleapError:
        return None


def original(video: Video) -> Video:
    """Return the recording that embedded images were taken from; of another video, itself."""
    while video.source is not None:
        video = video.source
    return video


def name_video(video: Video) -> str:
    """Return the path of a video's file; of the first image for a sequence."""
    filename = original(video).filename
    return filename if isinstance(filename, str) else next(iter(filename), "")
