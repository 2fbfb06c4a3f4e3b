"""A user at work in the window, to be killed at any moment: run as a program.

Drags with the mouse, keys and entries of menus, all as events. Before each it says ``begin
NUMBER``, and after it ``end NUMBER DIGEST``, where the digest is that of the labels.
"""

import os
import random
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parent.parent / "editing"))

from qtpy.QtCore import QPoint, Qt
from qtpy.QtGui import QAction
from qtpy.QtTest import QTest
from qtpy.QtWidgets import QMenu
from random_edits import contents

from sleap.editing.document import Document
from sleap.gui.app import make_app
from sleap.gui.main_window import MainWindow
from sleap.gui.program import Program

ENTRIES = (
    "Undo",
    "Redo",
    "Add Instance",
    "Add Instances from All Predictions on Current Frame",
    "Delete Instance",
    "Copy Instance",
    "Paste Instance",
    "Mark Frame as Without Animals",
    "Select Next Instance",
    "Save",
)
LEFT = Qt.MouseButton.LeftButton


def main(project: str, seed: int, n_steps: int) -> None:
    """Work on a project."""
    app = make_app()
    window = Program(app, MainWindow).show(Document.open(project))
    assert isinstance(window, MainWindow)
    app.processEvents()
    rng, labels = random.Random(seed), window.session.labels
    print("ready", contents(labels), flush=True)
    for number in range(n_steps):
        print("begin", number, flush=True)
        step(window, rng)
        app.processEvents()
        print("end", number, contents(labels), flush=True)
    print("over", flush=True)
    sys.stdin.read()


def step(window: MainWindow, rng: random.Random) -> None:
    """Do one thing."""
    match rng.randrange(4):
        case 0:
            window.session.go_to(rng.choice([0, 10, 20, 30]))
        case 1 | 2:
            drag(window, rng)
        case _:
            choose(window, rng.choice(ENTRIES))


def drag(window: MainWindow, rng: random.Random) -> None:
    """Drag a node of a user instance, in many moves of the mouse."""
    session, canvas = window.session, window.canvas
    users = [row for row in session.selectable if session.labels.store.points_of(row)["visible"][0]]
    if not users:
        return
    point = session.labels.store.points_of(rng.choice(users))[0]
    left, top = canvas.view.place([float(point["x"]), float(point["y"])]).round().astype(int)
    place, way = QPoint(int(left), int(top)), QPoint(rng.randint(-3, 3), rng.randint(-3, 3))
    QTest.mousePress(canvas, LEFT, Qt.KeyboardModifier.NoModifier, place)
    for _ in range(10):
        place += way
        QTest.mouseMove(canvas, place)
    QTest.mouseRelease(canvas, LEFT, Qt.KeyboardModifier.NoModifier, place)


def choose(window: MainWindow, title: str) -> None:
    """Choose an entry of a menu that can be chosen."""
    for top in window.menuBar().actions():
        menu = top.menu()
        assert isinstance(menu, QMenu)
        menu.aboutToShow.emit()
        for action in menu.actions():
            if text_of(action).startswith(title) and action.isEnabled():
                action.trigger()
                return


def text_of(action: QAction) -> str:
    """Return what an entry says."""
    return action.text().split("\t")[0].replace("&", "")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
