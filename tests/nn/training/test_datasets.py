import json

import numpy as np
import pytest

from sleap.errors import LabelsError, ProfileError
from sleap.nn.training.datasets import prepare


def test_profile_is_completed_and_split_is_seeded(labels, tmp_path, make_profile):
    records = []
    for seed in (0, 0, 1):
        profile = make_profile(3, val_size=0.3, seed=seed)
        with prepare(profile, labels) as dataset:
            assert len(dataset.train.examples) == 7
            assert len(dataset.val.examples) == 3
            dataset.save_split(tmp_path / "split.json")
        records.append(json.loads((tmp_path / "split.json").read_text()))
        assert profile.model.input_channels == 1
        assert profile.skeleton.node_names == ["head", "tail"]
        assert profile.trainer.bounding_box_size % 2 == 0
        assert 8 <= profile.trainer.bounding_box_size <= 12
    assert records[0] == records[1] != records[2]
    assert records[0]["seed"] == 0
    assert sorted(records[0]["train"] + records[0]["val"]) == [[0, i] for i in range(10)]


def test_separate_validation_labels_win(labels, tmp_path, make_labels, make_profile):
    val_labels = make_labels(tmp_path / "val", 3, seed=5)
    with prepare(make_profile(), labels, val_labels) as dataset:
        assert len(dataset.train.examples) == 10
        assert len(dataset.val.examples) == 3
        assert dataset.split_record["val"] is None


def test_validation_is_never_augmented(labels, make_profile):
    profile = make_profile(augment_rotate=True, augment_gaussian_noise=True, shuffle=False)
    with prepare(profile, labels) as dataset:
        assert dataset.train.maker.augmenter.steps
        assert not dataset.val.maker.augmenter.steps
        frames = dataset.val.maker.frames
        row = dataset.val.examples[0].frame
        np.testing.assert_allclose(dataset.val.batch(0).images[0] * 255, frames.image(row), atol=1)


def test_a_single_frame_is_learned_from(tmp_path, make_labels, make_profile):
    with prepare(make_profile(), make_labels(tmp_path / "one", 1)) as dataset:
        assert len(dataset.train.examples) == 1
        assert dataset.val is None


def test_mixed_sizes_are_padded_to_the_largest(tmp_path, labels, make_labels, make_profile):
    for frame in make_labels(tmp_path / "wide", 2, seed=1, size=(40, 70)):
        points = [instance.numpy() for instance in frame.instances]
        added = labels.add_frame(frame.video, frame.frame_idx)
        for one in points:
            added.append(type(frame.instances[0])(labels.skeleton, one))
    with prepare(make_profile(scale=0.5), labels) as dataset:
        assert dataset.shape == (24, 36)
        assert dataset.train.batch(0).images.shape[1:] == (24, 36, 1)


def test_given_crop_size_is_rounded_up(labels, make_profile):
    profile = make_profile(3, bounding_box_size=21)
    with prepare(profile, labels) as dataset:
        assert dataset.shape == (22, 22)
    assert profile.trainer.bounding_box_size == 22


def test_errors(labels, tmp_path, make_profile):
    with pytest.raises(LabelsError, match="validation labels cannot be used"):
        prepare(make_profile(), labels, type(labels)(skeletons=[labels.skeleton]))
    profile = make_profile()
    profile.model.input_channels = 2
    with pytest.raises(ProfileError, match="input_channels is 2"):
        prepare(profile, labels)
