"""Opens files that its parent names, one a line, and tells how each ended.

Runs as a program of its own, so that a hang or a crash of a reader is seen from outside.
Each line of input is JSON ``[opener, path]``; each line of output JSON ``{"end", "what", "peak",
"events"}``: "opened", "refused" (by an error of ours), or "foreign" (any other exception, with its
trace), and what happened that a file must never cause. The folder of the file is the only one that
may be read.
"""

import json
import os
import sys
import traceback
import warnings
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

MEMORY = 6 << 30
"""Bytes of address space of a worker, at most: 6 GiB, most of it never touched."""


def limit_memory() -> None:
    """Make the system refuse more memory than any file may need."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def forget_peak() -> None:
    """Begin to measure the peak of memory anew."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def read_peak() -> int:
    """Return the peak of memory since ``forget_peak``, bytes; 0 where it is not known."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) << 10 for line in lines if line.startswith("VmHWM")), 0)


def run(opener: Callable[[Path], Any], path: Path, watch: Any) -> dict[str, Any]:
    """Open a file; see the module."""
    from sleap.errors import SleapError

    forget_peak()
    end, what = "opened", ""
    watch.begin(path.parent)
    try:
        opener(path)
    except SleapError as error:
        end, what = "refused", str(error)
    except BaseException:
        end, what = "foreign", traceback.format_exc()
    events = watch.end()
    return {"end": end, "what": what[-3000:], "peak": read_peak(), "events": events}


def main() -> None:
    """Serve until the input ends."""
    replies = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what a library prints does not mix with the replies
    sys.path.insert(0, str(Path(__file__).parent.parent))
    sys.path.insert(0, str(Path(__file__).parent.parent.parent.parent))
    from fuzzing.openers import OPENERS
    from fuzzing.watch import Watch

    warnings.simplefilter("ignore")
    limit_memory()
    import sleap.inference.loading
    import sleap.io.files
    import sleap.io.metrics_file
    import sleap.io.skeleton_files
    import sleap.video  # noqa: F401  (what takes seconds to load is no part of opening a file)

    watch = Watch()
    replies.write("ready\n")
    replies.flush()
    for line in sys.stdin:
        name, path = json.loads(line)
        replies.write(json.dumps(run(OPENERS[name], Path(path), watch)) + "\n")
        replies.flush()


if __name__ == "__main__":
    main()
