"""The frame with its labels, and all that the mouse does on it."""

from sleap.gui.canvas.canvas import Canvas
from sleap.gui.canvas.feed import Feed
from sleap.gui.canvas.player import Player
from sleap.gui.canvas.tools import Mode

__all__ = ["Canvas", "Feed", "Mode", "Player"]
