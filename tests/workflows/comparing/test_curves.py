import math
import re
from xml.etree import ElementTree

import pytest

from sleap.workflows.comparing.curves import (
    MAX_TICKS,
    Curve,
    _ticks_of_epochs,
    _ticks_of_losses,
    draw_curves,
)


def test_curves_are_drawn_as_xml() -> None:
    curve = Curve('a<"b">&', "#123456", [1.0, 0.1, 0.01], [2.0, 0.2, 0.02], 2, 0.02)
    svg = ElementTree.fromstring(draw_curves([curve]))
    lines = [path for path in svg.iter("path") if path.get("stroke") == "#123456"]
    assert [line.get("stroke-dasharray") for line in lines] == ["4 4", None]
    assert lines[0][0].text == 'a<"b">&: training'
    (dot,) = svg.iter("circle")
    ends = re.findall(r"[\d.]+", lines[1].get("d", ""))[-2:]
    assert [dot.get("cx"), dot.get("cy")] == ends


def test_equal_ratios_are_equally_far_apart_and_less_is_lower() -> None:
    svg = ElementTree.fromstring(draw_curves([Curve("a", "red", [1.0, 0.1, 0.01], [])]))
    (line,) = (path for path in svg.iter("path") if path.get("stroke") == "red")
    heights = [float(y) for _, y in re.findall(r"[ML]([\d.]+) ([\d.]+)", line.get("d", ""))]
    assert heights[1] - heights[0] == pytest.approx(heights[2] - heights[1], abs=0.2)
    assert heights[1] > heights[0]


def test_what_is_no_number_leaves_a_gap() -> None:
    drawing = draw_curves([Curve("a", "red", [1.0, 2.0, math.nan, 0.0, 3.0, 4.0], [])])
    assert re.sub("[^ML]", "", re.search(r' d="(M[^V"]*)"><title>', drawing)[1]) == "MLML"  # type: ignore[index]


def test_nothing_to_draw_is_no_drawing() -> None:
    assert draw_curves([]) == ""
    assert draw_curves([Curve("a", "red", [math.nan], [0.0])]) == ""


def test_one_epoch_can_be_drawn() -> None:
    ElementTree.fromstring(draw_curves([Curve("a", "red", [0.5], [0.5], 0, 0.5)]))


@pytest.mark.parametrize("n_epochs", [1, 2, 7, 9, 23, 100, 1234, 100_000])
def test_epochs_are_marked_at_round_ones(n_epochs: int) -> None:
    ticks = _ticks_of_epochs(n_epochs)
    assert ticks[0] == 1 and ticks == sorted(set(ticks))
    assert len(ticks) <= MAX_TICKS + 1 and ticks[-1] <= n_epochs


@pytest.mark.parametrize(("low", "high"), [(-3, -1), (-0.05, 0.05), (-30, 5), (0.11, 0.12)])
def test_losses_are_marked_within_what_is_drawn(low: float, high: float) -> None:
    ticks = _ticks_of_losses(low, high)
    assert 1 <= len(ticks) <= MAX_TICKS
    assert all(low <= math.log10(tick) <= high for tick in ticks)
