"""The form that has frames suggested: a method, its options, and what becomes of the old ones."""

from collections.abc import Callable
from typing import Any

import attrs
from qtpy.QtCore import Qt, Signal
from qtpy.QtGui import QResizeEvent
from qtpy.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QProgressBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from sleap.gui.docks.button_bar import ButtonBar
from sleap.gui.docks.dock import button
from sleap.gui.forms.form import Form
from sleap.gui.jobs import Job
from sleap.suggestions.options import METHODS, SuggestionOptions, method_options

TITLES = 0.45
"""Part of the width that titles are given at most; longer ones are not aligned."""


SQUEEZE = 18
"""Pixels that editors may lack before their titles go above them: they have some to spare."""


class GenerateForm(QWidget):
    """Chooses how frames are suggested, and shows how far that is.

    Args:
        node_names: Returns the names of the nodes there are to choose from.
        parent: The parent.

    Attributes:
        settings: The part that can be folded away.

    Signals:
        asked: The user wants suggestions by what the form says.
    """

    asked = Signal()

    def __init__(self, node_names: Callable[[], list[str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._node_names = node_names
        self._values: dict[str, Any] = {}
        self._job: Job | None = None
        self.form: Form[Any] | None = None
        self.method = QComboBox()
        self.method.setObjectName("method")
        self.method.setToolTip("How frames are chosen")
        for name, title in METHODS.items():
            self.method.addItem(title, name)
        self.target = QComboBox()
        self.target.setObjectName("target")
        self.target.setToolTip("The videos whose frames are suggested")
        self.target.addItem("All videos", "all")
        self.target.addItem("Current video", "current")
        self.keep = QCheckBox("Keep what is suggested now")
        self.keep.setObjectName("keep")
        self.keep.setToolTip(
            "Put the new suggestions behind the present ones. Otherwise they take their place; "
            "suggestions that are labeled stay either way."
        )
        self.start = button("Generate Suggestions", "Choose frames as set above", self._ask)
        self.cancel = button("Cancel", "Stop looking for frames", self._stop)
        self.bar = QProgressBar()
        self.bar.setTextVisible(True)
        self.state = QLabel()
        self.state.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.state.setWordWrap(True)
        self.settings = QWidget()
        self._lay_out()
        self.method.currentIndexChanged.connect(self._show_method)
        self._show_method()
        self._show_job(None)

    def _lay_out(self) -> None:
        top = QFormLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        top.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        for combo in (self.method, self.target):
            combo.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            combo.setMinimumContentsLength(8)
            combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        top.addRow("Method", self.method)
        top.addRow("Frames of", self.target)
        self._top = top
        self._layout = QVBoxLayout(self.settings)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addLayout(top)
        self._layout.addWidget(self.keep)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.settings)
        whole.addWidget(self.bar)
        whole.addWidget(self.state)
        whole.addWidget(ButtonBar(self.start, self.cancel))

    def options(self) -> SuggestionOptions:
        """Return what the form says.

        Raises:
            OptionError: If a value is not right; it is said beside the field, too.
        """
        assert self.form is not None
        return SuggestionOptions(
            method=self._method,
            skip_suggested=self.keep.isChecked(),
            **{self._method: self.form.value()},
        )

    @property
    def is_all(self) -> bool:
        """Whether frames of all videos are to be suggested, or of the current one only."""
        return bool(self.target.currentData() == "all")

    @property
    def _method(self) -> str:
        return str(self.method.currentData())

    def follow(self, job: Job) -> None:
        """Show the progress of a job until it ends."""
        self._show_job(job)
        job.progressed.connect(self._on_progress)
        job.finished.connect(lambda: self._show_job(None))

    def refresh_nodes(self) -> None:
        """Offer the nodes there are now."""
        if any(one.metadata.get("is_node") for one in attrs.fields(method_options(self._method))):
            self._show_method()

    def _show_method(self) -> None:
        if self.form is not None:
            if self.form.is_valid:
                value = self.form.value()
                self._values[type(value).__name__] = value
            self.form.setParent(None)
            self.form.deleteLater()
        options = method_options(self._method)
        names = self._node_names() or [""]
        nodes = [one.name for one in attrs.fields(options) if one.metadata.get("is_node")]
        value = self._values.get(options.__name__)
        if value is not None and any(getattr(value, name) not in names for name in nodes):
            value = None
        self.form = Form(options if value is None else value, choices=dict.fromkeys(nodes, names))
        self.form.changed.connect(self._enable)
        self._layout.insertWidget(1, self.form)
        self.form.show()
        self.method.setToolTip(f"How frames are chosen: {self.method.currentText()}")
        self._align()
        self._enable()

    def _align(self) -> None:
        """Let the titles of both parts of the form be of one width."""
        form = self.form
        titles = [] if form is None else form.findChildren(QLabel)
        titles = [label for label in titles if label.buddy() is not None]
        own = [self._top.labelForField(combo) for combo in (self.method, self.target)]
        wide = max(label.sizeHint().width() for label in [*titles, *own])
        is_room = wide <= TITLES * self.width()
        for label in [*titles, *own]:
            label.setMinimumWidth(wide if is_room else 0)
        rows = None if form is None else form.layout()
        if isinstance(rows, QFormLayout):
            editors = [label.buddy().minimumSizeHint().width() for label in titles]
            is_tight = wide + max(editors, default=0) > self.width() + SQUEEZE
            policies = QFormLayout.RowWrapPolicy
            rows.setRowWrapPolicy(policies.WrapAllRows if is_tight else policies.WrapLongRows)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        self._align()

    def _enable(self) -> None:
        is_idle = self._job is None
        self.start.setEnabled(is_idle and self.form is not None and self.form.is_valid)
        self.method.setEnabled(is_idle)

    def _ask(self) -> None:
        self.asked.emit()

    def _show_job(self, job: Job | None) -> None:
        self._job = job
        for widget in (self.bar, self.state, self.cancel):
            widget.setVisible(job is not None)
        self.state.setText("" if job is None else "Looking for frames…")
        self.bar.setRange(0, 0 if job is not None else 1)
        self.cancel.setEnabled(True)
        self._enable()

    def _on_progress(self, stage: str, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.state.setText(stage)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.cancel.setEnabled(False)
            self.state.setText("Stopping…")
