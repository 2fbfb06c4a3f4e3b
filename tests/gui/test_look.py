import attrs
import pytest

from sleap.gui.look import Look
from sleap.render.palette import PALETTES


def test_the_defaults_are_those_of_the_original() -> None:
    look = Look()
    assert (look.palette, look.marker_size, look.label_size) == ("standard", 4, 12)
    assert (look.trail_length, look.trail_width, look.trail_node_count) == (0, 4.0, 1)
    assert not look.color_predicted
    assert look.edge_style == "line"
    assert look.palette in PALETTES


@pytest.mark.parametrize(
    "wrong",
    [
        {"color_by": "mood"},
        {"marker_size": 0},
        {"marker_size": "4"},
        {"trail_length": -1},
        {"contrast": 11},
        {"show_edges": "yes"},
        {"trail_width": "wide"},
    ],
)
def test_refuses_values_that_cannot_be_drawn(wrong: dict[str, object]) -> None:
    with pytest.raises((ValueError, TypeError)):
        attrs.evolve(Look(), **wrong)
