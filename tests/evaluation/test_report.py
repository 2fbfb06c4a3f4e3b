import json

from sleap.core.labels import Labels
from sleap.evaluation.comparison import evaluate


def test_lines_tell_the_figures(make) -> None:
    report = evaluate(
        make(tracks=True, n_frames=6),
        make(user=False, tracks=True, n_frames=5, swap_at=2, offset=(3, 4)),
    )
    text = "\n".join(report.lines)
    assert "10 of 12 animals (83.3 %) on 6 frames" in text
    assert "median 5.00 px" in text
    assert "2 switches" in text
    assert "1 frames have no prediction" in text


def test_it_fits_into_json(make) -> None:
    truth = make()
    report = evaluate(truth, Labels(videos=[truth.video]))
    data = json.loads(json.dumps(report.to_dict(), allow_nan=False))
    assert data["found_fraction"] == 0
    assert data["distances"]["mean"] is None
    assert data["precision"]["by_threshold"]["0.5"] == 0
    assert "half its length" in data["rule"]
    assert data["tracking"] is None
