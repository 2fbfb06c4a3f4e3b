import pytest
from pytestqt.qtbot import QtBot
from qtpy.QtCore import Qt
from qtpy.QtWidgets import QAbstractSpinBox, QComboBox, QLabel

from sleap.errors import OptionError
from sleap.gui.docks.generate import GenerateForm
from sleap.suggestions.options import METHODS, method_options
from tests.gui.docks.conftest import Hand


@pytest.fixture
def form(qtbot: QtBot) -> GenerateForm:
    form = GenerateForm(lambda: ["head", "tail"])
    qtbot.addWidget(form)
    form.resize(240, 400)
    form.show()
    return form


@pytest.mark.parametrize("name", METHODS)
def test_every_method_has_its_form(form: GenerateForm, name: str) -> None:
    form.method.setCurrentIndex(form.method.findData(name))
    options = form.options()
    assert options.method == name
    chosen = {"node": "head"} if name == "velocity" else {}
    assert options.chosen == method_options(name)(**chosen)
    assert form.minimumSizeHint().width() <= 250


@pytest.mark.parametrize("width", [230, 330])
@pytest.mark.parametrize("name", METHODS)
def test_nothing_is_cut_off(form: GenerateForm, qtbot: QtBot, name: str, width: int) -> None:
    form.resize(width, 600)
    form.method.setCurrentIndex(form.method.findData(name))
    qtbot.wait(1)
    for label in form.settings.findChildren(QLabel):
        if label.isVisible():
            assert label.width() >= label.minimumSizeHint().width(), label.text()
            right = label.mapTo(form, label.rect().topRight()).x()
            assert right < width, label.text()
            buddy = label.buddy()
            if buddy is not None:
                left = buddy.mapTo(form, buddy.rect().topLeft())
                is_below = left.y() > label.mapTo(form, label.rect().center()).y()
                assert is_below or left.x() > right, label.text()
    for kind in (QComboBox, QAbstractSpinBox):
        for editor in form.settings.findChildren(kind):
            assert editor.mapTo(form, editor.rect().topRight()).x() < width
            assert editor.width() >= editor.minimumSizeHint().width() - 25


def test_values_stay_when_another_method_is_looked_at(form: GenerateForm) -> None:
    form.form.editor("per_video").set_value(33)
    form.method.setCurrentIndex(3)
    form.method.setCurrentIndex(0)
    assert form.options().sample.per_video == 33


def test_the_wheel_of_methods_turns_by_keys(form: GenerateForm, qtbot: QtBot) -> None:
    form.method.setFocus()
    qtbot.keyClick(form.method, Qt.Key.Key_Down)
    assert form.options().method == "image_features"


def test_nodes_are_offered(form: GenerateForm) -> None:
    form.method.setCurrentIndex(form.method.findData("velocity"))
    form.form.editor("node").set_value("tail")
    assert form.options().velocity.node == "tail"


def test_a_node_that_is_gone_is_forgotten(form: GenerateForm) -> None:
    form.method.setCurrentIndex(form.method.findData("velocity"))
    form.form.editor("node").set_value("tail")
    form._node_names = lambda: ["head"]
    form.refresh_nodes()
    assert form.options().velocity.node == "head"


def test_what_is_wrong_cannot_be_started(form: GenerateForm) -> None:
    form.method.setCurrentIndex(form.method.findData("chunk"))
    form.form.editor("frame_from").set_value(5)
    form.form.editor("frame_to").set_value(2)
    assert not form.start.isEnabled()
    with pytest.raises(OptionError):
        form.options()


def test_the_button_asks(form: GenerateForm, hand: Hand, qtbot: QtBot) -> None:
    with qtbot.waitSignal(form.asked):
        hand.press(form.start)


def test_keeping_leaves_out_what_is_suggested(form: GenerateForm, hand: Hand, qtbot: QtBot) -> None:
    assert not form.options().skip_suggested
    qtbot.keyClick(form.keep, Qt.Key.Key_Space)
    assert form.options().skip_suggested
