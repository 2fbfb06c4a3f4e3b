import numpy as np

from sleap.core.instance import Instance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.video import Video
from sleap.gui.docks.skeleton_layout import lay_out
from sleap.gui.docks.templates import templates


def test_it_lies_as_it_is_labeled(labels: Labels) -> None:
    layout = lay_out(labels, labels.skeletons[0])
    assert layout.is_of_labels
    between = np.hypot(*np.diff(layout.places, axis=0).T)
    assert np.allclose(between, [np.hypot(10, 2), np.hypot(10, 4)], atol=0.1)
    assert layout.places[0, 0] < layout.places[1, 0] < layout.places[2, 0]  # head to the left


def test_turning_never_mirrors_it() -> None:
    skeleton = Skeleton(["a", "b", "c", "d"], [("a", "b"), ("b", "c"), ("c", "d")])
    pose = np.array([[0.0, 0.0], [0.0, 30.0], [20.0, 30.0], [20.0, 90.0]])
    labels = Labels(skeletons=[skeleton])
    labels.add_frame(Video("a.mp4"), 0).append(Instance(skeleton, pose))
    places = lay_out(labels, skeleton).places

    def turn(points: np.ndarray) -> float:
        (ax, ay), (bx, by) = points[1] - points[0], points[2] - points[1]
        return float(np.sign(ax * by - ay * bx))

    assert turn(places) == turn(pose)


def test_a_template_lies_as_it_is_drawn() -> None:
    template = templates()[0]
    layout = lay_out(Labels(skeletons=[template.skeleton]), template.skeleton)
    assert not layout.is_of_labels
    assert (layout.places == template.places).all()


def test_an_unknown_animal_can_be_read() -> None:
    names = [f"part {number}" for number in range(8)]
    edges = [(names[number], names[number + 1]) for number in range(7)]
    skeleton = Skeleton(names, edges)
    places = lay_out(Labels(skeletons=[skeleton]), skeleton).places
    apart = np.hypot(*np.moveaxis(places[:, None] - places[None], 2, 0))
    np.fill_diagonal(apart, np.inf)
    assert apart.min() > 0.05 * np.ptp(places, axis=0).max()
    again = lay_out(Labels(skeletons=[skeleton]), skeleton).places
    assert (places == again).all()  # it does not jump


def test_a_node_that_was_never_labeled_has_a_place(labels: Labels) -> None:
    labels.add_node("wing")
    layout = lay_out(labels, labels.skeletons[0])
    assert layout.is_of_labels
    assert np.isfinite(layout.places).all()


def test_few_nodes_are_laid_out() -> None:
    for n_nodes in (0, 1, 2):
        skeleton = Skeleton([f"odd {number}" for number in range(n_nodes)])
        layout = lay_out(Labels(skeletons=[skeleton]), skeleton)
        assert layout.places.shape == (n_nodes, 2)
        assert np.isfinite(layout.places).all()
