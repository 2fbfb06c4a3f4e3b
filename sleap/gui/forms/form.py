"""A form made out of an options class: labels, editors, and what is wrong beside the field."""

import re
from collections.abc import Collection, Mapping
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

import attrs
from qtpy.QtCore import Qt, Signal
from qtpy.QtWidgets import QFormLayout, QGroupBox, QLabel, QSizePolicy, QVBoxLayout, QWidget

from sleap.errors import OptionError, SleapError
from sleap.gui.forms.editors import BoolEditor, Editor, make_editor
from sleap.gui.forms.fields import FormField, Kind, describe
from sleap.gui.forms.tones import ToneLabel

T = TypeVar("T")

_REFUSALS = (SleapError, ValueError, TypeError)


class Form(QWidget, Generic[T]):
    """Edits an instance of an options class.

    What the class refuses is said in red under the field at fault, as it is typed.

    Args:
        options: The class; of an instance, its values are shown.
        only: Names of the fields to show; None for all.
        without: Names of fields not to show.
        choices: By name of a field: the values to choose from, where only the caller knows them
            (names of nodes, of tracks); as a mapping, with how they read.
        taken: Letters of mnemonics around the form; its fields get others. None: they get none, as
            in a dock, where Alt with a letter opens a menu.
        parent: The parent.

    Signals:
        changed: A value was changed, by the user or by ``set_value``.
    """

    changed = Signal()

    def __init__(
        self,
        options: type[T] | T,
        *,
        only: Collection[str] | None = None,
        without: Collection[str] = (),
        choices: Mapping[str, Collection[str]] | None = None,
        taken: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.options: type[T] = options if isinstance(options, type) else type(options)
        self._start: T | None = None if isinstance(options, type) else options
        self.editors: dict[str, Editor] = {}
        self.forms: dict[str, Form[Any]] = {}
        self._fields: dict[str, FormField] = {}
        self._errors: dict[str, ToneLabel] = {}
        self._holders: dict[str, QWidget] = {}
        self._boxes: dict[str, QGroupBox] = {}
        self._taken = None if taken is None else set(taken.lower())
        self._layout = QFormLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self._layout.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._layout.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        for field in describe(self.options):
            if (only is None or field.name in only) and field.name not in without:
                self._add(_with_choices(field, choices or {}))
        self._whole = self._new_error()
        self._layout.addRow(self._whole)
        self._is_loading = False
        if self._start is not None:
            self.set_value(self._start)
        else:
            self._check()

    def value(self) -> T:
        """Return what was entered.

        Raises:
            OptionError: If the class refuses it; the message is shown beside the field, too.
        """
        result, error = self._read()
        if error is not None or result is None:
            raise OptionError(str(error))
        return result

    def set_value(self, value: T) -> None:
        """Show an instance of the class."""
        self._start = value
        with self._loading():
            for name, editor in self.editors.items():
                editor.set_value(getattr(value, name))
            for name, form in self.forms.items():
                form.set_value(getattr(value, name))
        self._on_changed()

    @property
    def is_valid(self) -> bool:
        """Whether ``value`` would return something."""
        return self._read()[1] is None

    @property
    def error(self) -> str:
        """What is wrong, in words; "" if nothing is."""
        error = self._read()[1]
        return "" if error is None else str(error)

    def editor(self, name: str) -> Editor:
        """Return the editor of a field."""
        return self.editors[name]

    def show_field(self, name: str, is_shown: bool) -> None:
        """Show or hide a field with its label; its value stays."""
        if name in self.forms:
            self._boxes[name].setVisible(is_shown)
        else:
            self._layout.setRowVisible(self._holders[name], is_shown)

    def enable_field(self, name: str, is_enabled: bool) -> None:
        """Let a field be edited or not."""
        self.editors[name].setEnabled(is_enabled)
        label = self._layout.labelForField(self._holders[name])
        if label is not None:
            label.setEnabled(is_enabled)

    def _add(self, field: FormField) -> None:
        self._fields[field.name] = field
        if field.kind is Kind.GROUP:
            self._add_group(field)
            return
        editor = make_editor(field)
        if field.default is not attrs.NOTHING and self._start is None:
            editor.set_value(field.default)
        editor.setToolTip(_tip(field))
        editor.changed.connect(self._on_changed)
        error = self._new_error()
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(editor)
        column.addWidget(error)
        self.editors[field.name] = editor
        self._holders[field.name] = holder
        self._errors[field.name] = error
        if isinstance(editor, BoolEditor):
            editor.box.setText(self._mark(field.title))
            self._layout.addRow(holder)
            return
        label = QLabel(self._mark(field.title))
        label.setToolTip(_tip(field))
        label.setBuddy(editor.focusProxy() or editor)
        self._layout.addRow(label, holder)

    def _mark(self, title: str) -> str:
        """Give a title a mnemonic, if any of its letters is free."""
        if self._taken is None or "&" in title:
            return title
        for place, letter in enumerate(title.lower()):
            if letter.isalpha() and letter not in self._taken:
                self._taken.add(letter)
                return f"{title[:place]}&{title[place:]}"
        return title

    def _add_group(self, field: FormField) -> None:
        assert field.options is not None
        form: Form[Any] = Form(field.options if self._start is None else field.default)
        form.changed.connect(self._on_changed)
        box = QGroupBox(field.title)
        box.setToolTip(_tip(field))
        QVBoxLayout(box).addWidget(form)
        self.forms[field.name] = form
        self._boxes[field.name] = box
        self._layout.addRow(box)

    def _new_error(self) -> ToneLabel:
        label = ToneLabel("", "error")
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        label.setVisible(False)
        return label

    def _on_changed(self) -> None:
        if not self._is_loading:
            self._check()
            self.changed.emit()

    @contextmanager
    def _loading(self) -> Any:
        self._is_loading = True
        try:
            yield
        finally:
            self._is_loading = False

    def _check(self) -> None:
        """Show what is wrong beside the field at fault."""
        self._read(is_shown=True)

    def _read(self, *, is_shown: bool = False) -> tuple[T | None, Exception | None]:
        values, errors = self._entered()
        result: T | None = None
        if not errors:
            try:
                result = self._make(values)
            except _REFUSALS as error:
                errors[self._culprit(values, error)] = error
        if is_shown:
            for name, label in [*self._errors.items(), ("", self._whole)]:
                label.setText(self._plainly(errors[name]) if name in errors else "")
                label.setVisible(name in errors)
        return result, next(iter(errors.values()), None)

    def _plainly(self, error: Exception) -> str:
        """Write a message with the titles of the fields instead of their names."""
        text = str(error)
        for name, field in self._fields.items():
            if "_" in name or text.startswith(name):
                text = re.sub(rf"\b{name}\b", f"'{field.title}'", text)
        return text

    def _entered(self) -> tuple[dict[str, Any], dict[str, Exception]]:
        values: dict[str, Any] = {}
        errors: dict[str, Exception] = {}
        parts: dict[str, Editor | Form[Any]] = {**self.editors, **self.forms}
        for name, part in parts.items():
            try:
                values[name] = part.value()
            except SleapError as error:
                # What is wrong in a group is shown there.
                errors[name] = error
        return values, errors

    def _make(self, values: Mapping[str, Any]) -> T:
        arguments = {self._fields[name].argument: value for name, value in values.items()}
        if self._start is not None:
            changed: T = attrs.evolve(self._start, **arguments)  # type: ignore[misc]
            return changed
        return self.options(**arguments)

    def _culprit(self, values: Mapping[str, Any], error: Exception) -> str:
        """Find the field at fault: by it alone, or as the first that the message names."""
        required = {
            name: value
            for name, value in values.items()
            if self._fields[name].default is attrs.NOTHING
        }
        for name in values:
            try:
                self._make({**required, name: values[name]})
            except _REFUSALS as found:
                if str(found) == str(error):
                    return name
        named = {str(error).find(name): name for name in values if name in str(error)}
        return named[min(named)] if named else ""


def _with_choices(field: FormField, choices: Mapping[str, Collection[str]]) -> FormField:
    if field.name not in choices:
        return field
    given = tuple(choices[field.name])
    known: dict[str, str] = dict(zip(field.choices, field.texts, strict=True))
    mapped = choices[field.name]
    if isinstance(mapped, Mapping):
        known |= mapped
    texts = tuple(known.get(one, one) or str(field.metadata.get("none", "(any)")) for one in given)
    return attrs.evolve(field, kind=Kind.CHOICE, choices=given, texts=texts)


def _tip(field: FormField) -> str:
    """Write the help as rich text, so that it is wrapped."""
    text = field.help.strip()
    text = text[:1].upper() + text[1:]
    if text and text[-1] not in ".!?":
        text += "."
    shown = text.replace("&", "&amp;").replace("<", "&lt;")
    return f"<qt>{shown}</qt>" if shown else ""
