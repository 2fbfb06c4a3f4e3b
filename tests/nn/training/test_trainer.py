import math

import numpy as np
import pytest

from sleap.errors import CancelledError, ModelError, ProfileError
from sleap.nn.codecs import confidence_maps
from sleap.nn.config.output_type import OutputType
from sleap.nn.saved.keras_h5 import read_network, rebuild
from sleap.nn.saved.run_folder import RunFolder
from sleap.nn.training import loop
from sleap.nn.training.callbacks import Callback
from sleap.nn.training.datasets import prepare
from sleap.nn.training.trainer import fit, train
from sleap.progress import Progress


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "run"
    path.mkdir()
    return RunFolder(path)


def names(folder):
    return sorted(path.name for path in folder.path.iterdir())


def test_a_tiny_network_learns(labels, make_profile, folder):
    backbone = {"down_blocks": 2, "up_blocks": 1, "num_filters": 12, "kernel_size": 3}
    profile = make_profile(
        backbone=backbone, num_epochs=5, steps_per_epoch=30, batch_size=4, val_size=0.2, seed=1
    )
    history = train(profile, labels, folder)
    first, last = history.epochs[0], history.epochs[-1]
    assert last.loss < first.loss / 3
    assert history.best.val_loss < 0.02
    assert history.n_examples == 5 * 30 * 4
    assert names(folder) == [
        "best_model.h5",
        "final_model.h5",
        "split.json",
        "training_job.json",
        "training_log.csv",
        "training_state.npz",
    ]
    saved, weights = RunFolder.load(folder.path)
    assert saved.skeleton.node_names == ["head", "tail"]
    model = rebuild(read_network(weights))
    with prepare(profile, labels) as dataset:
        batch = dataset.val.batch(0)
        maps = np.asarray(model(batch.images))
        found, _ = confidence_maps.decode_single(maps, stride=2, threshold=0.2)
        truth, _ = confidence_maps.decode_single(batch.targets, stride=2, threshold=0.2)
    assert np.nanmedian(np.linalg.norm(found - truth, axis=-1)) < 1.0


def test_same_seed_same_losses_whatever_the_threads(labels, make_profile, folder):
    histories = [
        train(make_profile(augment_rotate=True, seed=seed, n_workers=workers), labels, folder)
        for seed, workers in ((3, 1), (3, 2), (4, 1))
    ]
    one, same, other = ([(e.loss, e.val_loss) for e in h.epochs] for h in histories)
    np.testing.assert_allclose(one, same, rtol=1e-3)
    assert not np.allclose(one, other, rtol=1e-3)


def test_course_is_followed(labels, make_profile, folder):
    profile = make_profile(
        output_type=OutputType.TOPDOWN,
        num_epochs=30,
        steps_per_epoch=1,
        reduce_lr_patience=1,
        reduce_lr_cooldown=0,
        reduce_lr_min_delta=100,
        early_stopping_patience=4,
        early_stopping_min_delta=100,
        save_every_epoch=True,
        save_final_model=False,
        csv_logging=False,
        optimizer="rmsprop",
    )
    history = train(profile, labels, folder)
    assert history.end_reason == "early stopping"
    rates = [epoch.lr for epoch in history.epochs]
    np.testing.assert_allclose(rates, [0.005, 0.005, 0.0025, 0.00125, 0.000625], rtol=1e-6)
    assert "newest_model.h5" in names(folder)
    assert not {"final_model.h5", "training_log.csv"} & set(names(folder))


def test_without_validation_the_loss_is_watched(make_labels, make_profile, tmp_path, folder):
    history = train(make_profile(num_epochs=1), make_labels(tmp_path / "one", 1), folder)
    assert math.isnan(history.epochs[0].val_loss)
    assert folder.best_path.exists()


class Cancelling(Progress):
    """Cancels after a number of steps, as a window or as Ctrl+C does."""

    def __init__(self, after, by_keyboard=False):
        self.after, self.by_keyboard, self.done, self.facts = after, by_keyboard, 0, {}

    def begin(self, title, total=None):
        self.done = 0
        self.is_training = title == "Training"
        self.is_cancelled = self.is_training and self.after == 0

    def advance(self, steps=1, **facts):
        self.done += steps
        self.facts |= facts
        if self.is_training and steps and self.done == self.after:
            if self.by_keyboard:
                raise KeyboardInterrupt
            self.is_cancelled = True


@pytest.mark.parametrize(
    ("after", "n_epochs", "by_keyboard"), [(2, 1, True), (4, 1, False), (7, 2, True)]
)
def test_cancelling_keeps_the_best(labels, profile, folder, after, n_epochs, by_keyboard):
    profile.trainer.num_epochs = 5
    progress = Cancelling(after, by_keyboard)
    history = train(profile, labels, folder, progress=progress)
    assert progress.done == after
    assert set(progress.facts) >= {"epoch", "loss", "lr"}
    assert history.end_reason == "cancelled"
    assert len(history.epochs) == n_epochs
    assert RunFolder.load(folder.path)[1] == folder.best_path
    assert folder.final_path.exists()


def test_cancelling_before_the_first_step(labels, profile, folder):
    with pytest.raises(CancelledError, match="nothing was trained"):
        train(profile, labels, folder, progress=Cancelling(0))


def test_time_limit_ends_an_epoch_early_but_judges(labels, make_profile, folder, monkeypatch):
    clock = iter(range(10**9))
    monkeypatch.setattr(loop, "now", lambda: next(clock))
    profile = make_profile(
        OutputType.CENTROIDS, num_epochs=1000, steps_per_epoch=1000, max_minutes=5
    )
    history = train(profile, labels, folder)
    assert history.end_reason == "time limit"
    assert len(history.epochs) == 1
    assert math.isfinite(history.epochs[0].val_loss)
    assert history.n_examples < 4 * 1000
    assert folder.best_path.exists()


def test_a_loss_that_is_no_number_stops_with_advice(labels, make_profile, folder):
    class Spoil(Callback):
        def on_epoch(self, epoch, model):
            model.set_weights([np.full_like(w, np.nan) for w in model.get_weights()])

    with pytest.raises(ModelError, match=r"epoch 2, with learning rate 0\.005") as caught:
        train(make_profile(), labels, folder, callbacks=[Spoil()])
    assert "smaller learning_rate" in str(caught.value)
    assert "best model so far is kept" in str(caught.value)
    assert read_network(folder.best_path).weights


def test_bfloat16_is_saved_in_float32(labels, make_profile, folder):
    profile = make_profile(OutputType.PAFS, num_epochs=1, precision="bfloat16")
    history = train(profile, labels, folder)
    assert math.isfinite(history.epochs[0].val_loss)
    arrays = [a for each in read_network(folder.best_path).weights.values() for a in each]
    assert {array.dtype for array in arrays} == {np.dtype("float32")}


def test_unknown_monitor(labels, make_profile, folder):
    profile = make_profile(monitor_metric_name="accuracy")
    with prepare(profile, labels) as dataset, pytest.raises(ProfileError, match="val_loss or loss"):
        fit(profile, dataset, folder)
