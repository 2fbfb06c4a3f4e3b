import json
import math
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from sleap.io.diary import Diary
from sleap.io.metrics_file import write_metrics
from sleap.workflows.comparing.run import Run, find_runs, read_run

MakeRun = Callable[..., Path]


def test_a_run_without_a_diary_is_told_by_what_it_left(make_run: MakeRun) -> None:
    folder = make_run("a", num_epochs=9)
    assert read_run(folder).state == "unknown"
    metrics = {"oks_voc.mAP": 0.0, "pck_voc.mAP": 0.5, "dist.p50": 1.5, "dist.dists": [1, 2]}
    write_metrics(metrics, folder / "metrics.val.npz")
    run = read_run(folder)
    assert (run.name, run.network, run.state, run.n_epochs) == ("a", "centroids", "ended", 9)
    assert (run.losses, run.val_losses) == ([4, 3, 2], [2, 1, 1.5])
    assert (run.monitor, run.best_epoch, run.best) == ("val_loss", 1, 1)
    assert run.metrics == {"val": {"pck_voc.mAP": 0.5, "dist.p50": 1.5}}  # one point has no OKS
    assert run.n_weights is not None and run.n_weights > 1000


def test_what_the_diary_tells(make_run: MakeRun) -> None:
    folder = make_run("a", losses="")
    diary = Diary(folder)
    diary.write("begin", n_epochs=5, n_train=12, n_val=3, monitor="val_loss")
    diary.write("epoch", index=0, loss=3.0, val_loss=2.0, seconds=1.5)
    diary.write("epoch", index=1, loss=2.0, val_loss=math.nan, seconds=2)
    run = read_run(folder)
    assert (run.state, run.seconds, run.n_epochs) == ("running", 3.5, 5)
    assert run.losses == [3, 2] and run.val_losses[0] == 2 and math.isnan(run.val_losses[1])
    assert run.settings["training examples"] == 12
    diary.write("end", reason="early stopping", seconds=7.0)
    run = read_run(folder)
    assert (run.state, run.told, run.seconds) == ("ended", "early stopping", 7)
    diary.write("error", message="The loss is no number.")
    run = read_run(folder)
    assert (run.state, run.told) == ("failed", "The loss is no number.")


def test_a_run_whose_process_is_gone_was_interrupted(make_run: MakeRun) -> None:
    folder = make_run("a")
    begin = {"event": "begin", "time": 1, "pid": 2**30, "host": socket.gethostname(), "birth": 1}
    (folder / "diary.jsonl").write_text(json.dumps(begin) + "\n")
    assert read_run(folder).state == "interrupted"


def test_without_validation_the_training_loss_counts(make_run: MakeRun) -> None:
    run = read_run(make_run("a", losses="0,4,nan\n1,3,nan\n"))
    assert (run.monitor, run.best) == ("loss", 3)
    nothing = Run(path=Path("a"))
    assert nothing.best is None and nothing.best_epoch is None


def test_what_is_damaged_is_told_and_the_rest_is_read(make_run: MakeRun) -> None:
    folder = make_run("a")
    (folder / "metrics.val.npz").write_bytes(b"no zip")
    (folder / "training_job.json").write_text("{")
    run = read_run(folder)
    assert run.state == "unreadable"
    assert ["training_job.json" in run.troubles[0], "metrics.val.npz" in run.troubles[1]] == [
        True
    ] * 2
    assert run.val_losses == [2, 1, 1.5]


def test_a_run_of_a_later_release(data_dir: Path) -> None:
    folder = data_dir / "flies_tutorial" / "models" / "211229_075510.centroid"
    run = read_run(folder)
    assert (run.network, run.n_epochs, len(run.losses)) == ("centroids", 200, 23)
    assert run.best == pytest.approx(2.73e-5, rel=1e-2)
    assert run.settings["learning_rate"] == 1e-4 and run.settings["backbone"] == "UNet"


def test_runs_are_found_by_folder_parent_file_and_pattern(make_run: MakeRun) -> None:
    a, b = make_run("a"), make_run("b")
    models = a.parent
    (models / "notes.txt").write_text("x")
    assert find_runs([models]) == ([a, b], [])
    assert find_runs([models / "*"]) == ([a, b], [models / "notes.txt"])
    assert find_runs([b / "training_job.json", b, a / "best_model.h5"])[0] == [b]
    assert find_runs([models / "lost"]) == ([], [models / "lost"])


def test_a_run_of_the_oldest_layout_counts_once(make_run: MakeRun) -> None:
    folder = make_run("a")
    (folder / "training_job.json").rename(folder.with_name("a.json"))
    assert find_runs([folder.parent / "*"]) == ([folder], [])
    assert read_run(folder).network == "centroids"
