"""``sleap-demo``: the main job on a synthetic recording, scored against the truth."""

from sleap.cli.command import Command
from sleap.progress import Progress
from sleap.workflows.demo import DemoOptions, demo


def run(options: DemoOptions, progress: Progress) -> None:
    """Run the demo, and print what came out."""
    print("\n".join(demo(options, progress).lines))


COMMAND = Command(
    "sleap-demo",
    "Film, label, train, track, score and render: the main job on a synthetic recording.",
    DemoOptions,
    run,
    ("sleap-demo my_demo", "sleap-demo my_demo --body mouse --n_animals 3 --seed 1"),
)
