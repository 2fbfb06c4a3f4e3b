from pathlib import Path

from sleap.workflows.train_options import OVERRIDES, TrainOptions


def test_labels_may_be_left_out_and_overrides_are_options() -> None:
    options = TrainOptions(training_job_path="run", resume=True)
    assert options.labels_path is None
    assert all(getattr(options, name) is None for name in OVERRIDES)
    assert TrainOptions(training_job_path="p", labels_path="a.slp").labels_path == Path("a.slp")
