import shutil
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import numpy.typing as npt
import pytest

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance, PredictedInstance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.suggestion import SuggestionFrame
from sleap.core.video import Video
from sleap.errors import CancelledError, LabelsError, OptionError, VideoError
from sleap.io.slp.embed import LeftOut, write_package
from sleap.io.slp.read import read
from sleap.io.slp.write import write
from sleap.progress import Progress
from sleap.video import open_video
from sleap.video.encode import encode_image

Images = npt.NDArray[np.uint8]


@pytest.fixture(scope="session")
def pixels() -> dict[str, Images]:
    """Two recordings of 12 frames: in colour (no two planes are alike) and gray."""
    random = np.random.default_rng(0)
    colour = random.integers(0, 255, (12, 20, 30, 3), dtype=np.uint8)
    colour[..., 0] //= 4
    gray = np.broadcast_to(np.arange(24, dtype=np.uint8)[:, None], (12, 24, 16)).copy()
    gray += np.arange(12, dtype=np.uint8)[:, None, None]
    return {"colour": colour, "gray": gray[..., None]}


@pytest.fixture
def project(tmp_path: Path, pixels: dict[str, Images]) -> Labels:
    """User frames 4 and 9 of one video, 2 of the other; predictions on 1; suggestions 0 and 9."""
    videos = []
    for name, images in pixels.items():
        np.save(tmp_path / f"{name}.npy", images)
        videos.append(Video(str(tmp_path / f"{name}.npy"), shape=images.shape))
    skeleton = Skeleton(["a", "b"], [(0, 1)])
    user = Instance(skeleton, np.array([[1, 2], [3, 4]]))
    more = [Instance(skeleton, np.array([[k, 2], [3, k]])) for k in range(2)]
    found = PredictedInstance(skeleton, np.ones((2, 2)), score=0.5)
    also = PredictedInstance(skeleton, np.ones((2, 2)), score=0.25)
    return Labels(
        [
            LabeledFrame(videos[0], 9, [more[0], also]),
            LabeledFrame(videos[0], 4, [user]),
            LabeledFrame(videos[1], 2, [more[1]]),
            LabeledFrame(videos[0], 1, [found]),
            LabeledFrame(videos[1], 3),
        ],
        videos=videos,
        suggestions=[SuggestionFrame(videos[0], 0), SuggestionFrame(videos[0], 9)],
    )


def frames_of(labels: Labels) -> list[tuple[int, int]]:
    return sorted((labels.videos.index(frame.video), frame.frame_idx) for frame in labels)


@pytest.mark.parametrize(
    ("frames", "labeled", "images"),
    [
        ("user", [(0, 4), (0, 9), (1, 2)], [[4, 9], [2]]),
        ("user+suggested", [(0, 4), (0, 9), (1, 2)], [[0, 4, 9], [2]]),
        ("user+suggested+predicted", [(0, 1), (0, 4), (0, 9), (1, 2)], [[0, 1, 4, 9], [2]]),
    ],
)
def test_the_chosen_frames_have_their_images(
    project: Labels,
    tmp_path: Path,
    pixels: dict[str, Images],
    frames: Any,
    labeled: list[tuple[int, int]],
    images: list[list[int]],
) -> None:
    path = tmp_path / "a.pkg.slp"
    write_package(project, path, frames)
    package = read(path)
    assert frames_of(package) == labeled
    assert len(package.suggestions) == 2
    for video, indices, expected in zip(package.videos, images, pixels.values(), strict=True):
        assert video.frame_numbers is not None
        assert video.frame_numbers.tolist() == indices
        assert video.shape == (len(indices), *expected.shape[1:])
        assert video.source is not None
        assert video.source.shape == expected.shape
        with open_video(video) as reader:
            assert reader.frame_indices.tolist() == indices
            for index in indices:
                np.testing.assert_array_equal(reader.read(index), expected[index])
    first = package.find(package.videos[0], 9)
    assert first is not None
    assert [instance.is_predicted for instance in first.instances] == [False, True]
    assert len(project) == 5  # the labels themselves are as they were


