"""Training and tracking, a part of the menu Predict: the commands that do it for this project.

Networks are trained and run from a terminal, on this machine or another. What is shown names the
files of the project and its newest models, and can be copied as it is.
"""

import json
import os
import shlex
import subprocess
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from sleap.core.arrays import choose_instances, frames_of
from sleap.core.labels import Labels
from sleap.core.tables import USER
from sleap.core.video import Video
from sleap.errors import ProfileError
from sleap.gui.actions.action import Action, Row
from sleap.gui.actions.conditions import has_frames, has_video
from sleap.gui.actions.window import Window
from sleap.gui.dialogs.text_report import show_report
from sleap.gui.session import Session

N_VIDEOS = 100
"""At most so many videos get a command."""

TRAINING = (
    "Training is done by these commands, in a terminal on this machine or on a faster one: for "
    "another machine, take the file of Predict › Export Training Package… in place of the project."
)
TRACKING = (
    "Models find the animals by these commands, in a terminal on this machine or on a faster one. "
    "File › Merge into Project… then brings the predictions into the project."
)


def outputs(n_animals: int) -> tuple[str, ...]:
    """Return the types of output of the networks that so many animals need."""
    return ("centroids", "topdown") if n_animals > 1 else ("confmaps",)


def count_animals(labels: Labels) -> int:
    """Return the most user instances that a frame has."""
    store = labels.store
    rows = choose_instances(store, kind=USER)
    return int(np.bincount(frames_of(store, rows)).max()) if len(rows) else 0


def training_commands(project: Path, n_animals: int) -> list[str]:
    """Return the commands that train the networks of a project."""
    return [
        command(
            "sleap-train", f"balanced_{output}.json", str(project), "-o", run_name(project, output)
        )
        for output in outputs(n_animals)
    ]


def tracking_commands(project: Path, videos: Sequence[Video], n_animals: int) -> list[str]:
    """Return the commands that find the animals in the videos of a project."""
    models = []
    for output in outputs(n_animals):
        folder = newest_run(project.parent / "models", output)
        models += ["-m", str(folder or project.parent / "models" / run_name(project, output))]
    tracker = ["--tracking.tracker", "simple", "--tracking.max_tracks", str(n_animals)]
    places = [
        one.filename if isinstance(one.filename, str) and not one.is_embedded else str(project)
        for one in videos[:N_VIDEOS]
    ]
    return [
        command("sleap-track", place, *models, *(tracker if n_animals > 1 else []))
        for place in dict.fromkeys(places)
    ]


def command(*words: str) -> str:
    """Write a command as the shell of this system takes it."""
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)


def run_name(project: Path, output: str) -> str:
    """Return the name of the run of a network."""
    return f"{project.name.removesuffix('.slp').removesuffix('.pkg')}.{output}"


def newest_run(folder: Path, output: str) -> Path | None:
    """Return the newest run in a folder whose network has a type of output."""
    from sleap.nn.config.output_type import OutputType

    wanted = OutputType.from_json(output)
    found: list[tuple[float, Path]] = []
    for job in folder.glob("*/training_job.json"):
        try:
            told = json.loads(job.read_text(encoding="utf-8"))["model"]["output_type"]
            kind = OutputType.from_json(told)
            modified = job.stat().st_mtime
        except (OSError, ValueError, KeyError, TypeError, ProfileError):
            continue
        if kind is wanted:
            found.append((modified, job.parent))
    return max(found, default=(0.0, None), key=lambda one: one[0])[1]


def show_training(window: Window) -> None:
    """Show how the networks of the project are trained."""
    session = window.session
    n_animals = count_animals(session.labels)
    lines = [*_unsaved(session), *training_commands(_project(session), n_animals)]
    if n_animals > 1:
        lines += ["", "# These two are for several animals. If there is always just one:"]
        lines += training_commands(_project(session), 1)
    show_report(window.widget, "Run training", lines, TRAINING)


def show_tracking(window: Window) -> None:
    """Show how the animals in the videos of the project are found."""
    session = window.session
    project, n_animals = _project(session), count_animals(session.labels)
    lines = _unsaved(session)
    absent = [
        one for one in outputs(n_animals) if newest_run(project.parent / "models", one) is None
    ]
    if absent:
        lines += [f"# Not trained yet: {', '.join(absent)}. See Predict › Run Training…", ""]
    videos = session.labels.videos
    lines += tracking_commands(project, videos, n_animals)
    if len(videos) > N_VIDEOS:
        lines += ["", f"# The other {len(videos) - N_VIDEOS:,} videos: the same with their names"]
    show_report(window.widget, "Run inference", lines, TRACKING)


def _project(session: Session) -> Path:
    return session.document.path or Path("labels.slp")


def _unsaved(session: Session) -> list[str]:
    document = session.document
    if document.path is None:
        return ["# The project has no name yet: save it first, as labels.slp", ""]
    if document.is_modified:
        return ["# The project has changes that are not saved: save it first", ""]
    return []


ROWS: tuple[Row, ...] = (
    Action(
        id="learning",
        title="Run Training…",
        menu="Predict",
        run=show_training,
        enabled=has_frames,
        hint="Show the commands that train networks on this project",
    ),
    Action(
        id="inference",
        title="Run Inference…",
        menu="Predict",
        run=show_tracking,
        enabled=has_video,
        hint="Show the commands that find the animals in its videos",
    ),
)
