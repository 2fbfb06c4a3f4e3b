"""Doors: the documented ``python -m sleap.info...`` lines."""
