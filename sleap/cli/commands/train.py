"""``sleap-train``: train a network on labeled frames."""

from pathlib import Path
from typing import TYPE_CHECKING

from sleap.cli.command import Command
from sleap.progress import Progress
from sleap.workflows.train import TrainOptions, train

if TYPE_CHECKING:
    from sleap.nn.training.history import History


def run(options: TrainOptions, progress: Progress) -> None:
    """Train; the first line on stdout is the run folder, so that programs can read it."""

    def print_folder(folder: Path) -> None:
        print(folder, flush=True)

    def tell_end(history: "History") -> None:
        progress.end()
        best = history.best
        if best is not None:
            figure = best.figure(history.monitor)
            progress.say(
                f"Training ended ({history.end_reason}) after {len(history.epochs)} epochs and "
                f"{history.seconds:.0f} s; best {history.monitor} {figure:.3g} in epoch "
                f"{best.index + 1}; waited for examples {history.waited_share:.1%} of the time."
            )

    train(options, progress, on_start=print_folder, on_end=tell_end)


COMMAND = Command(
    "sleap-train",
    "Train a network on the labeled frames of a project or training package.",
    TrainOptions,
    run,
    (
        "sleap-train default_centroids.json labels.pkg.slp -o fly.centroids",
        "sleap-train my_profile.json labels.slp --val_labels more.slp --seed 1",
        "sleap-train models/fly.centroids --resume",
    ),
)
