from sleap.nn.training.loop import MAX_WORKERS, n_workers


def test_n_workers(make_profile):
    assert n_workers(make_profile(n_workers=3)) == 3
    assert 1 <= n_workers(make_profile()) <= MAX_WORKERS
