from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest

from sleap.errors import VideoError
from sleap.video import open_video, writer
from sleap.video.writer import VideoWriter


@pytest.mark.parametrize("suffix", [".mp4", ".mov", ".mkv", ".avi"])
@pytest.mark.parametrize("size", [(48, 96), (49, 97)])
def test_what_is_written_can_be_read(
    suffix: str, size: tuple[int, int], tmp_path: Path, numbered: Callable, number_of: Callable
) -> None:
    path = tmp_path / f"a{suffix}"
    with VideoWriter(path, 29.97) as video:
        for number in range(40):
            video.write(numbered(number, *size))
        assert not path.exists()
    with open_video(path) as reader:
        assert reader.shape == (40, *size, 1)
        assert reader.fps == pytest.approx(29.97, abs=0.01)
        for number in (0, 39, 17, 38):
            image = reader.read(number)
            assert number_of(image) == number
            assert np.abs(image[..., 0].astype(int) - numbered(number, *size)).mean() < 4
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_colour_and_quality(tmp_path: Path) -> None:
    image = np.zeros((48, 64, 3), np.uint8)
    image[:, :32] = (220, 40, 30)
    image[::2, ::3] += np.uint8(25)
    sizes = []
    for quality in (20, 95):
        path = tmp_path / f"{quality}.mp4"
        with VideoWriter(path, quality=quality) as video:
            for _ in range(3):
                video.write(image)
        sizes.append(path.stat().st_size)
        with open_video(path) as reader:
            red, green, blue = reader.read(2)[20, 10].astype(int)
            assert red > 180 and green < 100 and blue < 100
    assert sizes[0] < sizes[1]


def test_mpeg4_where_there_is_no_h264_encoder(
    tmp_path: Path, numbered: Callable, number_of: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "_mpeg_encoder", lambda: "mpeg4")
    path = tmp_path / "a.mp4"
    with VideoWriter(path) as video:
        for number in range(5):
            video.write(numbered(number))
    with av.open(str(path)) as container:
        assert container.streams.video[0].codec_context.name == "mpeg4"
    with open_video(path) as reader:
        assert [number_of(image) for _, image in reader.iterate()] == list(range(5))


def test_an_error_leaves_the_old_file_and_nothing_else(tmp_path: Path, numbered: Callable) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(b"old")
    with (
        pytest.raises(VideoError, match=r"frame 1 to .* 90x48 pixels, but the first was 96x48"),
        VideoWriter(path) as video,
    ):
        video.write(numbered(0))
        video.write(numbered(0, 48, 90))
    with pytest.raises(VideoError, match="no frame was given"), VideoWriter(path):
        pass
    assert path.read_bytes() == b"old" and len(list(tmp_path.iterdir())) == 1


def test_bad_places_are_errors(tmp_path: Path, numbered: Callable) -> None:
    with pytest.raises(VideoError, match=r"must end in \.mp4"):
        VideoWriter(tmp_path / "a.gif")
    with pytest.raises(VideoError, match="Check that its folder exists"):
        VideoWriter(tmp_path / "none" / "a.mp4").write(numbered(0))
