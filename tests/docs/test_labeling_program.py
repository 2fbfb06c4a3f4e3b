"""The page of menus, keys and gestures tells what the program has."""

import os
import re
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_API", "pyside6")

from sleap.gui.actions.action import Action
from sleap.gui.actions.table import MENUS
from sleap.gui.canvas.canvas import Canvas
from sleap.gui.shortcuts import DEFAULTS, default, normalized

DOCS = Path(__file__).parent.parent.parent / "docs"
PAGE = DOCS / "reference" / "labeling-program.md"
ROWS = [row for _, rows in MENUS for row in rows]

Table = list[list[str]]


def tables() -> dict[str, Table]:
    """Return the rows of the tables of the page, without their heads, by the title above."""
    found: dict[str, Table] = {}
    for part in PAGE.read_text(encoding="utf-8").split("\n## ")[1:]:
        title, _, body = part.partition("\n")
        lines = [line for line in body.splitlines() if line.startswith("|")]
        found[title] = [
            [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines[2:]
        ]
    return found


def rows_of_keys() -> Table:
    """Return the rows about menu entries and keys."""
    menus = [row for title, _ in MENUS for row in tables()[title]]
    return menus + tables()["Keys that are held"]


def test_no_cell_is_empty() -> None:
    for title, table in tables().items():
        assert table, title
        assert len({len(row) for row in table}) == 1, title
        assert all(cell for row in table for cell in row), title


def test_every_action_is_there_with_its_menu_and_key() -> None:
    told = {row[2].strip("`"): row for row in rows_of_keys() if row[2] != "–"}
    actions = {row.id: row for row in ROWS if isinstance(row, Action)}
    assert set(told) == set(actions) | set(DEFAULTS)
    for id, action in actions.items():
        path = f"{action.menu.replace('/', ' › ')} › {action.title}"
        assert told[id][0] == (path if action.menu else f"key only: {action.title}")
    for id, row in told.items():
        keys = row[1].replace("\\", "").split(" or ") if row[1] != "–" else []
        assert tuple(map(normalized, keys)) == (default(id) if id in DEFAULTS else ()), id


def test_every_menu_of_choices_is_there() -> None:
    told = [row[0] for row in rows_of_keys() if row[2] == "–"]
    made = [row.menu.replace("/", " › ") for row in ROWS if not isinstance(row, Action)]
    assert [menu for menu in told if " › " in menu] == made


def test_the_order_is_that_of_the_menus() -> None:
    for title, rows in MENUS:
        told = [row[2].strip("`") for row in tables()[title] if row[2] != "–"]
        assert told == [row.id for row in rows if isinstance(row, Action)]


def test_every_key_of_the_original_does_what_it_did() -> None:
    """A key told of as the original's does the same here, unless the row says what has it."""
    taken = {key for name in DEFAULTS for key in default(name)}
    for row in rows_of_keys():
        for keys in re.findall(r"\[(?:key only )?([^\]]+)\]", row[3]):
            for key in re.split(r"[:,] | → ", keys.replace("\\", "")):
                if normalized(key):
                    assert normalized(key) in taken, row


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=lambda page: page.name)
def test_pictures_of_pages_are_there(page: Path) -> None:
    for target in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).is_file(), target


def test_gestures_are_those_that_the_canvas_tells() -> None:
    """Each signal of the canvas for a gesture has its row."""
    words = {
        "node_moved": "move it",
        "nodes_moved": "move all of them",
        "instance_moved": "move the whole instance",
        "instance_rotated": "turn the instance",
        "visibility_toggled": "visible or not",
        "completed": "complete",
        "node_placed": "place the next node",
        "add_requested": "Add Instance",
        "area_selected": "the rectangle of",
        "point_picked": "the place of",
        "instance_double_clicked": "an instance to edit",
    }
    text = "\n".join(row[1] for row in tables()["The mouse on the frame"])
    for signal, word in words.items():
        assert hasattr(Canvas, signal) and word in text
