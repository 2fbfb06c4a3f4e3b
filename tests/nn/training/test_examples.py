import cv2
import numpy as np
import pytest

from sleap.io.diary import Diary, summarize
from sleap.nn.config.output_type import OutputType
from sleap.nn.saved.run_folder import RunFolder
from sleap.nn.training.datasets import prepare
from sleap.nn.training.examples import FOUND, SIDE, TRUTH, Examples, draw_examples
from sleap.nn.training.trainer import fit


def has_colour(picture, colour):
    return (np.abs(picture.astype(int) - colour) < 70).all(axis=2).any()


@pytest.mark.parametrize("output", OutputType)
def test_truth_and_found_are_drawn_for_every_output(make_labels, make_profile, tmp_path, output):
    labels = make_labels(tmp_path, 4, n_instances=1)
    with prepare(make_profile(output), labels) as dataset:
        batch = dataset.train.batch(0)
    nothing = np.zeros_like(batch.targets)
    picture = draw_examples(batch.images, batch.targets, nothing, output)
    assert picture.shape == (SIDE, 4 * SIDE, 3)
    assert has_colour(picture, TRUTH)
    assert not has_colour(picture, FOUND)
    assert has_colour(draw_examples(batch.images, nothing, batch.targets, output), FOUND)


def test_a_mark_lies_on_its_point():
    images, maps = np.zeros((1, 32, 32, 1)), np.zeros((1, 16, 16, 1), np.float32)
    maps[0, 4, 10] = 1.0
    picture = draw_examples(images, np.zeros_like(maps), maps, OutputType.CONFMAPS)
    rows, columns = np.nonzero(picture[:, :, 0] > 128)
    scale = SIDE / 32
    expected = np.array([20, 8]) * scale + (scale - 1) / 2
    assert np.abs(np.array([columns.mean(), rows.mean()]) - expected).max() <= 1


@pytest.mark.parametrize(("keeps_all", "n_kept"), [(False, 1), (True, 3)])
def test_pictures_of_a_training(labels, make_profile, tmp_path, keeps_all, n_kept):
    profile = make_profile(num_epochs=3, steps_per_epoch=1)
    with prepare(profile, labels) as dataset:
        examples = Examples(
            tmp_path, OutputType.CONFMAPS, dataset, Diary(tmp_path), keeps_all, every_s=0.0
        )
        fit(profile, dataset, RunFolder(tmp_path), callbacks=[_Always(examples)])
    run = summarize(tmp_path)
    assert len(run.examples) == n_kept
    assert run.examples[-1].name == "validation.0003.png"
    assert cv2.imread(str(run.examples[-1])).shape[0] == SIDE


class _Always:
    """Passes everything on, as if much time were between."""

    def __init__(self, examples):
        self.examples = examples

    def __getattr__(self, name):
        self.examples._next = 0.0
        return getattr(self.examples, name)


def test_pictures_leave_the_time_to_the_training(labels, make_profile, tmp_path):
    profile = make_profile(num_epochs=4, steps_per_epoch=1)
    with prepare(profile, labels) as dataset:
        examples = Examples(tmp_path, OutputType.CONFMAPS, dataset, Diary(tmp_path))
        fit(profile, dataset, RunFolder(tmp_path), callbacks=[examples])
    assert [path.name for path in summarize(tmp_path).examples] == ["validation.0004.png"]
