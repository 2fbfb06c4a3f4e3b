from pathlib import Path

import numpy as np
import pytest

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.video import Video
from sleap.errors import CancelledError, OptionError, VideoError
from sleap.io.backups import list_backups
from sleap.io.files import load_file
from sleap.progress import Progress
from sleap.workflows.package import ENCODINGS, FRAMES, PackageOptions, describe, package


@pytest.fixture
def project(tmp_path: Path) -> Labels:
    np.save(tmp_path / "a.npy", np.random.default_rng(0).integers(0, 255, (9, 64, 64, 1), np.uint8))
    video = Video(tmp_path / "a.npy")
    skeleton = Skeleton(["a"])
    frames = [LabeledFrame(video, index, [Instance(skeleton, [[1, 2]])]) for index in (2, 5)]
    return Labels(frames)


class Listener(Progress):
    def __init__(self) -> None:
        self.said: list[str] = []

    def say(self, text: str) -> None:
        self.said.append(text)


def test_a_package_is_written_and_described(project: Labels, tmp_path: Path) -> None:
    path = tmp_path / "a.pkg.slp"
    listener = Listener()
    report = package(project, path, progress=listener)
    assert (report.n_images, report.n_videos, report.left_out) == (2, 1, ())
    assert listener.said == describe(report, path)
    assert "2 images of 1 videos; 0.0 MB" in listener.said[0]
    assert load_file(path).video.shape == (2, 64, 64, 1)
    again = tmp_path / "b.pkg.slp"
    report = package(load_file(path), again)
    assert "2 of them copied as they were" in describe(report, again)[0]


def test_options_are_those_of_the_writer() -> None:
    from sleap.io.slp import embed, images

    assert embed.FRAMES == FRAMES
    assert images.ENCODINGS == ENCODINGS
    assert not PackageOptions().is_on


def test_every_option_has_an_effect(project: Labels, tmp_path: Path) -> None:
    def size(name: str, options: PackageOptions) -> int:
        package(project, tmp_path / name, options)
        return (tmp_path / name).stat().st_size

    good = size("good.pkg.slp", PackageOptions(embed="user", encoding="jpg", quality=100))
    poor = size("poor.pkg.slp", PackageOptions(embed="user", encoding="jpg", quality=1))
    assert poor < good
    lost = Video(tmp_path / "lost.mp4")
    project.append(LabeledFrame(lost, 0, [Instance(project.skeleton, [[1, 2]])]))
    with pytest.raises(VideoError, match=r"lost\.mp4"):
        package(project, tmp_path / "all.pkg.slp")
    listener = Listener()
    package(project, tmp_path / "some.pkg.slp", PackageOptions(skip_missing=True), listener)
    assert listener.said[1:] == [
        "Left out: 1 labeled frames of 'lost.mp4', as their images are missing."
    ]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"embed": "users"}, "Did you mean 'user'"),
        ({"encoding": "gif"}, "encoding is 'gif'; expected png, jpg, raw"),
        ({"quality": 101}, "quality is 101"),
    ],
)
def test_wrong_options_are_refused(values: dict[str, object], message: str) -> None:
    with pytest.raises(OptionError, match=message):
        PackageOptions(**values)  # type: ignore[arg-type]


def test_an_old_file_is_kept_when_it_is_replaced_and_when_it_is_not(
    project: Labels, tmp_path: Path
) -> None:
    path = tmp_path / "a.pkg.slp"
    path.write_bytes(b"old")
    stopped = Progress()
    stopped.is_cancelled = True
    with pytest.raises(CancelledError):
        package(project, path, progress=stopped, backups=1)
    assert path.read_bytes() == b"old"
    assert list_backups(path) == []
    package(project, path, backups=1)
    assert [backup.path.read_bytes() for backup in list_backups(path)] == [b"old"]
    package(project, path)
    assert len(list_backups(path)) == 1
