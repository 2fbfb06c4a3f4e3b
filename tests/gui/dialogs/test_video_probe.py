import h5py
import numpy as np
import pytest

from sleap.gui.dialogs.video_probe import Probe, VideoChoice, describe, probe


@pytest.fixture
def hdf5(tmp_path):
    path = tmp_path / "box.h5"
    with h5py.File(path, "w") as file:
        file["box"] = np.arange(4 * 1 * 8 * 6, dtype=np.uint8).reshape(4, 1, 8, 6)
        file["other"] = np.zeros((5, 9, 7, 3), np.uint8)
    return path


def test_a_video_is_seen(recording):
    found = probe(VideoChoice(path=recording()))
    assert found.video.shape == (10, 48, 64, 1)
    assert found.image.shape == (48, 64, 1)
    assert describe(found) == "10 frames, 64 × 48 pixels, grayscale, 20 frames per second"


def test_colour_may_be_asked_for(recording):
    found = probe(VideoChoice(path=recording(), grayscale=False))
    assert found.image.shape == (48, 64, 3)
    assert found.video.grayscale is False


def test_datasets_and_their_axes(hdf5):
    found = probe(VideoChoice(path=hdf5))
    assert found.datasets == (("box", (4, 1, 8, 6)), ("other", (5, 9, 7, 3)))
    assert found.video.dataset == "box"
    assert found.video.input_format == "channels_first"
    assert found.video.shape == (4, 6, 8, 1)
    other = probe(VideoChoice(path=hdf5, dataset="other"))
    assert other.video.shape[:3] == (5, 9, 7)


def test_a_folder_of_images(tmp_path):
    from sleap.video.encode import encode_image

    image = np.full((5, 7, 1), 80, np.uint8)
    for number in range(3):
        (tmp_path / f"{number}.png").write_bytes(bytes(encode_image(image, "png")))
    found = probe(VideoChoice(path=tmp_path))
    assert found.video.shape == (3, 5, 7, 1)
    assert len(found.video.filename) == 3


def test_what_cannot_be_read_is_told(tmp_path):
    path = tmp_path / "notes.mp4"
    path.write_text("no video")
    found = probe(VideoChoice(path=path))
    assert found.video is None
    assert "notes.mp4" in found.error
    assert describe(Probe()) == ""
