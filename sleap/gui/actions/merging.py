"""Another project merged into this one."""

from pathlib import Path

from sleap.core.labels import Labels
from sleap.core.merge import plan_merge
from sleap.editing.edits.merge import merge_labels
from sleap.gui import jobs
from sleap.gui.actions import paths
from sleap.gui.actions.window import Window
from sleap.gui.dialogs.filters import reading_filters
from sleap.gui.dialogs.merge import ask_merge
from sleap.progress import Progress


def merge(window: Window, folder: Path) -> None:
    """Ask for a project, show what merging it would do, and do it."""
    filters = reading_filters().split(";;")
    path = paths.open_file(window.widget, "Merge into Project", folder, filters)
    if path is None:
        return

    def work(progress: Progress) -> Labels:
        from sleap.io.files import load_file

        return load_file(path)

    jobs.run(window.widget, f"Read {path.name}", work, lambda new: ask(window, path, new))


def ask(window: Window, path: Path, new: Labels) -> None:
    """Show what merging labels would do, and do it if the user wants it."""

    def plan_and_do() -> None:
        plan = plan_merge(window.session.labels, new)
        resolve = ask_merge(window.widget, path.name, plan, window.session.labels)
        if resolve is not None:
            result = window.run(merge_labels, plan, resolve, title=f"Merge {path.name}")
            if result is not None:
                n_added = len(result.instances_added)
                window.tell(f"Merged {path.name}: {n_added:,} instances were added.")

    window.attempt(f"Merge {path.name}", plan_and_do)