@pytest.mark.parametrize("encoding", ["png", "jpg", "raw"])
def test_sleap_io_sees_the_same_images(
    project: Labels,
    tmp_path: Path,
    pixels: dict[str, Images],
    encoding: Any,
    load_with_sleap_io: Callable[..., Any],
    assert_same_as_sleap_io: Callable[[Labels, Any], None],
) -> None:
    path = tmp_path / "a.pkg.slp"
    write_package(project, path, encoding=encoding, quality=100)
    package = read(path)
    theirs = load_with_sleap_io(path, open_videos=True)
    assert_same_as_sleap_io(package, theirs)
    assert [Path(video.source_video.filename).name for video in theirs.videos] == [
        "colour.npy",
        "gray.npy",
    ]
    places = [(0, 9, "colour"), (0, 4, "colour"), (1, 2, "gray")]
    seen = [theirs.videos[video][index] for video, index, _ in places]
    for video in theirs.videos:
        video.close()
    for (number, index, name), image in zip(places, seen, strict=True):
        with open_video(package.videos[number]) as reader:
            ours = reader.read(index)
        np.testing.assert_array_equal(image, ours)
        if encoding != "jpg":
            np.testing.assert_array_equal(ours, pixels[name][index])
        elif name == "gray":  # the other is noise, which JPEG cannot keep
            assert np.abs(ours.astype(int) - pixels[name][index]).max() <= 3


def test_the_file_is_as_the_format_says(project: Labels, tmp_path: Path) -> None:
    write_package(project, tmp_path / "a.pkg.slp")
    with h5py.File(tmp_path / "a.pkg.slp") as file:
        images = file["video0/video"]
        assert h5py.check_vlen_dtype(images.dtype) == np.int8
        assert bytes(images[0])[1:4] == b"PNG"
        attrs = dict(images.attrs)
        assert (attrs["format"], attrs["channel_order"]) == ("png", "RGB")
        sizes = [attrs[name] for name in ("height", "width", "channels", "frames")]
        assert sizes == [20, 30, 3, 12]
        assert file["video0/frame_numbers"][()].tolist() == [4, 9]
        assert "colour.npy" in file["video0/source_video"].attrs["json"]
        entry = read(tmp_path / "a.pkg.slp").videos[0].metadata
        assert entry["filename"] == "."
        assert entry["dataset"] == "video0/video"


@pytest.mark.parametrize("encoding", ["png", "jpg"])
def test_a_package_of_a_package_names_the_recording_and_copies_the_images(
    project: Labels, tmp_path: Path, encoding: Any
) -> None:
    first, second = tmp_path / "a.pkg.slp", tmp_path / "b.pkg.slp"
    write_package(project, first, encoding=encoding)
    write_package(read(first), second, encoding=encoding)
    package = read(second)
    assert [Path(str(video.source.filename)).name for video in package.videos if video.source] == [
        "colour.npy",
        "gray.npy",
    ]
    with h5py.File(first) as one, h5py.File(second) as other:
        for row in (0, 1):
            assert bytes(one["video0/video"][row]) == bytes(other["video0/video"][row])
        assert dict(one["video0/video"].attrs) == dict(other["video0/video"].attrs)


def test_a_package_in_another_encoding_is_encoded_anew(
    project: Labels, tmp_path: Path, pixels: dict[str, Images]
) -> None:
    write_package(project, tmp_path / "a.pkg.slp", encoding="raw")
    write_package(read(tmp_path / "a.pkg.slp"), tmp_path / "b.pkg.slp", encoding="png")
    package = read(tmp_path / "b.pkg.slp")
    with open_video(package.videos[0]) as reader:
        np.testing.assert_array_equal(reader.read(9), pixels["colour"][9])


