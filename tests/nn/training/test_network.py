import numpy as np
import pytest

from sleap.errors import ModelError
from sleap.nn.config.output_type import OutputType
from sleap.nn.saved.run_folder import RunFolder
from sleap.nn.training.datasets import prepare
from sleap.nn.training.network import make_model, take_weights
from sleap.nn.training.trainer import train


def test_a_network_begins_with_the_weights_of_another(labels, make_profile, tmp_path):
    train(make_profile(num_epochs=1), labels, RunFolder(tmp_path))
    same = make_profile(seed=5)
    with prepare(same, labels) as dataset:
        model = make_model(same, dataset)
        before = [layer.get_weights() for layer in model.layers if layer.get_weights()]
        n, n_layers = take_weights(model, tmp_path)
        after = [layer.get_weights() for layer in model.layers if layer.get_weights()]
    assert n == n_layers > 1
    assert not np.allclose(before[0][0], after[0][0])
    other = make_profile(OutputType.CENTROIDS)
    with prepare(other, labels) as dataset:
        assert take_weights(make_model(other, dataset), tmp_path) == (n - 1, n)
    wide = make_profile(backbone={"down_blocks": 1, "up_blocks": 1, "num_filters": 5})
    with prepare(wide, labels) as dataset, pytest.raises(ModelError, match="No layer"):
        take_weights(make_model(wide, dataset), tmp_path)
