"""Light and dark: colours of the whole program, quiet enough for a dark laboratory."""

from attrs import frozen
from qtpy.QtCore import Qt
from qtpy.QtGui import QColor, QGuiApplication, QPalette
from qtpy.QtWidgets import QApplication

Role = QPalette.ColorRole
Group = QPalette.ColorGroup

FADED = 180
"""How opaque the text of what cannot be used is, of 255: quiet, and still legible."""


@frozen
class Theme:
    """The colours of a theme, as "#rrggbb"."""

    name: str
    window: str
    base: str
    raised: str
    text: str
    quiet: str
    line: str
    accent: str
    on_accent: str
    link: str


LIGHT = Theme(
    name="light",
    window="#f3f4f6",
    base="#ffffff",
    raised="#ffffff",
    text="#1c2126",
    quiet="#5b6470",
    line="#d0d5db",
    accent="#2f6fb7",
    on_accent="#ffffff",
    link="#1f5fa8",
)
DARK = Theme(
    name="dark",
    window="#1f2227",
    base="#2a2e35",
    raised="#363c45",
    text="#dfe3e8",
    quiet="#9aa4b0",
    line="#3a4049",
    accent="#3d78b8",
    on_accent="#ffffff",
    link="#7fb4ec",
)

STYLE = """
QToolTip {{ background: {raised}; color: {text}; border: 1px solid {line}; padding: 3px 5px; }}
QMenuBar {{ background: {window}; border-bottom: 1px solid {line}; }}
QMenuBar::item {{ padding: 5px 9px; background: transparent; color: {text}; }}
QMenuBar::item:selected, QMenuBar::item:pressed {{ background: {accent}; color: {on_accent}; }}
QStatusBar {{ background: {window}; border-top: 1px solid {line}; color: {text}; }}
QStatusBar::item {{ border: none; }}
QMainWindow::separator {{ background: {line}; width: 1px; height: 1px; }}
QCheckBox::indicator:unchecked:enabled, QGroupBox::indicator:unchecked:enabled,
QAbstractItemView::indicator:unchecked:enabled {{
  width: 12px; height: 12px; border: 1px solid {quiet}; border-radius: 2px; background: {base}; }}
QRadioButton::indicator:unchecked:enabled {{
  width: 12px; height: 12px; border: 1px solid {quiet}; border-radius: 7px; background: {base}; }}
QCheckBox::indicator:unchecked:enabled:focus, QCheckBox::indicator:unchecked:enabled:hover,
QRadioButton::indicator:unchecked:enabled:focus, QRadioButton::indicator:unchecked:enabled:hover {{
  border-color: {link}; }}
QTabBar::tab {{ padding: 4px 12px 6px 12px; margin-right: 2px; background: {window};
  border: 1px solid {line}; border-top: 2px solid {line}; border-bottom: none; }}
QTabBar::tab:selected {{ background: {base}; border-top: 2px solid {accent}; }}
QTabBar::tab:hover:!selected {{ background: {raised}; }}
QTabWidget::pane {{ border: 1px solid {line}; }}
QDockWidget {{ font-weight: 600; }}
QDockWidget::title {{ background: {window}; padding: 6px 8px; border-top: 1px solid {line}; }}
"""


def choose(name: str) -> Theme:
    """Return a theme: "light", "dark", or that of the system."""
    if name == "system":
        scheme = QGuiApplication.styleHints().colorScheme()
        return DARK if scheme == Qt.ColorScheme.Dark else LIGHT
    return DARK if name == "dark" else LIGHT


def apply(app: QApplication, name: str) -> Theme:
    """Give the program a theme, by name; return it."""
    theme = choose(name)
    if app.style().objectName() != "fusion":
        app.setStyle("Fusion")
    app.setPalette(make_palette(theme))
    colors = {field: getattr(theme, field) for field in Theme.__annotations__}
    app.setStyleSheet(STYLE.format(**colors))
    return theme


def make_palette(theme: Theme) -> QPalette:
    """Return a theme as a palette of Qt."""
    palette = QPalette()
    for role, color in (
        (Role.Window, theme.window),
        (Role.WindowText, theme.text),
        (Role.Base, theme.base),
        (Role.AlternateBase, theme.window),
        (Role.Text, theme.text),
        (Role.Button, theme.raised),
        (Role.ButtonText, theme.text),
        (Role.BrightText, "#ffffff"),
        (Role.ToolTipBase, theme.raised),
        (Role.ToolTipText, theme.text),
        (Role.PlaceholderText, theme.quiet),
        (Role.Highlight, theme.accent),
        (Role.HighlightedText, theme.on_accent),
        (Role.Link, theme.link),
        (Role.LinkVisited, theme.link),
        (Role.Mid, theme.line),
        (Role.Midlight, theme.line),
        (Role.Accent, theme.accent),
    ):
        palette.setColor(role, QColor(color))
    window = QColor(theme.window)
    palette.setColor(Role.Light, window.lighter(115 if theme is DARK else 104))
    palette.setColor(Role.Dark, window.darker(150 if theme is DARK else 130))
    palette.setColor(Role.Shadow, QColor("#000000" if theme is DARK else "#9aa2ab"))
    faded = QColor(theme.quiet)
    faded.setAlpha(FADED)
    for role in (Role.WindowText, Role.Text, Role.ButtonText, Role.HighlightedText):
        palette.setColor(Group.Disabled, role, faded)
    palette.setColor(Group.Disabled, Role.PlaceholderText, faded)
    palette.setColor(Group.Disabled, Role.Highlight, QColor(theme.line))
    return palette
