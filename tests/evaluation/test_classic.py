import numpy as np
import pytest

from sleap.evaluation.classic import classic_metrics
from sleap.evaluation.comparison import evaluate


def test_figures_are_those_of_the_report(make) -> None:
    truth, predicted = make(), make(user=False, offset=(3, 4), leave_out=((1, 0),))
    found, report = classic_metrics(truth, predicted), evaluate(truth, predicted)
    assert found["dist.avg"] == pytest.approx(5.0)
    assert found["dist.p95"] == report.distances.percentiles[95]
    assert found["pck.mPCK"] == pytest.approx(report.mean_pck)
    assert found["oks.mOKS"] == report.mean_oks
    assert found["oks_voc.mAP"] == pytest.approx(report.precision.mean_precision)
    assert found["oks_voc.mAR"] == pytest.approx(report.precision.mean_recall)
    assert found["pck_voc.match_scores"].max() == pytest.approx(0.5)
    assert found["dist.dists"].shape == (5, 3)
    assert (found["vis.tp"], found["vis.fn"], found["vis.precision"]) == (15, 0, 1.0)
    assert found["oks_voc.precisions"].shape == (10, 101)


def test_nothing_predicted(make) -> None:
    none = tuple((frame, animal) for frame in range(3) for animal in range(2))
    found = classic_metrics(make(), make(user=False, leave_out=none))
    assert found["oks_voc.mAP"] == 0
    assert np.isnan([found["dist.avg"], found["pck.mPCK"], found["oks.mOKS"]]).all()
