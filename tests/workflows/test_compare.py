from collections.abc import Callable
from pathlib import Path

import pytest

from sleap.errors import ModelError, OptionError
from sleap.io.metrics_file import write_metrics
from sleap.progress import Progress
from sleap.workflows.compare import CompareOptions, compare

MakeRun = Callable[..., Path]


def names(*runs: Path) -> list[str]:
    return [run["name"] for run in compare(CompareOptions(runs=runs)).facts["runs"]]


def test_the_most_precise_come_first_then_those_of_the_least_loss(make_run: MakeRun) -> None:
    a, b = make_run("a", losses="0,1,3\n"), make_run("b", losses="0,1,2\n")
    c, d = make_run("c", losses="0,1,1\n"), make_run("d", losses="")
    assert names(d, a, b, c) == ["c", "b", "a", "d"]
    write_metrics({"pck_voc.mAP": 0.4}, b / "metrics.val.npz")
    write_metrics({"pck_voc.mAP": 0.6}, a / "metrics.val.npz")
    assert names(d, a, b, c) == ["a", "b", "c", "d"]


def test_only_what_differs_is_a_column(make_run: MakeRun) -> None:
    make_run("a", learning_rate=0.001)
    folder = make_run("b", learning_rate=0.002).parent
    found = compare(CompareOptions(runs=folder))
    assert found.facts["differing"] == ["learning_rate"]
    assert "learning_rate" in found.lines[0] and "batch_size" not in found.lines[0]


def test_the_report_is_written_and_others_are_told_of(make_run: MakeRun, tmp_path: Path) -> None:
    class Told(Progress):
        def __init__(self) -> None:
            self.texts: list[str] = []

        def say(self, text: str) -> None:
            self.texts.append(text)

    told = Told()
    report = tmp_path / "report.html"
    compare(CompareOptions(runs=(make_run("a"), tmp_path / "x.zip"), output=report), told)
    assert report.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert "x.zip" in told.texts[0] and "report.html" in told.texts[1]


def test_no_run_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="No training to compare"):
        compare(CompareOptions(runs=(tmp_path,)))


def test_a_report_replaces_nothing_but_pages(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match=r"report\.html"):
        CompareOptions(runs=(tmp_path,), output=tmp_path / "best_model.h5")
