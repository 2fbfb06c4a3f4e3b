"""Whatever the system refuses, the old file stays and one clear error names the cause."""

from collections.abc import Callable
from typing import Any

import pytest


def test_a_full_disk_loses_nothing_in_any_format(
    run_script: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DURABILITY_FRAMES", "30")
    counts = run_script("failing.py", 2, 1)
    assert counts["wrong"] == []
    assert counts["error"] >= 4 * len(counts["refusals"])


@pytest.mark.slow
def test_every_refusal_loses_nothing(run_script: Callable[..., Any]) -> None:
    counts = run_script("failing.py", 25, 40)
    print(counts)
    assert counts["wrong"] == []
