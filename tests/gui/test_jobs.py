import threading

import pytest
from pytestqt.qtbot import QtBot
from qtpy.QtWidgets import QMainWindow, QWidget

from sleap.errors import FileError
from sleap.gui import jobs
from sleap.progress import Progress


@pytest.fixture
def reports(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, BaseException]]:
    told: list[tuple[str, BaseException]] = []
    monkeypatch.setattr(jobs, "_reporter", [lambda _, title, error: told.append((title, error))])
    return told


def test_work_is_done_elsewhere_and_its_result_comes_here(qtbot: QtBot) -> None:
    threads: list[int] = []
    results: list[tuple[int, int]] = []

    def work(progress: Progress) -> int:
        threads.append(threading.get_ident())
        return 42

    job = jobs.run(None, "Think", work, lambda x: results.append((x, threading.get_ident())))
    with qtbot.waitSignal(job.finished):
        pass
    assert results == [(42, threading.get_ident())]
    assert threads[0] != threading.get_ident()
    assert not job.is_running and job not in jobs.running


def test_progress_reaches_the_window(qtbot: QtBot) -> None:
    shown: list[jobs.Job] = []

    class Window(QMainWindow):
        def show_job(self, job: jobs.Job) -> None:
            shown.append(job)
            job.progressed.connect(lambda *stage: stages.append(stage))
            job.said.connect(news.append)

    stages: list[tuple[object, ...]] = []
    news: list[str] = []
    window = Window()
    child = QWidget(window)
    qtbot.addWidget(window)

    def work(progress: Progress) -> None:
        progress.begin("Count", 1000)
        for _ in range(1000):
            progress.advance()
        progress.say("counted")
        progress.end()

    job = jobs.run(child, "Count to 1000", work, lambda _: None)
    with qtbot.waitSignal(job.finished):
        pass
    assert shown == [job]
    assert stages[0] == ("Count", 0, 1000) and stages[-1] == ("Count", 1000, 1000)
    assert len(stages) < 100
    assert news == ["counted"]


def test_a_cancelled_job_ends_silently(
    qtbot: QtBot, reports: list[tuple[str, BaseException]]
) -> None:
    may_go_on = threading.Event()

    def work(progress: Progress) -> None:
        may_go_on.wait()
        progress.check()

    job = jobs.run(None, "Wait", work, lambda _: pytest.fail("it was cancelled"))
    job.cancel()
    with qtbot.waitSignal(job.finished):
        may_go_on.set()
    assert reports == []


def test_errors_are_reported(qtbot: QtBot, reports: list[tuple[str, BaseException]]) -> None:
    def work(progress: Progress) -> None:
        raise FileError("no such file")

    job = jobs.run(None, "Read", work, lambda _: pytest.fail("it failed"))
    with qtbot.waitSignal(job.finished):
        pass
    assert [(title, str(error)) for title, error in reports] == [("Read", "no such file")]


def test_errors_can_be_taken_care_of(
    qtbot: QtBot, reports: list[tuple[str, BaseException]]
) -> None:
    errors: list[BaseException] = []

    def work(progress: Progress) -> None:
        raise FileError("no such file")

    job = jobs.run(None, "Read", work, lambda _: None, errors.append)
    with qtbot.waitSignal(job.finished):
        pass
    assert len(errors) == 1 and reports == []


def test_what_nobody_expected_is_logged(
    qtbot: QtBot, reports: list[tuple[str, BaseException]], caplog: pytest.LogCaptureFixture
) -> None:
    def work(progress: Progress) -> None:
        raise ZeroDivisionError("oh")

    job = jobs.run(None, "Divide", work, lambda _: None)
    with qtbot.waitSignal(job.finished):
        pass
    assert isinstance(reports[0][1], ZeroDivisionError)
    assert "Divide failed" in caplog.text
