import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.video import Video
from sleap.errors import FormatError, SleapError
from sleap.io.files import load_file, save_file
from sleap.io.slp.embed import write_package
from sleap.io.slp.salvage import main, salvage
from sleap.video import open_video
from sleap.video.writer import VideoWriter

Compare = Callable[[Labels, Labels], None]


@pytest.fixture
def path(labels: Labels, tmp_path: Path) -> Path:
    save_file(labels, tmp_path / "a.slp")
    return tmp_path / "a.slp"


def repaired(path: Path) -> tuple[Labels, dict[str, Any]]:
    before = path.read_bytes()
    output = path.with_name("new.slp")
    report = salvage(path, output)
    assert path.read_bytes() == before
    return load_file(output), report


def test_what_is_whole_is_saved_whole(path: Path, labels: Labels, assert_same: Compare) -> None:
    made, report = repaired(path)
    labels.suggestions[1].metadata.clear()
    assert_same(made, labels)
    assert report["lost"] == {}
    assert report["lines"][1] == "Nothing is known to be lost."


@pytest.mark.parametrize("n_lost", [8, 96, 300, 600])
def test_a_lost_beginning_costs_no_pose(path: Path, labels: Labels, n_lost: int) -> None:
    data = path.read_bytes()
    path.write_bytes(bytes(n_lost) + data[n_lost:])
    made, _ = repaired(path)
    assert len(made) == 3
    for one, other in zip(made, labels, strict=True):
        assert one.frame_idx == other.frame_idx
        for a, b in zip(one.instances, other.instances, strict=True):
            np.testing.assert_array_equal(a.numpy(), b.numpy())


def test_a_lost_table_is_never_called_nothing(path: Path) -> None:
    with h5py.File(path, "r+") as file:
        del file["suggestions_json"], file["frames"], file["instances"]
    _, report = repaired(path)
    assert "Nothing is known to be lost." not in report["lines"]
    assert report["lost"]["parts"] == 2


def test_every_cut_gives_an_open_file_or_a_message(path: Path) -> None:
    data = path.read_bytes()
    n_before = -1
    for end in (*range(0, len(data), 997), len(data)):
        path.write_bytes(data[:end])
        try:
            made, report = repaired(path)
        except FormatError as error:
            assert str(path) in str(error)
            continue
        n_points = sum(len(frame.instances) for frame in made)
        assert n_points >= n_before  # a longer file holds no less
        n_before = n_points
        assert report["saved"]["frames"] == len(made)
    assert n_before == 3


def test_bad_numbers_are_dropped_alone(path: Path, labels: Labels) -> None:
    with h5py.File(path, "r+") as file:
        rows = file["instances"][()]
        rows["track"][0], rows["skeleton"][2] = 77, 5
        file["instances"][...] = rows
    with pytest.raises(FormatError):
        load_file(path)
    made, report = repaired(path)
    assert len(made) == len(labels)
    assert len(made[0].instances) == 2
    assert made[0].instances[0].track is None
    assert report["lost"]["instances"] == 1


def test_tables_of_different_lengths(path: Path) -> None:
    with h5py.File(path, "r+") as file:
        for name, n in (("points", 5), ("pred_points", 3)):
            rows = file[name][:n]
            del file[name]
            file[name] = rows
    made, _ = repaired(path)
    assert sum(len(frame.instances) for frame in made) == 3
    assert np.isnan(made[0].instances[0].points["x"][3])


def test_frames_whose_table_is_lost_are_kept_apart(path: Path, labels: Labels) -> None:
    with h5py.File(path, "r+") as file:
        place, n_bytes = file["frames"].id.get_offset(), file["frames"].nbytes
        del file["frames"]
    data = path.read_bytes()
    path.write_bytes(data[:place] + b"\xee" * n_bytes + data[place + n_bytes :])
    made, report = repaired(path)
    assert report["lost"]["numbers of frames"] == 2
    assert [frame.video.filename for frame in made] == ["frames_not_known.mp4"] * 2
    assert [len(frame.instances) for frame in made] == [2, 1]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    video_path, fly = tmp_path / "v.mp4", Skeleton(["head"])
    with VideoWriter(video_path, 10) as writer:
        for index in range(8):
            writer.write(np.random.default_rng(index).integers(0, 255, (32, 32), np.uint8))
    video = Video(str(video_path))
    labels = Labels(
        LabeledFrame(video, index, [Instance(fly, np.array([[index, 1.0]]))]) for index in range(8)
    )
    write_package(labels, tmp_path / "a.pkg.slp")
    return tmp_path / "a.pkg.slp"


def test_a_package_keeps_its_whole_images(package: Path) -> None:
    with h5py.File(package) as file:
        spoiled = bytes(file["video0/video"][3].tobytes())
    data = package.read_bytes()
    place = data.index(spoiled)
    package.write_bytes(data[: place + 60] + bytes(80) + data[place + 140 :])
    report = salvage(package, package.with_name("new.pkg.slp"))
    assert report["saved"]["images"] == 7
    assert report["lost"] == {"images": 1}
    made = load_file(package.with_name("new.pkg.slp"))
    assert made.video.is_embedded
    assert len(made) == 8
    assert made.video.frame_numbers is not None
    assert made.video.frame_numbers.tolist() == [0, 1, 2, 4, 5, 6, 7]
    assert made.video.source is not None
    with open_video(made.video) as reader, open_video(load_file(package).video) as old:
        np.testing.assert_array_equal(reader.read(5), old.read(5))


def test_a_package_without_its_images_names_the_recording(package: Path) -> None:
    with h5py.File(package, "r+") as file:
        del file["video0/video"]
    report = salvage(package, package.with_name("new.slp"))
    made = load_file(package.with_name("new.slp"))
    assert len(made) == 8
    assert not made.video.is_embedded
    assert report["saved"]["images"] == 0


def test_nothing_left_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.slp"
    path.write_bytes(np.random.default_rng(0).integers(0, 256, 50_000, np.uint8).tobytes())
    with pytest.raises(FormatError, match="no labels are left"):
        salvage(path, tmp_path / "new.slp")
    assert not (tmp_path / "new.slp").exists()


def test_as_a_program_it_tells_piece_by_piece(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main([str(path), str(path.with_name("new.slp")), "'points'"])
    news = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {"part": "'instances'"} in news
    assert {"part": "'points'"} not in news
    assert news[-1]["result"]["path"] == str(path.with_name("new.slp"))
    path.write_bytes(b"")
    main([str(path), str(path.with_name("new.slp"))])
    news = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert news[-1]["kind"] == "FormatError"


@pytest.mark.parametrize("seed", range(25))
def test_random_damage_gives_an_open_file_or_a_message(path: Path, seed: int) -> None:
    rng = np.random.default_rng(seed)
    data = np.frombuffer(path.read_bytes(), np.uint8).copy()
    for _ in range(int(rng.integers(1, 6))):
        start = int(rng.integers(0, len(data)))
        length = int(rng.integers(1, 200))
        data[start : start + length] = rng.choice([0, 255, 170])
    path.write_bytes(data.tobytes())
    before = shutil.copy(path, path.with_name("before"))
    try:
        repaired(path)
    except SleapError as error:
        assert str(path) in str(error)
    assert Path(before).read_bytes() == path.read_bytes()
