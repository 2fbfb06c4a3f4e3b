import numpy as np
import pytest

from sleap.errors import FileError, ModelError
from sleap.nn.saved.run_folder import RunFolder
from sleap.nn.training import state as module
from sleap.nn.training.callbacks import Callback
from sleap.nn.training.course import EarlyStopping, Plateau
from sleap.nn.training.datasets import prepare
from sleap.nn.training.history import Epoch, History
from sleap.nn.training.network import make_model
from sleap.nn.training.state import STATE_NAME, Saving, TrainingState
from sleap.nn.training.trainer import fit


class Dies(Callback):
    """Ends the process, as far as a test can, after an epoch."""

    def __init__(self, after):
        self.after = after

    def on_epoch(self, epoch, model):
        if epoch.index == self.after:
            raise SystemExit


def run(labels, profile, folder, **settings):
    folder.mkdir(exist_ok=True)
    with prepare(profile, labels) as dataset:
        return fit(profile, dataset, RunFolder(folder), **settings)


def test_what_goes_on_ends_as_if_it_had_never_stopped(labels, make_profile, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "COST_SHARE", 1e9)  # after every epoch
    settings = {"num_epochs": 6, "reduce_lr_patience": 1, "reduce_lr_min_delta": 100, "seed": 2}
    whole = run(labels, make_profile(**settings), tmp_path / "whole")
    with pytest.raises(SystemExit):
        run(labels, make_profile(**settings), tmp_path / "torn", callbacks=[Dies(3)])
    state = TrainingState.load(tmp_path / "torn")
    assert [epoch.index for epoch in state.history.epochs] == [0, 1, 2]
    torn = run(labels, make_profile(**settings), tmp_path / "torn", state=state)
    assert [epoch.index for epoch in torn.epochs] == list(range(6))
    assert torn.n_examples == whole.n_examples
    assert [epoch.lr for epoch in torn.epochs] == [epoch.lr for epoch in whole.epochs]
    assert len({epoch.lr for epoch in torn.epochs}) > 2
    np.testing.assert_allclose(
        [(e.loss, e.val_loss) for e in torn.epochs],
        [(e.loss, e.val_loss) for e in whole.epochs],
        rtol=1e-3,
    )
    log = (tmp_path / "torn" / "training_log.csv").read_text().splitlines()
    assert len(log) == 7


def test_counters_survive(tmp_path, labels, make_profile):
    plateau, stopping = Plateau(0.5, 3, 1, 0.1, 0.0), EarlyStopping(4, 0.1)
    for figure in (1.0, 2.0):
        plateau.next_rate(figure, 1.0)
        stopping.is_over(figure)
    with prepare(make_profile(), labels) as dataset:
        model = make_model(make_profile(), dataset)
        other = make_model(
            make_profile(backbone={"down_blocks": 1, "up_blocks": 1, "num_filters": 3}), dataset
        )
    history = History("loss", [Epoch(0, 0.5, float("nan"), 0.1, 2.0)], n_examples=7)
    TrainingState.of(model, history, plateau, stopping).save(tmp_path)
    found = TrainingState.load(tmp_path)
    assert (found.plateau, found.early_stopping) == (plateau, stopping)
    assert (found.history.monitor, found.history.n_examples) == ("loss", 7)
    assert np.isnan(found.history.epochs[0].val_loss)
    with pytest.raises(ModelError, match="another network or optimizer"):
        found.restore(other)


def test_what_is_no_state(tmp_path):
    assert TrainingState.load(tmp_path) is None
    (tmp_path / STATE_NAME).write_bytes(b"PK no")
    with pytest.raises(FileError, match="Start a new training"):
        TrainingState.load(tmp_path)


def test_saving_leaves_the_time_to_the_training(tmp_path, monkeypatch):
    clock = [0.0]
    monkeypatch.setattr(module, "now", lambda: clock[0])
    saved = []

    class Slow:
        def save(self, folder):
            clock[0] += 1.0
            saved.append(clock[0])

    saving = Saving(tmp_path)
    for _ in range(500):
        saving.save(Slow)
        clock[0] += 1.0
    assert 4 <= len(saved) <= 6
    saving.save(Slow, at_once=True)
    assert saved[-1] == clock[0]
