"""What training makes small."""

from collections.abc import Callable
from typing import Any

from keras import ops

FOREGROUND = 0.05
"""Targets of at least this size, of 1, count as foreground."""

Loss = Callable[[Any, Any], Any]


def make_mse(foreground_weight: float = 0.0) -> Loss:
    """Make the mean squared error, with more weight where the target is not empty.

    Targets are empty almost everywhere, so that for a plain mean it is a good start to put out
    nothing at all, and training may stay there for long. Weight on the foreground ends that.

    Args:
        foreground_weight: What the foreground weighs more than the background; 0: a plain mean.

    Returns:
        A function of (n, ...) targets and outputs; gives (n,) float32, the loss of each example.
    """

    def weighted_mse(target: Any, output: Any) -> Any:
        target, output = ops.cast(target, "float32"), ops.cast(output, "float32")
        axes = tuple(range(1, len(output.shape)))
        errors = ops.square(output - target)
        if foreground_weight:
            is_foreground = ops.cast(ops.abs(target) >= FOREGROUND, "float32")
            errors *= 1.0 + foreground_weight * is_foreground
        return ops.mean(errors, axis=axes)

    return weighted_mse
