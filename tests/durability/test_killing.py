"""A job that is killed at any instant leaves the old file or the new one, and both open."""

from collections.abc import Callable
from typing import Any

import pytest


def test_a_few_kills_lose_nothing(run_script: Callable[..., Any]) -> None:
    counts = run_script(
        "killing.py", 20, 0, "save slp", "save with backups", "merge", "package", "predict"
    )
    assert counts["wrong"] == []
    assert counts["old"] + counts["new"] == counts["kills"] == 20
    assert counts["killed at work"] >= 15


@pytest.mark.slow
def test_500_kills_lose_nothing(run_script: Callable[..., Any]) -> None:
    counts = run_script("killing.py", 500, 1)
    print(counts)
    assert counts["wrong"] == []
    assert counts["old"] + counts["new"] == counts["kills"] == 500
    assert counts["killed at work"] >= 450