def test_packages_of_sleap_io_are_read_and_repacked(
    project: Labels,
    tmp_path: Path,
    pixels: dict[str, Images],
    load_with_sleap_io: Callable[..., Any],
    save_with_sleap_io: Callable[..., None],
) -> None:
    write_package(project, tmp_path / "ours.pkg.slp")
    theirs = load_with_sleap_io(tmp_path / "ours.pkg.slp", open_videos=True)
    path = tmp_path / "theirs.pkg.slp"
    save_with_sleap_io(theirs, path, embed="user")
    with h5py.File(path) as file:  # rows of equal length, padded with zeros
        assert file["video0/video"].ndim == 2
    write_package(read(path), tmp_path / "again.pkg.slp")
    for name in ("theirs", "again"):
        package = read(tmp_path / f"{name}.pkg.slp")
        with open_video(package.videos[0]) as reader:
            assert reader.frame_indices.tolist() == [4, 9]
            np.testing.assert_array_equal(reader.read(9), pixels["colour"][9])


def test_real_packages_are_repacked(data_dir: Path, tmp_path: Path) -> None:
    labels = read(data_dir / "flies13" / "val.pkg.slp")
    write_package(labels, tmp_path / "a.pkg.slp", encoding="jpg")
    package = read(tmp_path / "a.pkg.slp")
    assert package.video.source is not None
    assert package.video.source.filename == "flies13.mp4"
    assert package.video.frame_numbers is not None
    index = int(package.video.frame_numbers[5])
    with open_video(package.video) as ours, open_video(labels.video) as theirs:
        np.testing.assert_array_equal(ours.read(index), theirs.read(index))


def test_a_video_beside_the_labels_is_found(
    project: Labels, tmp_path: Path, pixels: dict[str, Images]
) -> None:
    folder = tmp_path / "moved"
    folder.mkdir()
    write(project, folder / "a.slp")
    for name in pixels:
        shutil.move(tmp_path / f"{name}.npy", folder)
    write_package(read(folder / "a.slp"), tmp_path / "a.pkg.slp")
    assert read(tmp_path / "a.pkg.slp").videos[0].shape == (2, 20, 30, 3)


def test_videos_without_chosen_frames_keep_their_place(
    project: Labels,
    tmp_path: Path,
    pixels: dict[str, Images],
    load_with_sleap_io: Callable[..., Any],
    assert_same_as_sleap_io: Callable[[Labels, Any], None],
) -> None:
    for frame in project[project.videos[0]]:
        project.remove_frame(frame)
    path = tmp_path / "a.pkg.slp"
    report = write_package(project, path)
    assert (report.n_images, report.n_videos, report.left_out) == (1, 1, ())
    package = read(path)
    empty, full = package.videos
    assert empty.is_embedded
    assert empty.shape == (0, 20, 30, 3)
    assert empty.n_indices == 12
    assert empty.source is not None
    assert empty.source.filename == project.videos[0].filename
    assert [frame.video for frame in package] == [full]
    with open_video(empty) as reader:
        assert reader.n_frames == 0
        with pytest.raises(VideoError, match="no image of frame 0"):
            reader.read(0)
    theirs = load_with_sleap_io(path, open_videos=True)
    assert [Path(video.source_video.filename).name for video in theirs.videos] == [
        "colour.npy",
        "gray.npy",
    ]
    assert theirs.videos[0].shape == (1, 1, 1, 1)  # what classic readers see, too
    assert theirs.videos[1][2].shape == (24, 16, 1)
    for video in theirs.videos:
        video.close()
    write(package, tmp_path / "b.pkg.slp")  # a package saved, and packed again, is the same
    write_package(package, tmp_path / "c.pkg.slp")
    for name in ("b", "c"):
        again = read(tmp_path / f"{name}.pkg.slp").videos
        assert [video.shape for video in again] == [empty.shape, full.shape]


@pytest.mark.parametrize("numbers", [None, [0]])
def test_placeholders_of_others_are_known(
    project: Labels, tmp_path: Path, numbers: list[int] | None
) -> None:
    for frame in project[project.videos[1]]:
        project.remove_frame(frame)
    path = tmp_path / "a.pkg.slp"
    write_package(project, path)
    with h5py.File(path, "a") as file:
        del file["video1/frame_numbers"]
        if numbers is not None:
            file["video1/frame_numbers"] = numbers
    video = read(path).videos[1]
    assert video.frame_numbers is not None
    assert len(video.frame_numbers) == 0
    with open_video(video) as reader:
        assert reader.n_frames == 0


