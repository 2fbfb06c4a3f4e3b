"""The diary of a training: written, read while it grows, summed up."""

import json
import math
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from sleap.io import diary as module
from sleap.io.diary import DIARY_NAME, Diary, DiaryReader, summarize

BEGIN = {
    "outputs": "confmaps",
    "n_epochs": 5,
    "first_epoch": 0,
    "steps_per_epoch": 3,
    "n_train": 9,
    "n_val": 1,
    "monitor": "val_loss",
    "heads": ["confmaps"],
}


def write_epochs(diary: Diary, *indices: int) -> None:
    for i in indices:
        diary.write("step", epoch=i, step=0, loss=1.0, lr=0.1, seconds=0.1)
        diary.write("epoch", index=i, loss=1 / (i + 1), val_loss=2 / (i + 1), is_best=True, eta_s=9)


def words(events: list[dict[str, object]]) -> list[object]:
    return [event["event"] for event in events]


def test_news_come_once_and_only_whole_lines(tmp_path: Path) -> None:
    reader, diary = DiaryReader(tmp_path), Diary(tmp_path)
    assert reader.news() == []
    diary.write("stage", title="Training")
    diary.write("note", text="grüß")
    first, second = reader.news()
    assert first["pid"] == os.getpid()
    assert "pid" not in second
    assert second["text"] == "grüß"
    assert reader.news() == []
    with (tmp_path / DIARY_NAME).open("ab") as file:
        file.write(b'{"event": "note", "te')
    assert reader.news() == []
    with (tmp_path / DIARY_NAME).open("ab") as file:
        file.write(b'xt": "rest"}\n')
    assert [event["text"] for event in reader.news()] == ["rest"]


def test_half_a_line_of_a_killed_process_spoils_no_other(tmp_path: Path) -> None:
    (tmp_path / DIARY_NAME).write_bytes(b'{"event": "stage", "title": "A"}\n{"event": "no')
    reader = DiaryReader(tmp_path)
    assert words(reader.news()) == ["stage"]
    Diary(tmp_path).write("note", text="on")
    assert words(reader.news()) == ["note"]


def test_another_diary_in_its_place_is_read_from_the_start(tmp_path: Path) -> None:
    diary, reader = Diary(tmp_path), DiaryReader(tmp_path)
    for _ in range(3):
        diary.write("note", text="a")
    reader.news()
    (tmp_path / DIARY_NAME).unlink()
    diary.write("note", text="b")
    assert [event["text"] for event in reader.news()] == ["b"]


def test_what_is_no_number_is_null(tmp_path: Path) -> None:
    diary = Diary(tmp_path)
    diary.write("epoch", val_loss=math.nan, losses={"a": math.inf}, list=[math.nan])
    diary.write("epoch", val_loss=np.float32(0.5), n=np.int64(3), path=Path("a"))
    diary.write("epoch", val_loss=np.float32("nan"))
    text = (tmp_path / DIARY_NAME).read_text()
    assert "NaN" not in text
    assert "Infinity" not in text
    one, two, three = DiaryReader(tmp_path).news()
    assert one["val_loss"] is None
    assert one["losses"] == {"a": None}
    assert (two["val_loss"], two["n"], two["path"]) == (0.5, 3, "a")
    assert three["val_loss"] is None


def test_a_diary_that_cannot_be_written_is_told_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    lost = Diary(tmp_path / "missing")
    lost.write("note", text="a")
    lost.write("note", text="b")
    assert len(caplog.messages) == 1
    assert "Cannot write the diary" in caplog.messages[0]


@pytest.mark.skipif(sys.platform == "win32", reason="has no limit on the size of a file")
def test_a_disk_that_fills_up_and_gets_free_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    import resource

    diary = Diary(tmp_path)
    diary.write("note", text="a")
    size = (tmp_path / DIARY_NAME).stat().st_size
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 20, before[1]))
    try:
        diary.write("note", text="of this only half is written")
        diary.write("note", text="and nothing of this")
        diary.write("note", text="nor of this")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert len(caplog.messages) == 1
    assert (tmp_path / DIARY_NAME).stat().st_size == size + 20
    diary.write("note", text="b")
    assert [event["text"] for event in DiaryReader(tmp_path).news()] == ["a", "b"]


def test_a_run_under_way(tmp_path: Path) -> None:
    diary = Diary(tmp_path)
    assert summarize(tmp_path).state == "unknown"
    diary.write("stage", title="Building the network")
    assert summarize(tmp_path).state == "running"
    diary.write("begin", **BEGIN)
    write_epochs(diary, 0, 1)
    (tmp_path / "viz").mkdir()
    (tmp_path / "viz" / "a.png").touch()
    diary.write("example", epoch=1, file="viz/a.png")
    diary.write("example", epoch=1, file="viz/gone.png")
    run = summarize(tmp_path)
    assert (run.state, run.outputs, run.stage) == ("running", "confmaps", "Building the network")
    assert [epoch["index"] for epoch in run.epochs] == [0, 1]
    assert (run.best_epoch, run.best, run.eta_s) == (1, 1.0, 9)
    assert run.examples == [tmp_path / "viz" / "a.png"]
    assert run.step is not None
    assert run.step["epoch"] == 1
    diary.write("end", reason="all epochs", best_epoch=1, best=1.0, seconds=3.5)
    run = summarize(tmp_path)
    assert (run.state, run.reason, run.seconds, run.eta_s) == ("ended", "all epochs", 3.5, None)


def test_a_failed_run(tmp_path: Path) -> None:
    diary = Diary(tmp_path)
    diary.write("stage", title="Training")
    diary.write("error", message="no luck")
    run = summarize(tmp_path)
    assert (run.state, run.message) == ("failed", "no luck")


def test_a_resumed_run_has_each_epoch_once(tmp_path: Path) -> None:
    first = Diary(tmp_path)
    first.write("begin", **BEGIN)
    write_epochs(first, 0, 1, 2)
    second = Diary(tmp_path)
    second.write("begin", **(BEGIN | {"first_epoch": 2}))
    write_epochs(second, 2, 3)
    run = summarize(tmp_path)
    assert [epoch["index"] for epoch in run.epochs] == [0, 1, 2, 3]
    assert run.state == "running"


def test_a_killed_process_is_noticed(tmp_path: Path) -> None:
    code = (
        "import sys, time; from sleap.io.diary import Diary\n"
        "Diary(sys.argv[1]).write('stage', title='Training'); print('ok', flush=True)\n"
        "time.sleep(60)"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert summarize(tmp_path).state == "running"
        process.kill()
        process.wait()
        run = summarize(tmp_path)
    assert (run.state, run.pid) == ("interrupted", process.pid)


def test_another_computer_is_judged_by_its_silence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    diary = Diary(tmp_path)
    diary.write("stage", title="Training")
    path = tmp_path / DIARY_NAME
    event = json.loads(path.read_text())
    path.write_text(json.dumps(event | {"host": "elsewhere", "pid": 1}) + "\n")
    assert summarize(tmp_path).state == "running"
    monkeypatch.setattr(module, "SILENT_AFTER", -1)
    assert summarize(tmp_path).state == "interrupted"


def test_lines_that_are_no_events_are_passed_over(tmp_path: Path) -> None:
    lines = [b"\xff\xfe", b"[1]", b"null", b"{}", b'{"event": 3}', b'{"event": "other"}', b""]
    (tmp_path / DIARY_NAME).write_bytes(b"\n".join(lines))
    assert words(DiaryReader(tmp_path).news()) == ["other"]
    assert summarize(tmp_path).state == "unknown"
