from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest

from sleap.errors import VideoError
from sleap.video.index import NONE, FrameIndex, evolve_order, is_order_sure, scan


def index_of(path: Path) -> tuple[FrameIndex, bool]:
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        index = scan(container, stream)
        return index, is_order_sure(index, container, stream)


def test_order_of_showing_follows_the_timestamps(make_video: Callable[..., Path]) -> None:
    index, is_sure = index_of(make_video("a.mp4", options={"g": "12", "bf": "3"}))
    assert is_sure and index.n_frames == index.n_packets == 40
    assert np.all(np.diff(index.pts[index.ordinals]) > 0)
    assert not np.all(np.diff(index.ordinals) > 0), "there are B-frames"
    np.testing.assert_array_equal(index.ranks[index.ordinals], np.arange(40))


def test_containers_without_times_leave_the_order_unsure(make_video: Callable[..., Path]) -> None:
    options = {"g": "12", "bf": "3"}
    assert not index_of(make_video("a.avi", options=options))[1]
    assert not index_of(make_video("a.h264", options=options))[1]
    assert index_of(make_video("b.avi", codec="mpeg4"))[1], "nothing is reordered"


def test_decoding_starts_at_a_keyframe_shown_before() -> None:
    ordinals = np.array([0, 2, 1, 4, 5, 3, 6, 7])  # packets 4 and 5 are shown before keyframe 3
    index = evolve_order(
        FrameIndex(
            pts=np.arange(8),
            dts=np.full(8, NONE),
            position=np.full(8, NONE),
            keyframes=np.array([0, 3, 6]),
            ordinals=ordinals,
            ranks=np.zeros(8, np.int64),
            time_base=0.5,
            identity="pts",
        ),
        ordinals,
    )
    starts = {frame: list(index.starts(frame)) for frame in range(8)}
    assert starts[2] == [0]
    assert starts[3] == starts[4] == [0], "leading frames need what came before the keyframe"
    assert starts[5] == [3, 0]
    assert starts[7] == [6, 3, 0]
    assert index.seek_time(4) == 4
    later = index.without_leading(2)
    assert later.n_frames == 6 and later.ranks.tolist() == [-1, 0, -1, 3, 1, 2, 4, 5]


def test_times_are_seconds_from_the_first_frame(make_video: Callable[..., Path]) -> None:
    times = lambda i: 700 + i * 40 + (i * i * 7) % 31  # noqa: E731
    index, is_sure = index_of(make_video("a.mkv", 20, times=times))
    expected = np.array([times(i) - times(0) for i in range(20)]) / 1000
    assert is_sure
    np.testing.assert_allclose(index.times(), expected, atol=2e-3)


def test_packets_are_told_apart(make_video: Callable[..., Path]) -> None:
    path = make_video("a.mp4", options={"g": "12", "bf": "3"})
    index, _ = index_of(path)
    with av.open(str(path)) as container:
        packets = [packet for packet in container.demux(video=0) if packet.size]
        assert [index.find(packet) for packet in packets] == list(range(40))
        assert index.find(packets[7], expected=7) == 7
        assert index.find(packets[7], expected=9) == 7


def test_no_frames_is_an_error(make_video: Callable[..., Path]) -> None:
    path = make_video("a.avi", codec="mpeg4")
    content = path.read_bytes()
    path.write_bytes(content[: content.index(b"movi") + 4])
    with pytest.raises(VideoError, match="holds no frame"):
        index_of(path)
