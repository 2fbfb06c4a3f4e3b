import numpy as np
import pytest
from qtpy.QtCore import Qt

from sleap.gui.dialogs.export_package import (
    PackageDialog,
    ask_package,
    bytes_per_value,
    estimate,
    say_size,
)
from sleap.workflows.package import PackageOptions


@pytest.fixture
def dialog(qtbot, labels):
    made = PackageDialog(None, labels)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.n_missing is not None)
    return made


def test_the_defaults_are_those_of_the_command(dialog):
    assert dialog.value() == PackageOptions(embed="user")


def test_the_estimate_follows_the_form(dialog, qtbot):
    assert dialog.note.text().startswith("3 images, about 11 kB.")
    qtbot.keyClick(dialog.form.editor("frames").box, Qt.Key.Key_Down)
    assert dialog.value().embed == "user+suggested"
    assert dialog.note.text().startswith("5 images, about 18 kB.")
    dialog.form.editor("encoding").set_value("raw")
    assert dialog.note.text().startswith("5 images, about 61 kB.")


def test_missing_videos_are_told(dialog, qtbot):
    assert "2 videos are missing: locate first, or leave out." in dialog.note.text()
    qtbot.keyClick(dialog.form.editor("skip_missing").box, Qt.Key.Key_Space)
    assert dialog.value().skip_missing
    assert "left out" in dialog.note.text()


def test_quality_is_asked_for_jpeg_only(dialog):
    assert not dialog.form.editor("quality").isEnabled()
    dialog.form.editor("encoding").set_value("jpg")
    assert dialog.form.editor("quality").isEnabled()
    dialog.form.editor("quality").set_value(60)
    assert dialog.value() == PackageOptions(embed="user", encoding="jpg", quality=60)


def test_nothing_to_export_is_said(qtbot, labels):
    labels.store.remove_frames(np.flatnonzero(np.ones(len(labels.store.frames), bool)))
    dialog = PackageDialog(None, labels)
    qtbot.addWidget(dialog)
    assert not dialog.ok.isEnabled()
    assert "nothing to export" in dialog.note.text()


def test_the_count_is_that_of_the_package(labels):
    assert estimate(labels, PackageOptions(embed="user+suggested+predicted")).n_images == 5


@pytest.mark.parametrize(
    ("size", "text"),
    [(12, "12 bytes"), (240_400, "240 kB"), (3.21e6, "3.2 MB"), (2e12, "2.0 TB")],
)
def test_sizes_are_written_as_people_read_them(size, text):
    assert say_size(size) == text


def test_asking(qtbot, labels, answer):
    answer(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Return))
    assert ask_package(None, labels) == PackageOptions(embed="user")
    answer(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Escape))
    assert ask_package(None, labels) is None


@pytest.mark.parametrize(("quality", "expected"), [(95, 0.13), (75, 0.05), (50, 0.03)])
def test_jpeg_is_estimated_by_its_quality(quality, expected):
    options = PackageOptions(embed="user", encoding="jpg", quality=quality)
    assert bytes_per_value(options) == pytest.approx(expected, abs=0.005)
