"""Asks for the wishes of the user: how labeling works, and how things look."""

from collections.abc import Collection

import attrs
from qtpy.QtWidgets import QDialogButtonBox, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from sleap.core.series import STATISTICS
from sleap.gui import look
from sleap.gui.dialogs.base import Dialog
from sleap.gui.forms.form import Form
from sleap.gui.look import Look
from sleap.gui.preferences import Preferences

LABELING = ("placement", "propagate_track_labels", "medium_step", "large_step", "backups")


class PreferencesDialog(Dialog[Preferences]):
    """Shows all wishes of the user, by what they are about.

    Args:
        parent: The window.
        preferences: The wishes as they are; left as they are.
        palettes: Names of all palettes.
        node_names: Names of the nodes of the project.

    Attributes:
        labeling: How labeling works.
        appearance: How the window looks.
        look: How labels are drawn.
    """

    def __init__(
        self,
        parent: QWidget | None,
        preferences: Preferences,
        palettes: Collection[str] = look.PALETTES,
        node_names: Collection[str] = (),
    ) -> None:
        super().__init__("Preferences", parent, accept="&Save")
        self._start = preferences
        self.labeling: Form[Preferences] = Form(preferences, only=LABELING, taken="sc")
        self.appearance: Form[Preferences] = Form(preferences, only=("theme",), taken="sc")
        self.look: Form[Look] = Form(
            preferences.look, choices=_choices(preferences.look, palettes, node_names), taken="sc"
        )
        tabs = QTabWidget()
        tabs.addTab(_page(self.labeling), "Labeling")
        tabs.addTab(_page(self.look), "Labels and Frames")
        tabs.addTab(_page(self.appearance), "Window")
        self.body.addWidget(tabs, 1)
        for form in (self.labeling, self.look, self.appearance):
            form.changed.connect(self._check)
        self.defaults = self.add_button("All Defaults", QDialogButtonBox.ButtonRole.ResetRole)
        self.defaults.clicked.connect(self._reset)
        self.set_size(78, 30)

    def value(self) -> Preferences:
        """Return the wishes, with all that is not asked for as it was."""
        chosen = {name: getattr(self.labeling.value(), name) for name in LABELING}
        theme = self.appearance.value().theme
        return attrs.evolve(self._start, **chosen, theme=theme, look=self.look.value())

    def _check(self) -> None:
        errors = [form.error for form in (self.labeling, self.look, self.appearance)]
        self.allow(next(filter(None, errors), ""))

    def _reset(self) -> None:
        self.labeling.set_value(Preferences())
        self.appearance.set_value(Preferences())
        self.look.set_value(Look())


def _page(form: QWidget) -> QScrollArea:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(12, 12, 12, 12)
    column.addWidget(form)
    column.addStretch(1)
    scroll = QScrollArea()
    scroll.setFrameShape(QScrollArea.Shape.NoFrame)
    scroll.setWidgetResizable(True)
    scroll.setWidget(page)
    return scroll


def _choices(
    start: Look, palettes: Collection[str], node_names: Collection[str]
) -> dict[str, dict[str, str]]:
    """Return what there is to choose from, and how it reads; what is chosen now is among it."""

    def named(names: Collection[str], now: str) -> dict[str, str]:
        return {name: name.replace("_", " ").capitalize() for name in (*names, now)}

    statistics = {name: STATISTICS.get(name).title for name in STATISTICS}
    return {
        "palette": {name: name for name in (*palettes, start.palette)},
        "color_by": named(look.COLOR_BY, start.color_by),
        "edge_style": named(look.EDGE_STYLES, start.edge_style),
        "trail_shade": named(look.TRAIL_SHADES, start.trail_shade),
        "header_statistic": {"": "None", **statistics},
        "header_node": {"": "First node", **{name: name for name in node_names}},
    }
