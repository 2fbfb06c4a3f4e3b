"""The widgets with which the fields of a form are edited, one class for each kind of value."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from qtpy.QtCore import QEvent, QObject, Qt, Signal
from qtpy.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QWidget,
)

from sleap.errors import OptionError
from sleap.gui.forms.fields import FormField, Kind

LARGEST_INT = 2**31 - 1
"""The largest number that a spin box counts to."""

LARGEST_FLOAT = 1e9


class Editor(QWidget):
    """Edits one value.

    Args:
        field: What is edited.
        parent: The parent.
    """

    changed = Signal()

    def __init__(self, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field

    def value(self) -> Any:
        """Return what was entered.

        Raises:
            OptionError: If it cannot be read.
        """
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show a value."""
        raise NotImplementedError

    def _hold(self, *widgets: QWidget) -> None:
        """Lay widgets out in a row; the first takes the focus and most of the room."""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in widgets:
            row.addWidget(widget, 1 if widget is widgets[0] else 0)
        self.setFocusProxy(widgets[0])
        first = widgets[0]
        first.setAccessibleName(self.field.title)
        first.setAccessibleDescription(self.field.help)
        first.setObjectName(self.field.name)


class BoolEditor(Editor):
    """A box to tick, with the title beside it."""

    def __init__(self, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.box = QCheckBox(field.title)
        self._hold(self.box)
        self.box.toggled.connect(lambda _: self.changed.emit())

    def value(self) -> bool:
        """Return whether it is ticked."""
        return bool(self.box.isChecked())

    def set_value(self, value: Any) -> None:
        """Tick it or not."""
        self.box.setChecked(bool(value))


class NumberEditor(Editor):
    """A whole number or a decimal one, with arrows, within the limits."""

    def __init__(self, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.box: QSpinBox | QDoubleSpinBox
        low, high = field.limits
        if field.kind is Kind.INT:
            self.box = QSpinBox()
            self.box.setRange(
                -LARGEST_INT if low is None else int(low),
                LARGEST_INT if high is None else int(high),
            )
            self.box.setSingleStep(int(field.step or 1))
        else:
            self.box = ShortDoubleSpinBox()
            self.box.setDecimals(_decimals(field))
            self.box.setRange(
                -LARGEST_FLOAT if low is None else low, LARGEST_FLOAT if high is None else high
            )
            self.box.setSingleStep(field.step or _step(field))
        if field.unit:
            self.box.setSuffix(f" {field.unit}")
        self.box.setAccelerated(True)
        self.box.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Fixed)
        self.box.setMinimumWidth(self.box.fontMetrics().horizontalAdvance("0" * 12))
        ignore_wheel(self.box)
        self._hold(self.box)
        self.box.valueChanged.connect(lambda _: self.changed.emit())

    def value(self) -> int | float:
        """Return the number."""
        number: int | float = self.box.value()
        return number

    def set_value(self, value: Any) -> None:
        """Show a number."""
        if isinstance(self.box, QSpinBox):
            self.box.setValue(int(value))
        else:
            self.box.setValue(float(value))


class ShortDoubleSpinBox(QDoubleSpinBox):
    """Shows 0.1 and not 0.1000."""

    def textFromValue(self, value: float) -> str:
        """Write a number without the zeros at its end."""
        text = super().textFromValue(value)
        point = self.locale().decimalPoint()
        if point not in text:
            return str(text)
        whole, digits = text.split(point)
        return f"{whole}{point}{digits.rstrip('0') or '0'}"


class ChoiceEditor(Editor):
    """One of a few values."""

    def __init__(self, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.box = QComboBox()
        self.box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        for choice, text in zip(field.choices, field.texts, strict=True):
            self.box.addItem(text, choice)
        self.box.setMinimumContentsLength(min(24, max(map(len, field.texts), default=8)))
        ignore_wheel(self.box)
        self._hold(self.box)
        self.box.currentIndexChanged.connect(lambda _: self.changed.emit())

    def value(self) -> Any:
        """Return the choice."""
        return self.field.choices[self.box.currentIndex()]

    def set_value(self, value: Any) -> None:
        """Show a choice; one that is not offered leaves what is shown."""
        if value in self.field.choices:
            self.box.setCurrentIndex(self.field.choices.index(value))


class TextEditor(Editor):
    """A line of text; of an optional field an empty line is None."""

    def __init__(self, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.line = QLineEdit()
        self.line.setClearButtonEnabled(field.is_optional)
        self.line.setPlaceholderText(str(field.metadata.get("placeholder", "")) or self._hint())
        self._hold(self.line)
        self.line.textChanged.connect(lambda _: self.changed.emit())

    def _hint(self) -> str:
        field = self.field
        if field.kind is Kind.TEXTS:
            return "separated by commas"
        if field.is_optional and field.kind in (Kind.INT, Kind.FLOAT):
            return f"automatic ({field.unit})" if field.unit else "automatic"
        return ""

    def value(self) -> Any:
        """Return the text, or what it stands for."""
        text = self.line.text().strip()
        field = self.field
        if not text and field.is_optional:
            return None
        if field.kind is Kind.TEXTS:
            return tuple(self._read(part.strip()) for part in text.split(",") if part.strip())
        return self._read(text) if field.kind is not Kind.TEXT else text

    def _read(self, text: str) -> Any:
        try:
            return self.field.item(text)
        except ValueError:
            wanted = "a whole number" if self.field.item is int else "a number"
            raise OptionError(f"'{text}' is not {wanted}.") from None

    def set_value(self, value: Any) -> None:
        """Show a value."""
        if value is None:
            text = ""
        elif self.field.kind is Kind.TEXTS:
            text = ", ".join(str(part) for part in value)
        else:
            text = str(value)
        self.line.setText(text)


class PathEditor(Editor):
    """A path, typed or chosen in a dialog."""

    def __init__(self, field: FormField, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.line = QLineEdit()
        self.line.setMinimumWidth(self.fontMetrics().horizontalAdvance("0" * 24))
        self.button = QPushButton("Browse…")
        self.button.setAutoDefault(False)
        self._hold(self.line, self.button)
        self.line.textChanged.connect(lambda _: self.changed.emit())
        self.button.clicked.connect(self._browse)

    def value(self) -> Path | None:
        """Return the path; None, or ``Path()``, if nothing is entered."""
        text = self.line.text().strip()
        if not text and self.field.is_optional:
            return None
        return Path(text)

    def set_value(self, value: Any) -> None:
        """Show a path."""
        self.line.setText("" if value in (None, Path()) else str(value))

    def _browse(self) -> None:
        title = f"Choose {self.field.title[:1].lower()}{self.field.title[1:]}"
        here = self.line.text()
        if self.field.metadata.get("is_folder"):
            path = QFileDialog.getExistingDirectory(self, title, here)
        else:
            path = QFileDialog.getOpenFileName(
                self, title, here, str(self.field.metadata.get("filter", ""))
            )[0]
        if path:
            self.line.setText(path)


def make_editor(field: FormField, parent: QWidget | None = None) -> Editor:
    """Make the editor for a field."""
    makers: dict[Kind, Callable[..., Editor]] = {
        Kind.BOOL: BoolEditor,
        Kind.INT: NumberEditor,
        Kind.FLOAT: NumberEditor,
        Kind.CHOICE: ChoiceEditor,
        Kind.PATH: PathEditor,
    }
    if field.is_optional and field.kind in (Kind.INT, Kind.FLOAT):
        return TextEditor(field, parent)
    return makers.get(field.kind, TextEditor)(field, parent)


class _WheelGuard(QObject):
    """Lets the wheel scroll the page instead of changing a value that is not being edited."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_wheel = event.type() == QEvent.Type.Wheel
        if is_wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return False


def ignore_wheel(widget: QWidget) -> None:
    """Let a widget take the wheel only while it has the focus."""
    widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    widget.installEventFilter(_WheelGuard(widget))
    if not isinstance(widget, QAbstractSpinBox):
        widget.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)


def _decimals(field: FormField) -> int:
    if field.decimals is not None:
        return field.decimals
    return 4


def _step(field: FormField) -> float:
    low, high = field.limits
    if low is not None and high is not None and high - low <= 10:
        return 0.05 if high - low <= 2 else 0.1
    return 1.0 if isinstance(field.default, float) and abs(field.default) >= 5 else 0.1
