"""Skeletons of common animals to begin with, and where their nodes lie on a drawing."""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np
from attrs import frozen

from sleap.core.skeleton import Skeleton
from sleap.core.tables import FloatArray

FOLDER = Path(__file__).parent.parent / "skeleton_templates"


@frozen(eq=False)
class Template:
    """A skeleton to begin with.

    Attributes:
        title: What kind of animal it is, and from where it is seen.
        description: What it has, in a sentence.
        skeleton: The skeleton; to be copied.
        places: (n_nodes, 2) where the nodes lie on a drawing, y downwards, in no unit.
    """

    title: str
    description: str
    skeleton: Skeleton
    places: FloatArray


@cache
def templates() -> tuple[Template, ...]:
    """Return all templates, by title."""
    found = [_read(path) for path in FOLDER.glob("*.json")]
    return tuple(sorted(found, key=lambda one: one.title))


def drawn_places(names: Iterable[str]) -> FloatArray | None:
    """Return where nodes of these names lie on the drawing of a template that has them all.

    Args:
        names: Names of nodes.

    Returns:
        (n_nodes, 2), or None if no template has them all.
    """
    wanted = list(names)
    for template in templates():
        known = template.skeleton.node_names
        if wanted and set(wanted) <= set(known):
            return template.places[[known.index(name) for name in wanted]]
    return None


def _read(path: Path) -> Template:
    data = json.loads(path.read_text(encoding="utf-8"))
    nodes = data["nodes"]
    skeleton = Skeleton(
        [node["name"] for node in nodes],
        [(source, destination) for source, destination in data["edges"]],
        [(a, b) for a, b in data["symmetries"]],
        name=path.stem,
    )
    places = np.array([(node["x"], node["y"]) for node in nodes], float)
    return Template(data["title"], data["description"], skeleton, places)
