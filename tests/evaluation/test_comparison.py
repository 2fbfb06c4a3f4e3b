import math
from pathlib import Path

import numpy as np
import pytest

from sleap.core.labels import Labels
from sleap.core.video import Video
from sleap.errors import LabelsError
from sleap.evaluation.comparison import count_switches, evaluate
from sleap.io.files import load_file


def test_perfect(make) -> None:
    report = evaluate(make(tracks=True), make(user=False, tracks=True))
    assert report.found_fraction == 1
    assert (report.n_frames, report.n_truth, report.n_predicted) == (3, 6, 6)
    assert report.distances.mean == report.distances.percentiles[99] == 0
    assert report.mean_oks == report.precision.mean_precision == report.mean_pck == 1
    assert report.visibility.precision == report.visibility.recall == 1
    assert report.tracking is not None
    assert report.tracking.idf1 == 1


def test_errors_are_in_pixels(make) -> None:
    report = evaluate(make(), make(user=False, offset=(3, 4)))
    assert report.distances.median == pytest.approx(5)
    assert report.node_distances["tail"].mean == pytest.approx(5)
    assert report.pck[5] == pytest.approx(0)
    assert report.pck[6] == 1
    assert report.found_fraction == 1
    assert report.tracking is None


def test_missing_and_spurious_animals(make) -> None:
    truth = make(n_frames=3, leave_out=((0, 0),))
    report = evaluate(truth, make(user=False, n_frames=2, leave_out=((1, 1),)))
    assert (report.n_truth, report.n_predicted) == (5, 3)
    assert report.n_paired == report.n_found == 2
    assert report.found_fraction == 2 / 5
    assert report.n_spurious == 1
    assert report.n_frames_without_prediction == 1


def test_found_means_within_half_a_length(make) -> None:
    length = np.hypot(60, 20)
    near = evaluate(make(), make(user=False, offset=(0, 0.49 * length)))
    far = evaluate(make(), make(user=False, offset=(0, 0.51 * length)))
    assert near.found_fraction == 1
    assert far.found_fraction == 0
    assert far.n_paired == 6
    assert far.distances.median == pytest.approx(0.51 * length)


def test_missing_nodes(make) -> None:
    report = evaluate(make(), make(user=False, nodes=["head", "tail"]))
    assert report.mean_oks == pytest.approx(2 / 3)
    assert report.visibility.recall == pytest.approx(2 / 3)
    assert report.pck[10] == pytest.approx(2 / 3)
    assert report.node_distances["thorax"].n_points == 0


def test_tolerance_can_be_chosen(make) -> None:
    strict = evaluate(make(), make(user=False, offset=(1, 1)), oks_stddev=0.001)
    assert strict.mean_oks < 0.01
    assert strict.n_paired == 6


def test_swaps(make) -> None:
    truth = make(tracks=True, n_frames=6)
    scores = count_switches(truth, make(user=False, tracks=True, n_frames=6, swap_at=2))
    assert scores.n_switches == 2
    assert scores.idf1 == pytest.approx(4 / 6)
    with pytest.raises(LabelsError, match="need instances with tracks"):
        count_switches(truth, make(user=False))


def test_videos_without_predictions_are_named(make) -> None:
    first, second = Video("a.mp4"), Video("b.mp4")
    truth = Labels([*make(video=first), *make(video=second)])
    report = evaluate(truth, make(user=False, video=Video("else/a.mp4")))
    assert report.n_frames == 3
    assert report.left_out == ("b.mp4",)


def test_nothing_to_judge(make) -> None:
    truth = make()
    with pytest.raises(LabelsError, match="no frame with an animal"):
        evaluate(Labels(videos=[truth.video], skeletons=truth.skeletons), truth)
    report = evaluate(truth, Labels(videos=[truth.video]))
    assert report.found_fraction == 0
    assert math.isnan(report.distances.mean)
    assert report.precision.mean_precision == 0


def test_package_against_its_video(data_dir: Path) -> None:
    package = load_file(data_dir / "flies13" / "test.pkg.slp")
    whole = load_file(data_dir / "flies13" / "flies13.tracks.slp")
    report = evaluate(package, whole)
    assert report.n_frames == 24
    assert report.found_fraction == 1
    assert report.distances.percentiles[99] < 1e-6
    assert report.tracking is not None
    assert report.tracking.n_switches == 0


def test_real_predictions(data_dir: Path) -> None:
    folder = data_dir / "mice2"
    report = evaluate(
        load_file(folder / "labels.10frames.slp"), load_file(folder / "predictions.untracked.slp")
    )
    assert (report.n_frames, report.n_found, report.n_spurious) == (10, 20, 0)
    assert report.distances.median == pytest.approx(1.59, abs=0.01)


def test_noise_is_spurious(data_dir: Path) -> None:
    folder = data_dir / "two_flies"
    report = evaluate(
        load_file(folder / "two_flies.tracks.slp"), load_file(folder / "two_flies.noisy.slp")
    )
    assert report.n_spurious == 3
    assert report.found_fraction == 1
