from string import ascii_lowercase

import pytest
from attrs import field, frozen
from qtpy.QtCore import Qt
from qtpy.QtWidgets import QLabel

from sleap.errors import OptionError
from sleap.gui.forms import Form
from sleap.render.style import Style
from sleap.suggestions.options import (
    METHODS,
    ChunkOptions,
    SuggestionOptions,
    VelocityOptions,
    method_options,
)
from sleap.tracking.options import TrackingOptions
from sleap.workflows.package import PackageOptions

CLASSES = [*(method_options(name) for name in METHODS), SuggestionOptions, Style, TrackingOptions]


@frozen
class _Needs:
    name: str
    count: int = field(default=1, metadata={"help": "how many"})

    @count.validator
    def _check(self, attribute, value):
        if value < 1:
            raise OptionError(f"count is {value}; expected at least 1.")


@pytest.fixture
def show(qtbot):
    def make(*args, **kwargs):
        form = Form(*args, **kwargs)
        qtbot.addWidget(form)
        form.show()
        return form

    return make


@pytest.mark.parametrize("options", CLASSES, ids=lambda one: one.__name__)
def test_a_form_begins_with_the_defaults(show, options):
    assert show(options).value() == options()


def _errors(form):
    labels = form.findChildren(QLabel)
    return [one.text() for one in labels if one.isVisible() and one.text() and not one.buddy()]


def test_typing_changes_the_value(show, qtbot):
    form = show(ChunkOptions)
    box = form.editor("frame_from").box
    box.selectAll()
    with qtbot.waitSignal(form.changed):
        qtbot.keyClicks(box, "20")
    assert form.value() == ChunkOptions(frame_from=20)
    assert _errors(form) == []


def test_what_the_class_refuses_is_said_beside_the_field(show, qtbot):
    form = show(ChunkOptions)
    box = form.editor("frame_to").box
    form.editor("frame_from").set_value(50)
    box.selectAll()
    qtbot.keyClicks(box, "9")
    assert _errors(form) == ["'Frame to' is 9; expected at least 'Frame from' (50)."]
    assert not form.is_valid
    assert "frame_to is 9" in form.error
    with pytest.raises(OptionError, match="frame_to is 9"):
        form.value()
    form.editor("frame_to").set_value(60)
    assert _errors(form) == []
    assert form.is_valid


def test_the_error_lies_under_the_field_at_fault(show):
    form = show(_Needs("a"))
    form.editor("count").set_value(-2)
    holder = form.editor("count").parentWidget()
    assert any("expected at least 1" in one.text() for one in holder.findChildren(QLabel))


def test_what_cannot_be_read_is_said_too(show, qtbot):
    form = show(Style)
    qtbot.keyClicks(form.editor("crop").line, "wide")
    assert _errors(form) == ["'wide' is not a whole number."]


def test_values_of_fields_not_shown_are_kept(show):
    form = show(PackageOptions(quality=40), without=["quality"])
    assert "quality" not in form.editors
    form.editor("encoding").set_value("jpg")
    assert form.value() == PackageOptions(quality=40, encoding="jpg")


def test_only_some_fields(show):
    assert list(show(Style, only=["palette", "scale"]).editors) == ["palette", "scale"]


def test_choices_may_come_from_the_caller(show, qtbot):
    form = show(VelocityOptions, choices={"node": ["", "head", "tail"]})
    box = form.editor("node").box
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert form.value().node == "head"
    assert box.itemText(0) == "(first node)"


def test_groups_are_forms_of_their_own(show):
    form = show(SuggestionOptions(method="chunk", chunk=ChunkOptions(frame_from=3)))
    form.forms["chunk"].editor("frame_to").set_value(8)
    assert form.value().chunk == ChunkOptions(frame_from=3, frame_to=8)
    form.forms["chunk"].editor("frame_to").set_value(1)
    assert not form.is_valid


def test_fields_are_hidden_and_greyed(show):
    form = show(PackageOptions)
    form.show_field("quality", False)
    assert not form.editor("quality").isVisible()
    assert form.value().quality == 95
    form.show_field("quality", True)
    form.enable_field("quality", False)
    assert form.editor("quality").isVisible()
    assert not form.editor("quality").isEnabled()


def test_setting_a_value_tells_once(show, qtbot):
    form = show(ChunkOptions)
    told = []
    form.changed.connect(lambda: told.append(True))
    form.set_value(ChunkOptions(frame_from=5, frame_to=6))
    assert told == [True]
    assert form.value() == ChunkOptions(frame_from=5, frame_to=6)


def test_every_label_has_its_help_and_its_field(show):
    form = show(ChunkOptions)
    labels = [one for one in form.findChildren(QLabel) if one.buddy()]
    assert [one.text() for one in labels] == ["Frame from", "Frame to"]
    assert all(one.toolTip() for one in labels)
    assert labels[0].buddy() is form.editor("frame_from").box


def test_fields_have_mnemonics_that_are_free(show):
    form = show(ChunkOptions, taken="fr")
    labels = [one.text() for one in form.findChildren(QLabel) if one.buddy()]
    assert labels == ["Fr&ame from", "Fra&me to"]
    assert show(PackageOptions, taken="s").editor("skip_missing").box.text() == "S&kip missing"
    assert show(PackageOptions, taken=ascii_lowercase).editor("quality").isEnabled()
