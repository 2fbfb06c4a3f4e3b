"""Whole networks: a backbone and a head."""

from typing import TYPE_CHECKING

from sleap.nn.backbones import make_backbone
from sleap.nn.backend import load_keras
from sleap.nn.config.profile import Profile

if TYPE_CHECKING:
    import keras


def build_network(
    profile: Profile, input_channels: int, n_outputs: int, *, dtype: str = "float32"
) -> "keras.Model":
    """Build the network that a profile describes, its weights drawn at random.

    Args:
        profile: The profile.
        input_channels: Colour channels of the images.
        n_outputs: Channels that the network puts out.
        dtype: Keras dtype policy: "float32", or "mixed_bfloat16" to compute in bfloat16. Weights
            and output are float32 with either.

    Returns:
        A model from (n, height, width, input_channels) float32 in [0, 1], height and width any
        multiples of the backbone's largest stride, to maps (n, height / stride, width / stride,
        n_outputs) float32.

    Raises:
        UnknownNameError: If there is no backbone of the profile's name.
        ProfileError: If the backbone's options are wrong.
    """
    keras = load_keras()

    from sleap.nn.heads.maps import map_head

    model = profile.model
    backbone = make_backbone(model)
    word = model.output_type.word
    images = keras.Input((None, None, input_channels), name="images", dtype="float32")
    features = backbone.build(images, dtype=dtype)
    maps = map_head(features, n_outputs, word)
    return keras.Model(images, maps, name=f"{model.backbone_name}_{word}")
