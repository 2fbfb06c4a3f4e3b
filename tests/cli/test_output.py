import io
import json
import sys

import pytest

from sleap.cli.output import BarDisplay, Display, LineDisplay, make_progress


def test_lines_tell_stage_count_and_facts(capsys: pytest.CaptureFixture[str]) -> None:
    with LineDisplay() as progress:
        progress.begin("Training", 4)
        progress.advance(2, loss=0.123456)
        progress.say("hello")
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "hello\n" in captured.err
    assert "Training: 2/4" in captured.err
    assert "loss 0.1235" in captured.err


def test_json_lines_are_json(capsys: pytest.CaptureFixture[str]) -> None:
    with make_progress("json") as progress:
        progress.begin("Tracking", 10)
        progress.advance(10, fps=3.0)
        progress.say("done")
    records = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert records[0] == {"message": "done"}
    assert records[1]["n_processed"] == records[1]["n_total"] == 10
    assert records[1]["fps"] == 3.0


def test_a_bar_is_drawn_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    progress = make_progress("rich")
    assert isinstance(progress, BarDisplay)
    with progress:
        progress.begin("Training", 2)
        progress.advance(1, loss=0.5)
        progress.say("[half] way")
        progress.advance(1, loss=0.25)
    assert "Training" in terminal.getvalue()
    assert "[half] way" in terminal.getvalue()
    assert "loss 0.25" in terminal.getvalue()


def test_none_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    with make_progress("none") as progress:
        assert type(progress) is Display
        progress.begin("x", 1)
        progress.advance()
    assert capsys.readouterr() == ("", "")


def test_a_time_limit_shortens_the_time_left(capsys: pytest.CaptureFixture[str]) -> None:
    with LineDisplay() as progress:
        progress.begin("Training", 10**9)
        progress.advance(1, loss=1.0, seconds_left=30.0)
    line = capsys.readouterr().err
    assert ", 30 s left" in line
    assert "seconds_left" not in line
