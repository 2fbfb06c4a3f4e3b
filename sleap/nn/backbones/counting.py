"""What a backbone costs and how far it sees, told without building it."""

from attrs import define, frozen


@frozen
class Maps:
    """Features that nobody computed."""

    channels: int
    stride: float
    """Pixels of the input from one cell to the next."""
    field: float
    """Receptive field: side, in pixels of the input, of all that a cell depends on; the mean of the
    cells where, the size being doubled, some see more than others."""


@define
class CountingParts:
    """Parts that count what layers would take; see ``Parts``.

    The receptive field grows by ``kernel_size - 1`` cells with each convolution (Araujo et al.,
    "Computing receptive fields of convolutional neural networks", Distill 2019). An interpolated
    cell depends on two coarser ones, one of a transposed convolution on one or two.

    Attributes:
        n_weights: Weights and biases.
        operations: Multiplications with a weight, for each pixel of the input.
        activations: Numbers that layers put out, for each pixel of the input.
    """

    n_weights: int = 0
    operations: float = 0.0
    activations: float = 0.0

    def conv(self, x: Maps, filters: int, kernel_size: int, name: str = "") -> Maps:
        """Convolve, keeping the size."""
        self._count(x.channels * filters * kernel_size**2, filters, x.stride, x.stride)
        return Maps(filters, x.stride, x.field + (kernel_size - 1) * x.stride)

    def halve(self, x: Maps, name: str = "") -> Maps:
        """Take the largest of each 2 x 2 cells."""
        self.activations += x.channels / (2 * x.stride) ** 2
        return Maps(x.channels, 2 * x.stride, x.field + x.stride)

    def interpolate(self, x: Maps, name: str = "", interp: str = "bilinear") -> Maps:
        """Double the size by interpolation."""
        self.activations += x.channels / (x.stride / 2) ** 2
        seen = 0.0 if interp == "nearest" else x.stride
        return Maps(x.channels, x.stride / 2, x.field + seen)

    def transposed_conv(self, x: Maps, filters: int, name: str = "") -> Maps:
        """Double the size by a transposed convolution of 3 x 3 cells."""
        self._count(x.channels * filters * 9, filters, x.stride, x.stride / 2)
        return Maps(filters, x.stride / 2, x.field + x.stride / 2)

    def concatenate(self, x: Maps, skip: Maps, name: str = "") -> Maps:
        """Join the channels of two maps of one size."""
        self.activations += (x.channels + skip.channels) / x.stride**2
        return Maps(x.channels + skip.channels, x.stride, max(x.field, skip.field))

    def _count(self, n_weights: int, filters: int, stride: float, stride_out: float) -> None:
        self.n_weights += n_weights + filters
        self.operations += n_weights / stride**2
        self.activations += filters / stride_out**2
