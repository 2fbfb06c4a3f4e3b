"""From labeled frames to batches: images read once, examples cut, changed and drawn on the fly."""
