import logging
import zipfile
from pathlib import Path

from sleap.core.labels import Labels
from sleap.gui.help import log
from sleap.gui.help.report import without_home, write_report
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
    assert set(texts) == {"versions.txt", "log.txt", "project.txt", "preferences.yaml"}
    assert "theme: dark" in texts["preferences.yaml"]
    assert "instances: 12" in texts["project.txt"]
    everything = "".join(texts.values())
    for word in ("jane", "Queen", "secret.mp4"):
        assert word not in everything


def test_folders_are_left_out() -> None:
    assert without_home("in /home/jane/a/b.py: 3") == "in …/b.py: 3"
    assert without_home(r"in C:\Users\jane\b.py") == "in …/b.py"
    assert without_home("ratio 1/2") == "ratio 1/2"
