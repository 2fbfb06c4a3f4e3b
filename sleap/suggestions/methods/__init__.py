"""Ways to choose frames, one module for each; importing this enters them all."""

from sleap.suggestions.methods import (
    chunk,
    displacement,
    image_features,
    label_quality,
    prediction_score,
    sample,
    velocity,
)
from sleap.suggestions.strategy import METHOD_REGISTRY

__all__ = [
    "METHOD_REGISTRY",
    "chunk",
    "displacement",
    "image_features",
    "label_quality",
    "prediction_score",
    "sample",
    "velocity",
]
