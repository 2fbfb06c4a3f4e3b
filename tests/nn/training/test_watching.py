import pytest

from sleap.io.diary import Diary, DiaryReader, ask_to_stop, summarize
from sleap.io.stop_request import asked_to_stop
from sleap.nn.saved.run_folder import RunFolder
from sleap.nn.training import loop
from sleap.nn.training.callbacks import Callback
from sleap.nn.training.trainer import train
from sleap.nn.training.watching import DiaryKeeper, tell_end


def run(labels, profile, folder, *others):
    keeper = DiaryKeeper(Diary(folder))
    history = train(profile, labels, RunFolder(folder), callbacks=[keeper, *others])
    tell_end(keeper.diary, history)
    return history


def test_a_training_is_written_down(labels, profile, tmp_path):
    history = run(labels, profile, tmp_path)
    events = DiaryReader(tmp_path).news()
    assert [event["event"] for event in events if event["event"] != "step"] == [
        "stage",
        "begin",
        "epoch",
        "epoch",
        "end",
    ]
    begin = events[1]
    assert (begin["n_train"], begin["n_val"], begin["heads"]) == (9, 1, ["confmaps"])
    state = summarize(tmp_path)
    assert [one["losses"] for one in state.epochs] == [
        {"confmaps": epoch.loss} for epoch in history.epochs
    ]
    assert (state.best, state.reason) == (history.best.val_loss, "all epochs")
    assert state.epochs[-1]["eta_s"] == 0


class Asks(Callback):
    def __init__(self, folder, how, after):
        self.folder, self.how, self.after = folder, how, after

    def on_step(self, step):
        if (step.epoch, step.index) == self.after:
            ask_to_stop(self.folder, self.how)


@pytest.mark.parametrize(("how", "reason"), [("stop", "stopped"), ("cancel", "cancelled")])
@pytest.mark.parametrize(("after", "n_epochs"), [((0, 1), 1), ((1, 0), 1), ((1, 2), 2)])
def test_it_ends_when_asked(
    labels, make_profile, tmp_path, monkeypatch, how, reason, after, n_epochs
):
    monkeypatch.setattr(loop, "LOOK_EVERY_S", 0.0)
    profile = make_profile(num_epochs=50)
    history = run(labels, profile, tmp_path, Asks(tmp_path, how, after))
    assert history.end_reason == reason
    assert len(history.epochs) == n_epochs
    assert RunFolder.load(tmp_path)[1].name == "best_model.h5"
    assert asked_to_stop(tmp_path) == ""
    assert summarize(tmp_path).reason == reason
