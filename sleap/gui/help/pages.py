"""Shows the pages of the help."""

from pathlib import Path

from qtpy.QtWidgets import QMainWindow

from sleap.gui.actions import paths
from sleap.gui.actions.window import Window
from sleap.gui.help.about import AboutDialog
from sleap.gui.help.hints import HintsPanel
from sleap.gui.help.keys import KeysDialog
from sleap.gui.help.report import write_report
from sleap.gui.help.report_dialog import ReportDialog


def show(window: Window, page: str) -> None:
    """Show a page by name: "keys", "hints", "about" or "report"."""
    PAGES[page](window)


def show_keys(window: Window) -> None:
    """Show the keys; save what the user changes."""
    keys = KeysDialog(window.widget, window.shortcuts).ask()
    if keys is not None and keys != window.shortcuts.keys:
        window.shortcuts.keys = keys
        window.attempt("Save shortcuts", window.shortcuts.save)
        window.shortcuts_changed()
        window.tell("The keys are saved.")


def show_hints(window: Window) -> None:
    """Show how labeling begins, until the user puts it away; it is not in the way of keys."""
    widget = window.widget
    host = (widget.centralWidget() if isinstance(widget, QMainWindow) else None) or widget
    if host.findChild(HintsPanel) is None:
        HintsPanel(host, window.shortcuts, lambda: _note_hints(window))


def _note_hints(window: Window) -> None:
    if not window.preferences.hints_seen:
        window.preferences.hints_seen = True
        window.attempt("Save preferences", window.preferences.save)


def show_about(window: Window) -> None:
    """Show versions."""
    AboutDialog(window.widget).exec()


def report(window: Window) -> None:
    """Ask what goes in and where to, and write a report of a problem."""
    options = ReportDialog(window.widget).ask()
    if options is None:
        return
    path = paths.save_file(
        window.widget,
        "Report a Problem",
        Path.home() / "sleap-report.zip",
        "Zip files (*.zip)",
        ".zip",
    )
    if path is None:
        return

    def write() -> None:
        write_report(path, window.session.labels, options)
        window.tell(f"Written: {path}. It holds no images and no labels.")

    window.attempt("Report a problem", write)


PAGES = {"keys": show_keys, "hints": show_hints, "about": show_about, "report": report}
