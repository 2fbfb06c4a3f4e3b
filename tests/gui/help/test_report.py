import logging
import zipfile
from pathlib import Path

from sleap.core.labels import Labels
from sleap.gui.help import log
from sleap.gui.help.report import (
    ReportOptions,
    without_folders,
    without_names,
    write_report,
)
from sleap.gui.preferences import Preferences


def test_holds_what_is_needed_and_nothing_of_the_users(labels: Labels, tmp_path: Path) -> None:
    Preferences(theme="dark").save()
    log.keep_log()
    logging.getLogger("sleap.test").warning("Cannot open '/home/jane/secret project/day1.mp4'.")
    labels.videos[0].filename = "/home/jane/secret.mp4"
    labels.tracks[0].name = "Queen Anne"
    path = tmp_path / "report.zip"
    write_report(path, labels)
    with zipfile.ZipFile(path) as file:
        texts = {name: file.read(name).decode() for name in file.namelist()}
    assert set(texts) == {"versions.txt", "log.txt", "project.txt"}
    assert "Cannot open …." in texts["log.txt"]
    assert "instances: 12" in texts["project.txt"]
    everything = "".join(texts.values())
    for word in ("jane", "Queen", "secret.mp4", "day1", "theme: dark"):
        assert word not in everything


def test_folders_are_left_out() -> None:
    assert without_folders("in /home/jane/a/b.py: 3") == "in …/b.py: 3"
    assert without_folders(r"in C:\Users\jane\b.py") == "in …/b.py"
    assert without_folders("ratio 1/2") == "ratio 1/2"


def test_holds_more_if_the_user_wants_it(labels: Labels, tmp_path: Path) -> None:
    Preferences(theme="dark").save()
    log.keep_log()
    logging.getLogger("sleap.test").warning("Cannot open '/home/jane/secret/day2.mp4'.")
    path = tmp_path / "report.zip"
    options = ReportOptions(description="It froze.", with_names=True, with_settings=True)
    write_report(path, labels, options)
    with zipfile.ZipFile(path) as file:
        texts = {name: file.read(name).decode() for name in file.namelist()}
    assert texts["description.txt"] == "It froze.\n"
    assert "theme: dark" in texts["preferences.yaml"]
    assert "…/day2.mp4" in texts["log.txt"] and "jane" not in texts["log.txt"]


def test_names_are_left_out_but_where_it_happened_is_told() -> None:
    assert without_names("no track 'Queen Anne' in “mice”") == "no track … in …"
    assert without_names('File "/home/jane/sleap/gui/app.py", line 3') == 'File "…/app.py", line 3'
    assert without_names("at /home/jane/day1.mp4: gone") == "at …: gone"
    assert without_names("ratio 1/2") == "ratio 1/2"
