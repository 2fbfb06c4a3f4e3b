import json
import math
from pathlib import Path

from sleap.workflows.comparing.run import Run
from sleap.workflows.comparing.table import (
    collect_facts,
    find_notes,
    make_table,
    names_of,
    render_lines,
)

A = Run(
    path=Path("m/a"),
    network="centroids",
    settings={"rate": 0.1, "flip": True, "labels": "/x/one.slp", "same": 1},
    state="ended",
    told="early stopping",
    n_epochs=9,
    losses=[3, 2],
    val_losses=[2, 1],
    metrics={"val": {"oks_voc.mAP": 0.5, "dist.p50": 1.234}},
    seconds=3725,
    n_weights=1234567,
)
B = Run(
    path=Path("m/b"),
    network="centroids",
    settings={"rate": 0.2, "flip": False, "labels": "/x/two.slp", "same": 1},
    state="interrupted",
    n_epochs=9,
)


def row_of(run: Run, *others: Run) -> dict[str, str]:
    table = make_table([run, *others])
    return dict(zip(table.titles, table.rows[0], strict=True))


def test_a_row_tells_what_differs_and_what_was_measured() -> None:
    assert row_of(A, B) == {
        "run": "a",
        "network": "centroids",
        "state": "ended, early stopping",
        "rate": "0.1",
        "flip": "yes",
        "labels": "one.slp",
        "epochs": "2/9 (best 2)",
        "best val_loss": "1",
        "val mAP": "0.500",
        "val median px": "1.23",
        "time": "1:02:05",
        "s/epoch": "1.86e+03",
        "weights": "1,234,567",
    }
    unfinished = row_of(B, A)
    assert (unfinished["state"], unfinished["epochs"]) == ("interrupted", "0/9")
    assert unfinished["val mAP"] == unfinished["time"] == "-"


def test_columns_without_anything_are_left_out() -> None:
    assert make_table([B]).titles == ("run", "network", "state", "epochs")


def test_lines_are_aligned_with_notes_below() -> None:
    lines = render_lines(make_table([A, B]), [A, B])
    assert lines[0].index("state") == lines[1].index("ended") == lines[2].index("interrupted")
    assert lines[0].index("weights") + len("weights") == len(lines[1])  # figures to the right
    assert lines[3] == ""
    assert lines[4:] == find_notes([A, B])
    assert f"sleap-train {B.path} --resume" in lines[4]


def test_failures_and_troubles_are_told_below() -> None:
    failed = Run(path=Path("f"), state="failed", told="The loss is no number.", troubles=["Torn."])
    assert find_notes([A, failed]) == ["f: The loss is no number.", "f: Torn."]
    assert find_notes([Run(path=Path("u"))]) == ["u: no epoch is on record"]


def test_runs_of_one_name_are_told_apart_by_their_paths() -> None:
    runs = [Run(path=Path("m/a")), Run(path=Path("n/a")), Run(path=Path("n/b"))]
    assert names_of(runs) == [str(Path("m/a")), str(Path("n/a")), "b"]


def test_facts_fit_into_json() -> None:
    run = Run(path=Path("a"), losses=[1.0, math.nan], val_losses=[math.nan, math.inf])
    facts = json.loads(json.dumps(collect_facts([A, run]), allow_nan=False))
    assert facts["runs"][1]["loss"] == [1, None]
    assert facts["runs"][1]["val_loss"] == [None, None]
    assert facts["runs"][0]["best_epoch"] == 1
    assert facts["runs"][0]["metrics"]["val"]["dist.p50"] == 1.234