def test_a_missing_video_is_an_error_or_left_out(project: Labels, tmp_path: Path) -> None:
    path = tmp_path / "a.pkg.slp"
    (tmp_path / "colour.npy").unlink()
    with pytest.raises(VideoError, match=r"colour\.npy.*--skip-missing"):
        write_package(project, path, "user+suggested")
    assert not path.exists()
    report = write_package(project, path, "user+suggested", skip_missing=True)
    assert report.left_out == (LeftOut("colour.npy", 2, 1),)
    assert "2 labeled frames and the images of 1 suggested frames" in str(report.left_out[0])
    package = read(path)
    assert frames_of(package) == [(1, 2)]
    assert len(package.suggestions) == 2
    (tmp_path / "gray.npy").unlink()
    with pytest.raises(LabelsError, match=r"no image was found.*colour\.npy.*gray\.npy"):
        write_package(project, path, skip_missing=True)


def test_what_a_package_lacks_is_taken_from_the_recording(
    project: Labels, tmp_path: Path, pixels: dict[str, Images]
) -> None:
    first, second = tmp_path / "a.pkg.slp", tmp_path / "b.pkg.slp"
    write_package(project, first, encoding="png")
    package = read(first)
    package.add_frame(package.videos[0], 2).append(Instance(package.skeleton, [[1, 2], [3, 4]]))
    report = write_package(package, second, "user+suggested")  # suggested frame 0, too
    assert (report.n_images, report.n_copied, report.left_out) == (5, 3, ())
    with open_video(read(second).videos[0]) as reader:
        assert reader.frame_indices.tolist() == [0, 2, 4, 9]
        for index in (0, 2, 4, 9):
            np.testing.assert_array_equal(reader.read(index), pixels["colour"][index])
    (tmp_path / "colour.npy").unlink()
    with pytest.raises(VideoError, match=r"no image of 1 labeled frames \(2\).*colour\.npy"):
        write_package(package, second)
    report = write_package(package, second, "user+suggested", skip_missing=True)
    assert report.left_out == (LeftOut("a.pkg.slp", 1, 1),)
    assert frames_of(read(second)) == [(0, 4), (0, 9), (1, 2)]


def test_jpeg_images_of_a_package_are_not_blown_up(project: Labels, tmp_path: Path) -> None:
    write_package(project, tmp_path / "a.pkg.slp", encoding="jpg")
    report = write_package(read(tmp_path / "a.pkg.slp"), tmp_path / "b.pkg.slp", encoding="png")
    assert report.n_copied == 3
    with h5py.File(tmp_path / "a.pkg.slp") as one, h5py.File(tmp_path / "b.pkg.slp") as other:
        assert other["video0/video"].attrs["format"] == "jpg"
        assert bytes(one["video0/video"][1]) == bytes(other["video0/video"][1])


def test_colours_of_the_first_packages_are_kept(
    project: Labels,
    tmp_path: Path,
    pixels: dict[str, Images],
    load_with_sleap_io: Callable[..., Any],
) -> None:
    first, second = tmp_path / "a.pkg.slp", tmp_path / "b.pkg.slp"
    write_package(project, first)
    with h5py.File(first, "a") as file:  # as they were: red and blue exchanged, and not said so
        images = file["video0/video"]
        for row, index in enumerate((4, 9)):
            swapped = np.ascontiguousarray(pixels["colour"][index][..., ::-1])
            images[row] = np.frombuffer(encode_image(swapped, "png"), np.int8)
        del images.attrs["channel_order"]
    assert write_package(read(first), second).n_copied == 3
    with open_video(read(second).videos[0]) as reader:
        np.testing.assert_array_equal(reader.read(9), pixels["colour"][9])
    theirs = load_with_sleap_io(second, open_videos=True)
    np.testing.assert_array_equal(theirs.videos[0][9], pixels["colour"][9])
    theirs.videos[0].close()


