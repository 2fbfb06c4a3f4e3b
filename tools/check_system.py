"""Tell in plain words what the machine lacks, before and after the installation.

Run by ``make``; needs nothing but the standard library. ``before-install`` stops with status 2 when
Python itself is unfit. ``after-install`` looks whether Qt finds its system libraries; only the
labeling program needs them, so a lack is told but does not stop the installation.
"""

import importlib.util
import os
import subprocess
import sys

OLDEST, NEWEST = (3, 11), (3, 13)
QT_PACKAGES = "libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libxcb-cursor0"


def check_python() -> str | None:
    """Return what is wrong with this Python, or None."""
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        found = ".".join(map(str, sys.version_info[:3]))
        return (
            f"Python {found} at {sys.executable} is not supported: sleap needs 3.11 to 3.13. "
            "Name another one: make PYTHON=python3.12"
        )
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        return (
            f"Python at {sys.executable} cannot make virtual environments (no venv/ensurepip). "
            "On Debian or Ubuntu: sudo apt-get install python3-venv"
        )
    return None


def check_qt() -> str | None:
    """Return what keeps Qt from starting a window system, or None."""
    program = "from PySide6.QtWidgets import QApplication; QApplication([])"
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True
    )
    if done.returncode == 0:
        return None
    cause = (done.stderr.strip() or f"exit status {done.returncode}").splitlines()[-1]
    return (
        f"Qt does not start: {cause}\n"
        "Only the labeling program needs it; training and tracking work without. "
        f"On Debian or Ubuntu: sudo apt-get install {QT_PACKAGES}"
    )


def main(stage: str) -> int:
    """Check one stage and print what is wrong."""
    if stage == "before-install":
        problem = check_python()
        status = 2
    else:
        problem = check_qt()
        status = 0
    if problem:
        print(problem, file=sys.stderr)
    return status if problem else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
