import signal
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sleap.core.labels import Labels
from sleap.core.poses import Poses
from sleap.core.skeleton import Skeleton
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.errors import FileError, FormatError
from sleap.io.files import load_file
from sleap.io.slp.append import N_BUFFERED, PredictionWriter, recover
from sleap.io.slp.read import read


@pytest.fixture
def skeleton() -> Skeleton:
    return Skeleton(["head", "thorax", "tail"], [(1, 0), (1, 2)])


@pytest.fixture
def video() -> Video:
    return Video("flies.mp4", shape=(1000, 48, 64, 1), grayscale=True)


def poses_of(frame_idx: int, n: int = 2) -> Poses:
    points = np.random.default_rng(frame_idx).uniform(0, 64, (n, 3, 2))
    if n:
        points[0, 2] = np.nan
    scores = np.linspace(0.5, 0.9, n)
    return Poses(
        frame_idx,
        points,
        np.full((n, 3), 0.25),
        scores,
        tracks=np.arange(n),
        tracking_scores=scores / 2,
    )


def assert_poses(labels: Labels, expected: list[Poses]) -> None:
    found = list(labels.poses(labels.video))
    assert [poses.frame_idx for poses in found] == [poses.frame_idx for poses in expected]
    for one, other in zip(found, expected, strict=True):
        for name in ("points", "point_scores", "scores", "tracks", "tracking_scores"):
            np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


def test_what_is_streamed_is_read(
    tmp_path: Path,
    skeleton: Skeleton,
    video: Video,
    load_with_sleap_io: Callable[[Path], Any],
    assert_same_as_sleap_io: Callable[[Labels, Any], None],
) -> None:
    path = tmp_path / "a.predictions.h5"
    expected = [poses_of(index) for index in range(2 * N_BUFFERED + 5)]
    with PredictionWriter(
        path, video=video, skeleton=skeleton, provenance={"model_paths": ["m"]}
    ) as writer:
        for poses in expected:
            writer.write(poses)
        writer.tracks.extend([Track("a"), Track("b", 3)])
        assert not path.exists()
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]
    labels = read(path)
    assert_poses(labels, expected)
    assert labels.provenance == {"model_paths": ["m"]}
    assert [(track.name, track.spawned_on) for track in labels.tracks] == [("a", 0), ("b", 3)]
    assert labels.skeleton.matches(skeleton)
    assert (labels.video.filename, labels.video.shape) == (video.filename, video.shape)
    assert labels.video.grayscale is True
    assert_same_as_sleap_io(labels, load_with_sleap_io(path))


def test_frames_without_poses_are_left_out_unless_wanted(
    tmp_path: Path, skeleton: Skeleton, video: Video
) -> None:
    for keep_empty, expected in ((False, [1]), (True, [0, 1, 2])):
        path = tmp_path / "a.slp"
        with PredictionWriter(
            path, video=video, skeleton=skeleton, keep_empty=keep_empty
        ) as writer:
            writer.tracks.append(Track("a"))
            for index in range(3):
                writer.write(poses_of(index, n=index % 2))
        assert [frame.frame_idx for frame in read(path)] == expected


def test_nothing_found_gives_an_empty_file(
    tmp_path: Path, skeleton: Skeleton, video: Video
) -> None:
    with PredictionWriter(tmp_path / "a.slp", video=video, skeleton=skeleton):
        pass
    labels = read(tmp_path / "a.slp")
    assert len(labels) == 0
    assert labels.skeleton.matches(skeleton)


