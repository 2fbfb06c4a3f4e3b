"""Fixtures for all tests."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# The first example may pay for imports.
settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

REPOSITORY = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """The folder of real recordings: ``$SLEAP_DATA``, or ``shared/data`` beside the checkout."""
    folder = Path(os.environ.get("SLEAP_DATA", REPOSITORY.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"no real recordings: {folder} does not exist (set SLEAP_DATA)")
    return folder


@pytest.fixture(scope="session", autouse=True)
def _settings_of_nobody(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep the settings of whoever runs the tests out of them, and theirs as they are."""
    os.environ["SLEAP_CONFIG"] = str(tmp_path_factory.mktemp("config"))
