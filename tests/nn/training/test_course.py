import pytest

from sleap.nn.config.optimization import TrainerConfig
from sleap.nn.training.course import EarlyStopping, Plateau


def rates(plateau, figures, rate=1.0):
    found = []
    for figure in figures:
        rate = plateau.next_rate(figure, rate)
        found.append(rate)
    return found


def test_rate_falls_after_patience_and_not_while_cooling():
    plateau = Plateau(factor=0.5, patience=2, cooldown=2, min_delta=0.1, min_lr=0.2)
    figures = [3, 2, 2, 1.95, 2, 2, 2, 2, 2, 2, 2]
    expected = [1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.2, 0.2]
    assert rates(plateau, figures) == expected


def test_rate_stays_while_the_figure_falls():
    plateau = Plateau(factor=0.5, patience=1, cooldown=0, min_delta=0, min_lr=0)
    assert rates(plateau, [5, 4, 3, 2, 1]) == [1] * 5


def test_stops_after_patience_without_progress():
    stopping = EarlyStopping(patience=2, min_delta=0.1)
    assert [stopping.is_over(f) for f in [3, 2, 1.95, 1.8, 1.8, 1.8]] == [False] * 5 + [True]


@pytest.mark.parametrize("kind", [Plateau, EarlyStopping])
def test_from_config(kind):
    trainer = TrainerConfig(reduce_lr_patience=7, early_stopping_patience=7)
    assert kind.from_config(trainer).patience == 7
    off = TrainerConfig(reduce_lr_on_plateau=False, early_stopping=False)
    assert kind.from_config(off) is None
