"""What the network of a profile will be: its size, what it sees, what a step takes."""

from attrs import frozen

from sleap.nn.backbones import make_backbone
from sleap.nn.backbones.counting import CountingParts, Maps
from sleap.nn.config.profile import Profile
from sleap.nn.data.crop import rounded_size
from sleap.nn.data.normalize import padded_shape

HEAD_KERNEL = 3
BYTES = 4
"""Of a number in memory, float32."""
PASSES = 3
"""Work of a training step in passes through the network: one forward, and backward for the weights
and for the activations (Kaplan et al., "Scaling laws for neural language models", 2020, 2.1)."""


@frozen
class NetworkFacts:
    """A network, told without building it.

    Attributes:
        n_weights: Weights and biases, the head included.
        receptive_field: Side of what one output depends on, pixels of the network's input.
        max_stride: The input's height and width are multiples of it, pixels.
        output_stride: Pixels of the input per cell of the output.
        input_shape: (height, width) of one image or crop as the network takes it, pixels.
        output_shape: (height, width, channels) of what it puts out.
        operations: Multiplications with a weight in one forward pass over one example.
        memory: Bytes that a training step keeps for a batch: activations and their gradients, and
            for each weight its gradient and the optimizer's three averages.
    """

    n_weights: int
    receptive_field: float
    max_stride: int
    output_stride: int
    input_shape: tuple[int, int]
    output_shape: tuple[int, int, int]
    operations: float
    memory: float

    @property
    def operations_per_step(self) -> float:
        """Multiplications of a forward and a backward pass over one example."""
        return PASSES * self.operations


def describe(
    profile: Profile, image_shape: tuple[int, int], *, channels: int, n_outputs: int
) -> NetworkFacts:
    """Describe the network of a profile.

    Args:
        profile: What is to be trained; if it is trained on crops, with their size.
        image_shape: (height, width) of the largest frame, pixels.
        channels: Colour channels of the images; the profile's count if it says any.
        n_outputs: Maps that the network puts out.

    Raises:
        ProfileError: If an option of the backbone is wrong.
        UnknownNameError: If there is no such backbone.
    """
    backbone = make_backbone(profile.model)
    parts = CountingParts()
    maps = backbone.stack(Maps(profile.model.input_channels or channels, 1, 1), parts)
    maps = parts.conv(maps, n_outputs, HEAD_KERNEL)
    height, width = shape = input_shape(profile, image_shape, backbone.max_stride)
    n_pixels = height * width
    stride = backbone.output_stride
    kept = 2 * parts.activations * n_pixels * profile.trainer.batch_size
    return NetworkFacts(
        n_weights=parts.n_weights,
        receptive_field=maps.field,
        max_stride=backbone.max_stride,
        output_stride=stride,
        input_shape=shape,
        output_shape=(height // stride, width // stride, n_outputs),
        operations=parts.operations * n_pixels,
        memory=BYTES * (kept + 4 * parts.n_weights),
    )


def input_shape(profile: Profile, image_shape: tuple[int, int], stride: int) -> tuple[int, int]:
    """Tell the (height, width) of what the network takes, multiples of its stride.

    Args:
        profile: What is to be trained. Crops whose size is to be found from the labels count as
            whole frames.
        image_shape: (height, width) of the largest frame, pixels.
        stride: The network's largest stride.
    """
    trainer = profile.trainer
    if is_cropped(profile) and trainer.bounding_box_size > 0:
        side = rounded_size(trainer.bounding_box_size, stride)
        return side, side
    height, width = (max(1, round(side * trainer.scale)) for side in image_shape)
    return padded_shape(height, width, stride)


def is_cropped(profile: Profile) -> bool:
    """Tell whether the network is trained on crops around animals."""
    return profile.trainer.instance_crop or profile.model.output_type.word.startswith("topdown")
