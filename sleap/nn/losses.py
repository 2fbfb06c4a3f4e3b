"""What training makes small."""

from typing import Any

from keras import ops


def mse(target: Any, output: Any) -> Any:
    """Return the mean squared error of each example, in float32.

    Args:
        target: (n, ...) what the network should put out.
        output: (n, ...) what it puts out.

    Returns:
        (n,) float32.
    """
    target, output = ops.cast(target, "float32"), ops.cast(output, "float32")
    axes = tuple(range(1, len(output.shape)))
    return ops.mean(ops.square(output - target), axis=axes)
