"""The network of a training, ready to learn."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sleap.errors import ModelError
from sleap.nn.backend import load_keras
from sleap.nn.config.profile import Profile
from sleap.nn.saved.keras_h5 import read_network
from sleap.nn.saved.run_folder import RunFolder
from sleap.nn.training.datasets import Dataset
from sleap.nn.training.optimizers import make_optimizer
from sleap.nn.training.precision import choose_policy

if TYPE_CHECKING:
    import keras


def make_model(profile: Profile, dataset: Dataset) -> "keras.Model":
    """Build the network with random weights of the profile's seed, ready to learn.

    Args:
        profile: The completed profile.
        dataset: What it will be fed with.
    """
    keras = load_keras()

    from sleap.nn.losses import make_mse
    from sleap.nn.model import build_network

    trainer = profile.trainer
    keras.utils.set_random_seed(trainer.seed)
    policy = choose_policy(trainer.precision)
    model = build_network(profile, dataset.channels, dataset.task.n_outputs, dtype=policy)
    optimizer = make_optimizer(trainer)
    # With its variables made beforehand, the graph of a step is traced once instead of twice.
    optimizer.build(model.trainable_variables)
    # XLA makes training on a CPU slower, and the network is small enough to do without.
    loss = make_mse(trainer.foreground_weight)
    model.compile(optimizer=optimizer, loss=loss, jit_compile=False)
    return model


def take_weights(model: "keras.Model", path: str | Path) -> tuple[int, int]:
    """Begin with the weights of a trained model, layer by layer, where names and shapes agree.

    Args:
        model: The network that is to learn.
        path: The run folder of the other, or a model in it.

    Returns:
        How many layers with weights took those of the other, and how many there are.

    Raises:
        ModelError: If there is no trained model, or no layer of it fits.
    """
    _, file = RunFolder.load(path)
    given = read_network(file).weights
    layers = [layer for layer in model.layers if layer.get_weights()]
    n_taken = 0
    for layer in layers:
        arrays = given.get(layer.name, [])
        if [np.shape(one) for one in arrays] == [np.shape(one) for one in layer.get_weights()]:
            layer.set_weights(arrays)
            n_taken += 1
    if not n_taken:
        raise ModelError(
            f"No layer of the model '{file}' fits the network of this profile. Give a model of "
            f"the same backbone with --base_checkpoint, or leave it out."
        )
    return n_taken, len(layers)
