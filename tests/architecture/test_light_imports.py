"""Light commands stay light: what is heavy loads only when it is used."""

import subprocess
import sys

import pytest

HEAVY = ["tensorflow", "keras", "openvino", "cv2", "h5py", "scipy", "av", "rich"]
QT = ["qtpy", "PySide6", "PySide2", "PyQt5", "PyQt6"]


def modules_after(program: str) -> set[str]:
    """Run a program in a fresh interpreter and return the top-level modules it loaded."""
    report = "import sys; print('LOADED', *sorted({name.split('.')[0] for name in sys.modules}))"
    done = subprocess.run(
        [sys.executable, "-c", f"{program}\n{report}"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.rpartition("LOADED")[2].split())


COMMANDS = [
    "train",
    "track",
    "demo",
    "retrack",
    "evaluate",
    "convert",
    "inspect",
    "compare",
    "labels_info",
    "suggest",
    "write_tracking",
    "clean_tracks",
    "render",
    "visuals",
]


@pytest.mark.parametrize("command", COMMANDS)
def test_help_loads_nothing_heavy(command: str) -> None:
    program = (
        "from sleap.cli import main\n"
        f"try: main.{command}(['--help'])\n"
        "except SystemExit as end: assert end.code == 0"
    )
    loaded = modules_after(program)
    assert not loaded & {*HEAVY, *QT, "numpy"}


def test_import_sleap_loads_nothing_heavy() -> None:
    assert not modules_after("import sleap") & {*HEAVY, *QT, "numpy"}


def test_loading_a_file_needs_no_tensorflow() -> None:
    program = "import sleap; sleap.Labels; sleap.load_file; sleap.load_video"
    assert not modules_after(program) & {"tensorflow", "keras", "openvino", *QT}
