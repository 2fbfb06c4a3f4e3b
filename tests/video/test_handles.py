import gc

from sleap.video.handles import OpenHandles


class Owner:
    def __init__(self, *, is_busy: bool = False) -> None:
        self.is_busy = is_busy
        self.n_releases = 0

    def try_release(self) -> bool:
        self.n_releases += not self.is_busy
        return not self.is_busy


def test_the_one_unused_for_longest_is_released() -> None:
    handles = OpenHandles(limit=2)
    a, b, c = Owner(), Owner(), Owner()
    for owner in (a, b, a, c):
        handles.use(owner)
    assert [owner.n_releases for owner in (a, b, c)] == [0, 1, 0]
    assert len(handles) == 2


def test_busy_ones_are_kept() -> None:
    handles = OpenHandles(limit=1)
    busy, idle = Owner(is_busy=True), Owner()
    handles.use(busy)
    handles.use(idle)
    assert len(handles) == 2 and idle.n_releases == 0
    handles.use(busy)
    assert idle.n_releases == 1 and len(handles) == 1


def test_forgotten_and_vanished_ones_do_not_count() -> None:
    handles = OpenHandles(limit=2)
    a, b = Owner(), Owner()
    handles.use(a)
    handles.use(b)
    handles.forget(a)
    assert len(handles) == 1
    del b
    gc.collect()
    assert len(handles) == 0
    for owner in (c := Owner(), d := Owner()):
        handles.use(owner)
    assert c.n_releases == d.n_releases == a.n_releases == 0
