"""The timeline: tracks, marks, a graph, and the handle on the current frame."""

from sleap.gui.timeline.widget import Timeline

__all__ = ["Timeline"]
