"""Running the scripts of this folder, each in a process that may fork."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent


@pytest.fixture(scope="session")
def run_script() -> Callable[..., Any]:
    """Run a script of this folder and return what it prints as JSON."""
    if not hasattr(os, "fork"):
        pytest.skip("the children are forks, which this system has not")

    def run(name: str, *arguments: object) -> Any:
        done = subprocess.run(
            [sys.executable, str(FOLDER / name), *map(str, arguments)],
            capture_output=True,
            text=True,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run
