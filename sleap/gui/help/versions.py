"""Which versions of what are at work."""

import os
import platform

from qtpy import API_NAME
from qtpy.QtCore import qVersion

from sleap.version import __version__

PACKAGES = (
    "numpy",
    "h5py",
    "av",
    "opencv-python-headless",
    "scipy",
    "keras",
    "tensorflow",
    "tensorflow-cpu",
    "openvino",
)


def versions() -> list[tuple[str, str]]:
    """Return names and versions; nothing heavy is loaded for that."""
    from importlib import metadata  # takes 20 ms, which the first window would wait for

    rows = [
        ("SLEAP", __version__),
        ("Python", platform.python_version()),
        ("Qt", f"{qVersion()} ({API_NAME})"),
        ("System", platform.platform()),
        ("Processor", f"{platform.machine()}, {_n_cores()} cores"),
    ]
    for name in PACKAGES:
        try:
            rows.append((name, metadata.version(name)))
        except metadata.PackageNotFoundError:
            continue
    return rows


def as_text() -> str:
    """Return all versions as lines."""
    return "\n".join(f"{name}: {version}" for name, version in versions()) + "\n"


def _n_cores() -> int:
    count = os.cpu_count()
    return int(count or 1)
