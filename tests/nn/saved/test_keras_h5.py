"""Keras' files."""

import subprocess
import sys
from pathlib import Path

import h5py
import keras
import numpy as np
import pytest

from sleap.errors import FileError, ModelError
from sleap.nn.config.profile import Profile
from sleap.nn.model import build_network
from sleap.nn.saved.keras_h5 import read_network, rebuild, save_network

# Keras' own saving trips over numpy 2.
keras_saves = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")

IMAGES = np.random.default_rng(0).random((2, 16, 24, 1)).astype(np.float32)


def small(dtype: str = "float32") -> keras.Model:
    backbone = {"num_filters": 3, "kernel_size": 3, "down_blocks": 2, "up_blocks": 1}
    backbone["upsampling_layers"] = False
    profile = Profile.from_dict(
        {"model": {"output_type": 0, "backbone_name": "UNet", "backbone": backbone}}
    )
    return build_network(profile, 1, 4, dtype=dtype)


def outputs(model: keras.Model) -> np.ndarray:
    return keras.ops.convert_to_numpy(model(IMAGES))


def test_saved_is_read_and_rebuilt(tmp_path: Path) -> None:
    model = small()
    save_network(model, tmp_path / "model.h5")
    network = read_network(tmp_path / "model.h5")
    assert [layer.name for layer in network.layers] == [layer.name for layer in model.layers]
    assert network.input_shape == (None, None, 1)
    np.testing.assert_array_equal(outputs(rebuild(network)), outputs(model))
    assert [path.name for path in tmp_path.iterdir()] == ["model.h5"]


def test_keras_reads_what_is_saved(tmp_path: Path) -> None:
    model = small()
    save_network(model, tmp_path / "model.h5")
    theirs = keras.models.load_model(tmp_path / "model.h5", compile=False)
    np.testing.assert_array_equal(outputs(theirs), outputs(model))


@keras_saves
def test_what_keras_saves_is_read(tmp_path: Path) -> None:
    model = small()
    model.save(tmp_path / "theirs.h5")
    np.testing.assert_array_equal(
        outputs(rebuild(read_network(tmp_path / "theirs.h5"))), outputs(model)
    )


def test_a_network_trained_in_bfloat16_is_saved_in_float32(tmp_path: Path) -> None:
    model = small("mixed_bfloat16")
    save_network(model, tmp_path / "model.h5")
    with h5py.File(tmp_path / "model.h5") as file:
        assert "bfloat16" not in str(file.attrs["model_config"])
    network = read_network(tmp_path / "model.h5")
    assert {a.dtype for arrays in network.weights.values() for a in arrays} == {np.dtype("f4")}
    again = rebuild(network)
    assert {layer.compute_dtype for layer in again.layers} == {"float32"}
    for name, arrays in network.weights.items():
        for ours, theirs in zip(arrays, model.get_layer(name).get_weights(), strict=True):
            np.testing.assert_array_equal(ours, theirs)
    np.testing.assert_allclose(outputs(again), outputs(model), atol=0.1)


def test_many_kinds_of_layers(tmp_path: Path) -> None:
    layers = keras.layers
    x = images = keras.Input((16, 24, 1))
    x = layers.Conv2D(4, 3, strides=2, padding="same", use_bias=False)(x)
    x = layers.BatchNormalization(scale=False)(x)
    x = layers.ReLU(max_value=6)(x)
    x = layers.Add()([x, layers.DepthwiseConv2D(3, padding="same", activation="relu")(x)])
    x = layers.SeparableConv2D(4, 3, padding="same")(layers.ZeroPadding2D(1)(x))
    x = layers.Activation("tanh")(layers.AveragePooling2D(2)(x))
    x = layers.UpSampling2D(interpolation="bilinear")(layers.LeakyReLU(negative_slope=0.1)(x))
    y = layers.Dense(3, activation="softmax")(layers.Flatten()(layers.GlobalMaxPooling2D()(x)))
    model = keras.Model(images, [layers.Dropout(0.5)(x), y])
    save_network(model, tmp_path / "model.h5")
    again = rebuild(read_network(tmp_path / "model.h5"))
    theirs = keras.models.load_model(tmp_path / "model.h5", compile=False)
    for a, b, c in zip(model(IMAGES), again(IMAGES), theirs(IMAGES), strict=True):
        np.testing.assert_allclose(*map(keras.ops.convert_to_numpy, (a, b)), atol=1e-6)
        np.testing.assert_allclose(*map(keras.ops.convert_to_numpy, (a, c)), atol=1e-6)


def test_unusable_layers_are_not_saved(tmp_path: Path) -> None:
    images = keras.Input((8, 8, 1))
    model = keras.Model(images, keras.layers.Lambda(lambda x: x, name="code")(images))
    with pytest.raises(ModelError, match="'code' is a Lambda"):
        save_network(model, tmp_path / "model.h5")
    assert not list(tmp_path.iterdir())


@keras_saves
def test_files_that_hold_no_network(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"No model file .*absent\.h5"):
        read_network(tmp_path / "absent.h5")
    (tmp_path / "text.h5").write_text("hello")
    with pytest.raises(ModelError, match=r"text\.h5' cannot be read"):
        read_network(tmp_path / "text.h5")
    small().save_weights(tmp_path / "only.weights.h5")
    with pytest.raises(ModelError, match="no whole network"):
        read_network(tmp_path / "only.weights.h5")
    save_network(small(), tmp_path / "model.h5")
    whole = (tmp_path / "model.h5").read_bytes()
    (tmp_path / "cut.h5").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ModelError, match=r"cut\.h5' cannot be read"):
        read_network(tmp_path / "cut.h5")


def test_a_network_whose_weights_are_gone(tmp_path: Path) -> None:
    save_network(small(), tmp_path / "model.h5")
    with h5py.File(tmp_path / "model.h5", "a") as file:
        del file["model_weights/down0_conv0/down0_conv0/kernel:0"]
    with pytest.raises(ModelError, match="cannot be read"):
        read_network(tmp_path / "model.h5")


def test_reading_needs_no_keras(tmp_path: Path) -> None:
    save_network(small(), tmp_path / "model.h5")
    program = (
        "import sys; from sleap.nn.saved.keras_h5 import read_network\n"
        "from sleap.nn.saved import run_folder; from sleap.nn import backbones\n"
        "from sleap.nn.codecs import confidence_maps, part_affinity_fields\n"
        f"assert read_network({str(tmp_path / 'model.h5')!r}).layers\n"
        "assert not {'keras', 'tensorflow'} & {*sys.modules}"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