def test_hdf5_videos_and_lists_of_images_are_embedded(
    tmp_path: Path, pixels: dict[str, Images]
) -> None:
    with h5py.File(tmp_path / "box.h5", "w") as file:
        file["box"] = pixels["colour"].transpose(0, 3, 2, 1)
    names = []
    for index, image in enumerate(pixels["gray"]):
        names.append(str(tmp_path / f"{index}.png"))
        Path(names[-1]).write_bytes(encode_image(image, "png"))
    videos = [
        Video(tmp_path / "box.h5", dataset="box", input_format="channels_first"),
        Video(names),
    ]
    skeleton = Skeleton(["a"])
    labels = Labels(
        [
            LabeledFrame(video, index, [Instance(skeleton, [[1, 2]])])
            for video in videos
            for index in (3, 7)
        ]
    )
    write_package(labels, tmp_path / "a.pkg.slp")
    package = read(tmp_path / "a.pkg.slp")
    for video, expected in zip(package.videos, pixels.values(), strict=True):
        with open_video(video) as reader:
            np.testing.assert_array_equal(reader.read(7), expected[7])
    sources = [video.source for video in package.videos]
    assert sources[0] is not None
    assert (sources[0].dataset, sources[0].input_format) == ("box", "channels_first")
    assert sources[1] is not None
    assert sources[1].filename == names


def test_what_cannot_be_done_is_explained(project: Labels, tmp_path: Path) -> None:
    path = tmp_path / "a.pkg.slp"
    path.write_bytes(b"old")
    with pytest.raises(OptionError, match=r"'webp'.*png, jpg, raw"):
        write_package(project, path, encoding="webp")  # type: ignore[arg-type]
    with pytest.raises(OptionError, match="Unknown frames 'all'"):
        write_package(project, path, "all")  # type: ignore[arg-type]
    with pytest.raises(OptionError, match="quality of JPEG images is 0"):
        write_package(project, path, quality=0)
    with pytest.raises(LabelsError, match="nothing to put"):
        write_package(Labels(videos=project.videos), path)
    (tmp_path / "gray.npy").unlink()
    with pytest.raises(VideoError, match=r"gray\.npy"):
        write_package(project, path)
    project.append(LabeledFrame(project.videos[0], 99, [Instance(project.skeleton)]))
    with pytest.raises(VideoError, match="99"):
        write_package(project, path, skip_missing=True)
    assert path.read_bytes() == b"old"
    assert not list(tmp_path.glob("*.tmp"))


class Impatient(Progress):
    def __init__(self) -> None:
        self.total: int | None = None
        self.n_done = 0

    def begin(self, title: str, total: int | None = None) -> None:
        self.total = total

    def advance(self, steps: int = 1, **facts: float | int | str) -> None:
        self.n_done += steps
        self.is_cancelled = self.n_done == 2


def test_progress_is_told_and_may_cancel(project: Labels, tmp_path: Path) -> None:
    progress = Impatient()
    with pytest.raises(CancelledError):
        write_package(project, tmp_path / "a.pkg.slp", progress=progress)
    assert (progress.total, progress.n_done) == (3, 2)
    assert not (tmp_path / "a.pkg.slp").exists()
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("encoding", ["png", "raw"])
def test_memory_does_not_grow(tmp_path: Path, encoding: Any) -> None:
    random = np.random.default_rng(0)
    images = np.lib.format.open_memmap(tmp_path / "large.npy", "w+", np.uint8, (150, 256, 256, 1))
    images[:] = random.integers(0, 255, (256, 256, 1), dtype=np.uint8)
    images.flush()
    video = Video(str(tmp_path / "large.npy"))
    skeleton = Skeleton(["a"])
    labels = Labels(
        [LabeledFrame(video, index, [Instance(skeleton, [[1, 2]])]) for index in range(150)]
    )
    tracemalloc.start()
    write_package(labels, tmp_path / "a.pkg.slp", encoding=encoding)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4_000_000  # the images are 9.8 million bytes
