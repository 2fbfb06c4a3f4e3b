from sleap.core.track import Track


def test_tracks_are_told_apart_by_identity() -> None:
    a, b = Track("mouse", 3), Track("mouse", 3)
    assert a != b and len({a, b}) == 2
    assert (a.name, a.spawned_on) == ("mouse", 3)
