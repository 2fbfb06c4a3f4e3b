"""SLEAP: track the poses of animals in video.

The public names load lazily, so that ``import sleap`` costs next to nothing::

    labels = sleap.load_file("labels.slp")
    labels.numpy()                      # (frames, tracks, nodes, 2)
    labels.save("copy.slp")
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sleap.version import __version__

if TYPE_CHECKING:
    from sleap.core.frame import LabeledFrame
    from sleap.core.instance import Instance, PredictedInstance
    from sleap.core.labels import Labels
    from sleap.core.skeleton import Skeleton
    from sleap.core.suggestion import SuggestionFrame
    from sleap.core.track import Track
    from sleap.core.video import Video
    from sleap.io.files import load_file, save_file
    from sleap.video import load_video, open_video

_HOMES = {
    "Skeleton": "sleap.core.skeleton",
    "Track": "sleap.core.track",
    "Video": "sleap.core.video",
    "SuggestionFrame": "sleap.core.suggestion",
    "Instance": "sleap.core.instance",
    "PredictedInstance": "sleap.core.instance",
    "LabeledFrame": "sleap.core.frame",
    "Labels": "sleap.core.labels",
    "load_file": "sleap.io.files",
    "save_file": "sleap.io.files",
    "load_video": "sleap.video",
    "open_video": "sleap.video",
}

__all__ = [
    "Instance",
    "LabeledFrame",
    "Labels",
    "PredictedInstance",
    "Skeleton",
    "SuggestionFrame",
    "Track",
    "Video",
    "__version__",
    "load_file",
    "load_video",
    "open_video",
    "save_file",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'sleap' has no attribute '{name}'")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
