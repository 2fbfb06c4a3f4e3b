"""Labels were made with another program; its images were moved meanwhile."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from sleap.video import load_video, open_video
from tests.gui.stories.user import User, points_of

NODES = ["snout", "leftear", "rightear", "tailbase"]
FRAMES = [0, 800, 1600]
IMAGES = [f"img{number:04d}.png" for number in FRAMES]
PLACES = np.arange(24.0).reshape(3, 4, 2) * 5 + 100


@pytest.fixture
def annotated(openfield: Path, tmp_path: Path) -> Path:
    """Three frames labeled with DeepLabCut; the table lies beside the images."""
    folder = tmp_path / "project" / "labeled-data" / "m3v1"
    folder.mkdir(parents=True)
    with open_video(load_video(openfield)) as reader:
        for name, number in zip(IMAGES, FRAMES, strict=True):
            cv2.imwrite(str(folder / name), reader.read(number))
    lines = [
        ",".join(["scorer", *["me"] * 8]),
        ",".join(["bodyparts", *np.repeat(NODES, 2)]),
        ",".join(["coords", *["x", "y"] * 4]),
    ]
    for name, places in zip(IMAGES, PLACES, strict=True):
        lines.append(",".join([f"labeled-data/m3v1/{name}", *places.ravel().astype(str)]))
    table = folder / "CollectedData_me.csv"
    table.write_text("\n".join(lines) + "\n")
    return table


def shown(user: User) -> np.ndarray:
    user.wait_for_frame()
    image = user.canvas.scene.picture.image
    assert image is not None
    return np.squeeze(image)


def import_table(user: User, table: Path) -> None:
    with user.answering("Import labels", user.enters_file(table)):
        user.choose("File", "Import", "DeepLabCut…")


def check(user: User, images: Path) -> None:
    labels = user.session.labels
    assert labels.skeletons[0].node_names == NODES
    for frame, places in zip(labels, PLACES, strict=True):
        (instance,) = frame.instances
        np.testing.assert_allclose(points_of(instance), places)
    for name in IMAGES:
        wanted = cv2.imread(str(images / name), cv2.IMREAD_GRAYSCALE)
        image = shown(user)
        np.testing.assert_array_equal(image if image.ndim == 2 else image[..., 0], wanted)
        user.press("Alt+Right")


def test_images_in_place_are_shown(experienced: User, annotated: Path) -> None:
    user = experienced
    user.start()
    import_table(user, annotated)
    user.wait(lambda: len(user.session.labels) == 3)
    check(user, annotated.parent)
    assert user.session.document.path is None  # a new project, to be saved as one


def test_moved_images_are_located(experienced: User, annotated: Path, tmp_path: Path) -> None:
    user = experienced
    elsewhere = tmp_path / "archive" / "m3v1"
    elsewhere.mkdir(parents=True)
    for name in IMAGES:
        (annotated.parent / name).rename(elsewhere / name)
    user.start()

    def locate(dialog):
        user.wait(lambda: dialog.model.rows and dialog.locate.isEnabled())
        with user.answering(f"Locate {dialog.model.rows[0].name}", user.enters_file(elsewhere)):
            user.push("Locate", dialog)

        user.wait(dialog.ok.isEnabled)
        user.push("Use these", dialog)

    with user.answering("Find missing videos", locate):
        import_table(user, annotated)
    check(user, elsewhere)
