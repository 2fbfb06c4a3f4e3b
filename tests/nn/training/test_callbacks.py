import math

import pytest

from sleap.errors import FileError
from sleap.nn.saved.run_folder import RunFolder
from sleap.nn.training.callbacks import (
    Callback,
    Checkpoints,
    CsvLog,
    TensorBoard,
    profile_callbacks,
)
from sleap.nn.training.history import Epoch, History

EPOCHS = [
    Epoch(0, 0.5, 0.25, 0.001, 1.0),
    Epoch(1, 0.4, 0.5, 0.001, 1.0),
    Epoch(2, 0.3, math.nan, 0.0005, 1.0),
]


@pytest.fixture(scope="module")
def model():
    import keras

    images = keras.Input((None, None, 1))
    return keras.Model(images, keras.layers.Conv2D(1, 3, padding="same")(images))


def test_the_base_does_nothing():
    Callback().on_epoch(EPOCHS[0], None)
    Callback().on_end(History(), None)


def test_csv(tmp_path):
    log = CsvLog(tmp_path / "training_log.csv")
    for epoch in EPOCHS:
        log.on_epoch(epoch, None)
    assert (tmp_path / "training_log.csv").read_text().splitlines() == [
        "epoch,loss,val_loss,lr",
        "0,0.5,0.25,0.001",
        "1,0.4,0.5,0.001",
        "2,0.3,,0.0005",
    ]


def test_csv_that_cannot_be_written(tmp_path):
    with pytest.raises(FileError, match="training log"):
        CsvLog(tmp_path / "missing" / "log.csv").on_epoch(EPOCHS[0], None)


def test_only_a_better_model_is_the_best(tmp_path, model):
    folder = RunFolder(tmp_path)
    checkpoints = Checkpoints(folder, "val_loss")
    checkpoints.on_epoch(EPOCHS[0], model)
    assert folder.best_path.exists()
    folder.best_path.unlink()
    checkpoints.on_epoch(EPOCHS[1], model)
    assert not folder.best_path.exists()
    assert not folder.newest_path.exists()
    checkpoints.on_end(History(), model)
    assert folder.final_path.exists()


def test_newest_after_each_epoch(tmp_path, model):
    folder = RunFolder(tmp_path)
    checkpoints = Checkpoints(folder, "loss", False, True, False)
    checkpoints.on_epoch(EPOCHS[0], model)
    checkpoints.on_end(History(), model)
    assert [path.name for path in tmp_path.iterdir()] == ["newest_model.h5"]


def test_tensorboard_events_hold_the_figures(tmp_path):
    import tensorflow as tf

    board = TensorBoard(tmp_path)
    for epoch in EPOCHS:
        board.on_epoch(epoch, None)
    board.on_end(History(), None)
    (path,) = tmp_path.iterdir()
    found = []
    for record in tf.data.TFRecordDataset(str(path)):
        event = tf.compat.v1.Event.FromString(record.numpy())
        found += [(v.tag, event.step, v.tensor) for v in event.summary.value]
    assert [(tag, step) for tag, step, _ in found if tag == "epoch_val_loss"] == [
        ("epoch_val_loss", 0),
        ("epoch_val_loss", 1),
    ]
    assert tf.make_ndarray(found[0][2]) == 0.5


def test_profile_decides(tmp_path, profile):
    profile.trainer.csv_logging = False
    assert len(profile_callbacks(profile, RunFolder(tmp_path), "loss")) == 1
    profile.trainer.csv_logging = True
    assert len(profile_callbacks(profile, RunFolder(tmp_path), "loss")) == 2
