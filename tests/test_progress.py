import pytest

from sleap.errors import CancelledError
from sleap.progress import SILENT, Progress


def test_the_silent_progress_takes_every_call(capsys: pytest.CaptureFixture[str]) -> None:
    SILENT.begin("working", 3)
    SILENT.advance(2, loss=0.5)
    SILENT.say("news")
    SILENT.end()
    SILENT.check()
    assert capsys.readouterr() == ("", "")


def test_a_cancelled_job_stops_at_its_next_check() -> None:
    progress = Progress()
    progress.is_cancelled = True
    with pytest.raises(CancelledError):
        progress.check()
    assert not SILENT.is_cancelled
