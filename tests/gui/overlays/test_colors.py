"""Colours of instances."""

from attrs import evolve
from qtpy.QtGui import QColor

from sleap.core.labels import Labels
from sleap.gui.look import Look
from sleap.gui.overlays.colors import color_pose, find_palette, is_light, shade
from sleap.gui.overlays.poses import read_poses
from sleap.render.palette import Palette

FIVE = find_palette("five+")


def test_predictions_are_grey_and_yellow_unless_colored(labels: Labels) -> None:
    row = labels[0].predicted_instances[0].row
    pose = read_poses(labels.store, [row])[0]
    colors = color_pose(pose, Look(), FIVE)
    assert colors.edges[0].getRgb()[:3] == (128, 128, 128)
    assert colors.nodes[0].getRgb()[:3] == (250, 250, 10)
    colors = color_pose(pose, Look(color_predicted=True), FIVE)
    assert colors.nodes[0].getRgb()[:3] == FIVE.color(0)


def test_an_instance_takes_the_color_of_its_track_else_of_its_rank(labels: Labels) -> None:
    pose = read_poses(labels.store, [labels[0].user_instances[1].row])[0]
    assert color_pose(pose, Look(), FIVE).own.getRgb()[:3] == FIVE.color(1)
    free = evolve(pose, track=-1, rank=3)
    assert color_pose(free, Look(), FIVE).own.getRgb()[:3] == FIVE.color(3)


def test_plus_keeps_the_last_color_and_others_begin_again(labels: Labels) -> None:
    pose = evolve(read_poses(labels.store, [labels[0].user_instances[1].row])[0], track=7)
    assert color_pose(pose, Look(), FIVE).own.getRgb()[:3] == FIVE.colors[-1]
    standard = find_palette("standard")
    assert color_pose(pose, Look(), standard).own.getRgb()[:3] == standard.colors[0]


def test_by_node_and_by_edge(labels: Labels) -> None:
    pose = read_poses(labels.store, [labels[0].user_instances[0].row])[0]
    by_node = color_pose(pose, Look(color_by="node"), FIVE)
    assert [one.getRgb()[:3] for one in by_node.nodes] == list(FIVE.colors[:3])
    assert by_node.edges == by_node.nodes[:2]
    by_edge = color_pose(pose, Look(color_by="edge"), FIVE)
    assert [one.getRgb()[:3] for one in by_edge.edges] == list(FIVE.colors[:2])
    assert by_edge.nodes[1:] == by_edge.edges


def test_palettes_of_the_user_come_first_and_unknown_ones_are_the_standard() -> None:
    mine = Palette("five+", ((1, 2, 3),))
    assert find_palette("five+", {"five+": mine}) is mine
    assert find_palette("nonesuch").name == "standard"


def test_shades() -> None:
    assert shade((100, 200, 10), "dark").getRgb()[:3] == (60, 120, 6)
    assert shade((100, 250, 10), "light").getRgb()[:3] == (125, 255, 12)
    assert is_light(QColor(250, 250, 10)) and not is_light(QColor(0, 0, 120))
