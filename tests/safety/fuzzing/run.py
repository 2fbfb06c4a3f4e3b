"""Opens many damaged files and counts how each ended.

As a program: ``python tests/safety/fuzzing/run.py --files 20000 [--seed 0] [--keep FOLDER]``.
It exits 1 if anything hung, crashed, raised an error that is not ours, or took too much memory.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from attrs import define, field

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))

from fuzzing.mutations import damage
from fuzzing.pool import TIME_LIMIT, Worker
from fuzzing.samples import make_samples, pairs
from sleap.hdf5.structure import memory_limit

BASE = 3 << 28
"""Bytes of memory of a process that has loaded all readers, and of its own needs: 768 MiB."""

BAD = ("hang", "crash", "foreign")


def cap(size: int) -> int:
    """Return how much memory opening a file of so many bytes may take, bytes."""
    return BASE + 2 * memory_limit(size)


@define
class Report:
    """How files ended.

    Args:
        ends: Number of files by end.
        by_kind: The same, by kind of file.
        bad: What is to be looked at: how each ended, its seed, kind, and a message.
        ratio: Highest share of the memory that a file may take.
        seconds: How long it took.
    """

    ends: Counter[str] = field(factory=Counter)
    by_kind: Counter[tuple[str, str]] = field(factory=Counter)
    bad: list[str] = field(factory=list)
    ratio: float = 0.0
    seconds: float = 0.0

    def __str__(self) -> str:
        """Say it in a few lines."""
        counts = ", ".join(
            f"{name} {self.ends[end]}"
            for end, name in (
                ("opened", "opened"),
                ("refused", "refused by our errors"),
                ("hang", "hangs"),
                ("crash", "crashes"),
                ("foreign", "other exceptions"),
            )
        )
        kinds = sorted({kind for kind, _ in self.by_kind})
        rows = [
            f"  {kind}: "
            + ", ".join(
                f"{end} {self.by_kind[kind, end]}"
                for end in ("opened", "refused", *BAD)
                if self.by_kind[kind, end]
            )
            for kind in kinds
        ]
        total = (
            f"files {sum(self.ends.values())}: {counts}; "
            f"peak memory {self.ratio:.2f} of the cap; {self.seconds:.0f} s"
        )
        return "\n".join([*rows, *self.bad[:50], total])


def fuzz(
    folder: Path,
    n_files: int,
    *,
    seed: int = 0,
    keep: Path | None = None,
    seconds: float = float("inf"),
) -> Report:
    """Open damaged files.

    The sound files that they are made of are opened first.

    Args:
        folder: An empty folder to work in.
        n_files: How many.
        seed: Of the first; each file has its own.
        keep: Where to put the files that ended badly.
        seconds: When to stop, at the latest.
    """
    samples = make_samples(folder)
    pick = pairs(samples)
    whole = {path: path.read_bytes() for _, path in samples}
    (folder / "damaged").mkdir()
    report = Report()
    start = time.monotonic()
    with Worker(TIME_LIMIT) as worker:
        for opener, path in samples:
            answer = worker.open(opener, path)
            if answer["end"] != "opened":
                raise AssertionError(f"'{path.name}' is sound, and was {answer}")
        for number in range(seed, seed + n_files):
            if time.monotonic() - start > seconds:
                break
            (opener, path), (_, other) = pick(number)
            how, data = damage(whole[path], whole[other], number)
            damaged = folder / "damaged" / path.name
            damaged.write_bytes(data)
            answer = worker.open(opener, damaged)
            end = answer["end"]
            report.ends[end] += 1
            report.by_kind[f"{opener} {path.name}", end] += 1
            ratio = answer["peak"] / cap(len(data))
            report.ratio = max(report.ratio, ratio)
            if end in BAD or ratio > 1:
                report.bad.append(
                    f"{end} {number} {path.name} ({how}), memory {ratio:.2f}: {answer['what']}"
                )
                if keep is not None:
                    keep.mkdir(parents=True, exist_ok=True)
                    (keep / f"{end}.{number}.{path.name}").write_bytes(data)
    report.seconds = time.monotonic() - start
    return report


def main() -> None:
    """Read the command line, fuzz, and print the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        report = fuzz(
            Path(folder),
            options.files,
            seed=options.seed,
            keep=options.keep,
            seconds=options.seconds,
        )
    print(report)
    sys.exit(any(report.ends[end] for end in BAD) or report.ratio > 2)


if __name__ == "__main__":
    main()
