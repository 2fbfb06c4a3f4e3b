"""Labels go to sleap-io and come back as they were."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings

from sleap.core.labels import Labels
from sleap.io.files import load_file, save_file
from sleap.io.format import FACETS

HOLDS = frozenset(FACETS) - {"provenance"}  # it notes the file's name there


def test_labels_go_to_sleap_io_and_back(
    tmp_path: Path, draw_labels: Any, describe_labels: Any, through_sleap_io: Callable[..., None]
) -> None:
    @settings(
        max_examples=15,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(labels=draw_labels(HOLDS))
    def check(labels: Labels) -> None:
        save_file(labels, tmp_path / "ours.slp")
        through_sleap_io(tmp_path / "ours.slp", tmp_path / "theirs.slp")
        assert describe_labels(load_file(tmp_path / "theirs.slp"), HOLDS) == describe_labels(
            labels, HOLDS
        )

    check()
