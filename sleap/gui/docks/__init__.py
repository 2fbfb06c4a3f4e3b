"""The docks beside the canvas: videos, the skeleton, instances, and suggestions of frames."""