def test_after_an_error_what_was_found_stays(
    tmp_path: Path, skeleton: Skeleton, video: Video, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "a.slp"
    path.write_bytes(b"old")
    with (
        pytest.raises(KeyError),
        PredictionWriter(path, video=video, skeleton=skeleton) as writer,
    ):
        writer.tracks.extend([Track("a"), Track("b")])
        writer.write(poses_of(4))
        raise KeyError
    assert path.read_bytes() == b"old"
    partial = tmp_path / "a.slp.partial"
    assert str(partial) in caplog.text
    labels = load_file(partial)
    assert_poses(labels, [poses_of(4)])
    assert [track.name for track in labels.tracks] == ["a", "b"]
    # The next run does not destroy it.
    with PredictionWriter(path, video=video, skeleton=skeleton):
        pass
    assert_poses(load_file(tmp_path / "a.slp.partial.1"), [poses_of(4)])
    assert not partial.exists()


def test_an_error_before_anything_was_found_leaves_nothing(
    tmp_path: Path, skeleton: Skeleton, video: Video
) -> None:
    with (
        pytest.raises(KeyError),
        PredictionWriter(tmp_path / "a.slp", video=video, skeleton=skeleton),
    ):
        raise KeyError
    assert not list(tmp_path.iterdir())


SCRIPT = """
import sys
import numpy as np
from sleap.core.poses import Poses
from sleap.core.skeleton import Skeleton
from sleap.core.track import Track
from sleap.core.video import Video
from sleap.io.slp.append import PredictionWriter
skeleton = Skeleton(["a", "b"])
with PredictionWriter(sys.argv[1], video=Video("v.mp4"), skeleton=skeleton) as writer:
    writer.tracks.append(Track("only"))
    for index in range(10**9):
        writer.write(
            Poses(index, np.full((1, 2, 2), float(index)), np.ones((1, 2)), [1], tracks=[0])
        )
        if index == 1000:
            print("going", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX does")
def test_a_killed_run_leaves_what_it_found(tmp_path: Path) -> None:
    path = tmp_path / "a.slp"
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(path)], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert not path.exists()
    labels = load_file(tmp_path / "a.slp.partial")
    assert len(labels) >= 1000 - N_BUFFERED
    assert labels.tracks[0].name == "only"
    for frame in (labels[0], labels[len(labels) - 1]):
        assert (frame.instances[0].numpy() == frame.frame_idx).all()


def test_memory_does_not_grow(tmp_path: Path, skeleton: Skeleton, video: Video) -> None:
    batch = [poses_of(index, n=20) for index in range(200)]
    tracemalloc.start()
    peaks = []
    with PredictionWriter(tmp_path / "a.slp", video=video, skeleton=skeleton) as writer:
        writer.tracks.extend(Track(str(number)) for number in range(20))
        for _ in range(10):
            for poses in batch:
                writer.write(poses)
            peaks.append(tracemalloc.get_traced_memory()[1])
    peaks.append(tracemalloc.get_traced_memory()[1])
    tracemalloc.stop()
    assert peaks[-1] < peaks[1] + 2_000_000
    assert len(read(tmp_path / "a.slp")) == 2000


def test_poses_that_do_not_fit_are_a_mistake_of_the_program(
    tmp_path: Path, skeleton: Skeleton, video: Video
) -> None:
    with (
        pytest.raises(ValueError, match="2 nodes"),
        PredictionWriter(tmp_path / "a.slp", video=video, skeleton=skeleton) as writer,
    ):
        writer.write(Poses.empty(0, 2))
    with (
        pytest.raises(ValueError, match="tracks 0 to 1"),
        PredictionWriter(tmp_path / "a.slp", video=video, skeleton=skeleton) as writer,
    ):
        writer.write(poses_of(3))
    assert_poses(load_file(tmp_path / "a.slp.partial"), [poses_of(3)])


def test_a_missing_folder_is_named(tmp_path: Path, skeleton: Skeleton, video: Video) -> None:
    with (
        pytest.raises(FileError, match="No such file or directory"),
        PredictionWriter(tmp_path / "none" / "a.slp", video=video, skeleton=skeleton),
    ):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits of POSIX")
def test_a_full_disk_is_named_and_what_was_written_stays(
    tmp_path: Path, skeleton: Skeleton, video: Video
) -> None:
    import resource

    old = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        with (
            pytest.raises(FileError, match="larger than the system allows"),
            PredictionWriter(tmp_path / "a.slp", video=video, skeleton=skeleton) as writer,
        ):
            writer.tracks.extend([Track("a"), Track("b")])
            resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, old[1]))
            for index in range(5000):
                writer.write(poses_of(index))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old)
        signal.signal(signal.SIGXFSZ, handler)
    n_frames = len(load_file(tmp_path / "a.slp.partial"))
    assert n_frames
    assert n_frames % N_BUFFERED == 0


def test_a_journal_without_its_beginning_is_refused(tmp_path: Path) -> None:
    from sleap.io.slp.journal import MAGIC

    (tmp_path / "a").write_bytes(MAGIC + b"damaged")
    with pytest.raises(FormatError, match="beginning"):
        recover(tmp_path / "a")
