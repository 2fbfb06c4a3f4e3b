"""The layers of LEAP's network."""

import keras
import pytest

from sleap.nn.backbones.leap import LeapCNN


@pytest.mark.parametrize("interpolates", [True, False])
def test_whole(interpolates: bool) -> None:
    images = keras.Input((None, None, 1), name="images")
    backbone = LeapCNN(down_blocks=2, up_blocks=1, num_filters=4, upsampling_layers=interpolates)
    model = keras.Model(images, backbone.build(images))
    convs = [(x.name, x.filters) for x in model.layers if type(x).__name__ == "Conv2D"]
    assert convs == [
        *[(f"down0_conv{i}", 4) for i in range(3)],
        *[(f"down1_conv{i}", 8) for i in range(3)],
        *[(f"bottom_conv{i}", 16) for i in range(3)],
        *[(f"up1_conv{i}", 8) for i in range(2)],
    ]
    assert model.output_shape == (None, None, None, 8)
    kind = "UpSampling2D" if interpolates else "Conv2DTranspose"
    assert type(model.get_layer("up1_double")).__name__ == kind
