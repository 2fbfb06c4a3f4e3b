"""``sleap-convert``: turn a labels file into another, merge, relink, repair, pack."""

from sleap.cli.command import Command
from sleap.progress import Progress
from sleap.workflows.convert import ConvertOptions, convert


def run(options: ConvertOptions, progress: Progress) -> None:
    """Convert, and print where the results lie; of a dry run, what would be done."""
    report = convert(options, progress)
    if report.is_dry_run:
        print("\n".join([*report.lines, "Nothing is written. It would be:"]))
    for path in report.paths:
        print(path)


COMMAND = Command(
    "sleap-convert",
    "Convert labels to another format; merge, pack with images, find moved videos, repair.",
    ConvertOptions,
    run,
    (
        "sleap-convert labels.slp --format analysis",
        "sleap-convert labels.slp -o labels.coco.json --format coco",
        "sleap-convert labels.slp --embed user -o labels.pkg.slp",
        "sleap-convert labels.slp --video-prefix 'D:\\videos=/data/videos' -o moved.slp",
        "sleap-convert mine.slp --merge yours.slp --resolve base --dry-run",
        "sleap-convert damaged.slp --repair",
    ),
)
