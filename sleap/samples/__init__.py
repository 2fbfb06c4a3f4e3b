"""Synthetic recordings of articulated animals whose every point is known exactly.

A recording is made of layers, from the ground up: an arena, animals that walk about in it by rules
of behaviour, a camera with noise. All of it follows from one seed, any frame can be asked for at
any time, and the same numbers that place the pixels are the truth, so errors of a tracker can be
measured to a hundredth of a pixel.

``labels`` turns frames of a recording into user labels; ``write`` makes a folder of files.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sleap.samples.folder import labels as labels
    from sleap.samples.folder import write as write
    from sleap.samples.recording import Recording as Recording

_HOMES = {"Recording": "recording", "labels": "folder", "write": "folder"}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for, so that the package itself is light."""
    if name not in _HOMES:
        raise AttributeError(f"module 'sleap.samples' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(f"sleap.samples.{_HOMES[name]}"), name)
