"""Journals of tests lie in a folder of their own; ``random_edits`` is found."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(autouse=True)
def journals(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let journals go to a temporary folder; return it."""
    folder = tmp_path_factory.mktemp("state")
    monkeypatch.setenv("SLEAP_STATE", str(folder))
    return folder / "journals"
