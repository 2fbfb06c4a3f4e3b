import json

import numpy as np

from sleap.gui.docks.templates import FOLDER, drawn_places, templates


def test_the_common_animals_are_there() -> None:
    titles = " ".join(one.title.lower() for one in templates())
    for animal in ("fly", "mouse", "worm", "human", "fish", "bird", "bee"):
        assert animal in titles


def test_every_template_is_sound() -> None:
    assert len(templates()) == len(list(FOLDER.glob("*.json")))
    for one in templates():
        skeleton = one.skeleton
        assert one.description.endswith(".")
        assert one.places.shape == (skeleton.n_nodes, 2)
        assert len(np.unique(one.places, axis=0)) == skeleton.n_nodes, one.title
        joined = {0}
        for _ in skeleton.node_names:
            joined |= {b for pair in skeleton.edges for b in pair if joined & set(pair)}
        assert joined == set(range(skeleton.n_nodes)), f"{one.title} falls apart"


def test_symmetric_nodes_are_drawn_apart() -> None:
    for one in templates():
        for a, b in one.skeleton.symmetries:
            assert np.hypot(*(one.places[a] - one.places[b])) > 8, one.title


def test_files_say_no_more_than_is_read() -> None:
    for path in FOLDER.glob("*.json"):
        data = json.loads(path.read_text(encoding="utf-8"))
        assert data.keys() == {"title", "description", "nodes", "edges", "symmetries"}
        assert all(node.keys() == {"name", "x", "y"} for node in data["nodes"])


def test_nodes_are_found_on_a_drawing() -> None:
    human = next(one for one in templates() if one.title == "Human")
    names = human.skeleton.node_names
    places = drawn_places(names[::-1])
    assert places is not None
    assert (places == human.places[::-1]).all()
    assert drawn_places(["no such node"]) is None
    assert drawn_places([]) is None
