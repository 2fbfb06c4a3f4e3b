"""Decoding for the window: in a thread of its own, the newest request first, neighbours ahead.

The window asks for a frame and is told when it is there. A frame that was decoded before is there
at once; meanwhile the thread decodes where the user is heading, until the memory for it is full.
"""

from sleap.gui.frames.decoder import Opened
from sleap.gui.frames.kept import Image, KeptFrames
from sleap.gui.frames.loader import FrameLoader
from sleap.gui.frames.plan import plan

__all__ = ["FrameLoader", "Image", "KeptFrames", "Opened", "plan"]
