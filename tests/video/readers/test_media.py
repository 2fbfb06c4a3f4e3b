import random
import struct
import threading
from collections.abc import Callable
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sleap.core.video import Video
from sleap.errors import VideoError
from sleap.video import load_video, open_video
from sleap.video.readers import media
from sleap.video.readers.media import MediaReader

GOP = {"g": "12", "bf": "3"}
X265 = {"x265-params": "log-level=none:keyint=12:bframes=3:open-gop=1:pools=1:frame-threads=1"}

KINDS = {
    "b_frames.mp4": {"options": GOP},
    "open_gop.mp4": {
        "options": {"x264-params": "open-gop=1:keyint=12:min-keyint=12:bframes=3:scenecut=0"}
    },
    "intra_refresh.mp4": {"options": {"x264-params": "intra-refresh=1:keyint=10:bframes=0"}},
    "one_keyframe.mp4": {"options": {"g": "1000", "bf": "2"}},
    "all_keyframes.mp4": {"options": {"g": "1"}},
    "variable_rate.mp4": {"options": GOP, "times": lambda i: i * 40 + (i * i * 7) % 31},
    "late_start.mp4": {"options": GOP, "times": lambda i: 5000 + i * 40},
    "negative.mkv": {"options": GOP, "times": lambda i: i * 40 - 400},
    "matroska.mkv": {"options": GOP},
    "transport.ts": {"options": GOP},
    "program.mpg": {"codec": "mpeg2video", "options": {"g": "9", "bf": "2"}},
    "raw.h264": {"options": GOP},
    "h264_without_times.avi": {"options": GOP},
    "mpeg4.avi": {"codec": "mpeg4", "options": {"g": "12", "bf": "2"}},
    "mpeg4_plain.avi": {"codec": "mpeg4", "options": {"g": "12"}},
    "motion_jpeg.avi": {
        "codec": "mjpeg",
        "pix_fmt": "yuvj420p",
        "context": {"color_range": 2},
    },
    "open_gop_hevc.mp4": {"codec": "libx265", "options": X265},
    "vp9.webm": {"codec": "libvpx-vp9", "options": {"g": "12", "cpu-used": "8"}},
    "vp8.webm": {"codec": "libvpx", "options": {"g": "12", "cpu-used": "8"}},
    "lossless.mkv": {"codec": "ffv1"},
    "windows.wmv": {"codec": "wmv2", "options": {"g": "12"}},
    "full_range.mp4": {"pix_fmt": "yuvj420p", "options": GOP, "context": {"color_range": 2}},
    "yuv444.mp4": {"pix_fmt": "yuv444p", "options": GOP},
    "odd_size.mp4": {"pix_fmt": "yuv444p", "size": (49, 97), "options": GOP},
    "gray.mkv": {"codec": "ffv1", "pix_fmt": "gray"},
    "ten_bits.mp4": {"pix_fmt": "yuv420p10le", "options": GOP},
    "rgb.mkv": {"codec": "ffv1", "pix_fmt": "bgr0"},
    "one_frame.mp4": {"n_frames": 1},
    "two_frames.mp4": {"n_frames": 2, "options": GOP},
}


def decode_in_order(path: Path) -> list[np.ndarray]:
    """Decode a whole file from its start, by the plainest means."""
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


@pytest.mark.parametrize("name", KINDS)
def test_random_access_equals_decoding_in_order(
    name: str, make_video: Callable[..., Path], number_of: Callable
) -> None:
    path = make_video(name, **KINDS[name])
    expected = decode_in_order(path)
    numbers = range(len(expected))
    orders = [
        list(numbers),
        list(reversed(numbers)),
        random.Random(3).sample(numbers, len(numbers)),
    ]
    with open_video(path, grayscale=False) as reader:
        assert reader.n_frames == len(expected)
        assert reader.shape[1:] == expected[0].shape
        for order in orders:
            for number, image in reader.iterate(order):
                np.testing.assert_array_equal(image, expected[number], err_msg=f"frame {number}")
                assert number_of(image) == number


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(order=st.lists(st.integers(0, 39), min_size=1, max_size=25))
@pytest.mark.parametrize("name", ["open_gop.mp4", "h264_without_times.avi"])
def test_any_order_of_reading_gives_the_numbered_frame(
    name: str, order: list[int], make_video: Callable[..., Path], number_of: Callable
) -> None:
    path = make_video(name, **KINDS[name])
    with open_video(path) as reader:
        assert [number_of(image) for _, image in reader.iterate(order)] == order


@pytest.mark.parametrize("name", ["b_frames.mp4", "full_range.mp4", "motion_jpeg.avi", "gray.mkv"])
def test_gray_is_told_from_the_pixels_and_equals_the_conversion_of_rgb(
    name: str, make_video: Callable[..., Path]
) -> None:
    path = make_video(name, **KINDS[name])
    with open_video(path) as gray, open_video(path, grayscale=False) as colour:
        assert gray.is_grayscale
        for number in (0, 7, 39):
            one, three = gray.read(number), colour.read(number)
            assert one.shape == (48, 96, 1) and one.dtype == np.uint8
            converted = cv2.cvtColor(three, cv2.COLOR_RGB2GRAY)
            assert np.abs(one[..., 0].astype(int) - converted).max() <= 1


@pytest.mark.parametrize("pix_fmt", ["yuv420p", "yuv444p"])
def test_colour_stays_colour_unless_asked(pix_fmt: str, make_video: Callable[..., Path]) -> None:
    path = make_video("colour.mp4", 5, colour=True, pix_fmt=pix_fmt, options={"crf": "1"})
    with open_video(path) as reader:
        assert reader.shape == (5, 48, 96, 3)
        blue_over_dark = reader.read(0)[8, 8]
        assert blue_over_dark[2] > 200 and blue_over_dark[0] < 60, "channels are RGB"
        converted = cv2.cvtColor(reader.read(3), cv2.COLOR_RGB2GRAY)
    with open_video(path, grayscale=True) as reader:
        assert reader.shape == (5, 48, 96, 1)
        assert np.abs(reader.read(3)[..., 0].astype(int) - converted).max() <= 2


def test_same_frames_as_opencv(make_video: Callable[..., Path]) -> None:
    path = make_video("colour.mp4", 12, colour=True, options=GOP)
    capture = cv2.VideoCapture(str(path))
    with open_video(path) as reader:
        for _, image in reader.iterate():
            is_read, bgr = capture.read()
            assert is_read
            assert np.abs(bgr[..., ::-1].astype(int) - image).max() <= 2
    assert not capture.read()[0]
    capture.release()


def patch_box(path: Path, box: bytes, offset: int, data: bytes) -> None:
    """Overwrite bytes inside a box of an mp4 file."""
    content = bytearray(path.read_bytes())
    start = content.index(box) + 4 + offset
    content[start : start + len(data)] = data
    path.write_bytes(bytes(content))


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_rotation_in_the_file_is_applied_as_players_do(
    turns: int, make_video: Callable[..., Path]
) -> None:
    path = make_video("turned.mp4", 3, options=GOP)
    one = 1 << 16
    cosine, sine = {1: (0, one), 2: (-one, 0), 3: (0, -one)}[turns]
    matrix = struct.pack(">9i", cosine, sine, 0, -sine, cosine, 0, 0, 0, 1 << 30)
    patch_box(path, b"tkhd", 40, matrix)
    capture = cv2.VideoCapture(str(path))
    upright = capture.read()[1][..., ::-1]
    capture.release()
    with open_video(path, grayscale=False) as reader:
        image = reader.read(0)
        assert reader.shape[1:3] == ((96, 48) if turns % 2 else (48, 96))
        assert np.abs(upright.astype(int) - image).max() <= 2


def test_frames_hidden_by_an_edit_list_are_not_counted(
    make_video: Callable[..., Path], number_of: Callable
) -> None:
    path = make_video("cut.mp4", options={"g": "12", "bf": "0"})
    content = path.read_bytes()
    start = content.index(b"elst") + 12 + 4
    (begin,) = struct.unpack(">i", content[start : start + 4])
    frame = 512  # units of time a frame, in this file
    patch_box(path, b"elst", 16 - 4, struct.pack(">i", begin + 5 * frame))
    expected = decode_in_order(path)
    with open_video(path) as reader:
        assert reader.n_frames == len(expected) == 35
        assert [number_of(reader.read(i)) for i in (0, 34, 3)] == [5, 39, 8]


def test_leading_frames_that_cannot_be_decoded_are_not_counted(
    make_video: Callable[..., Path], number_of: Callable, tmp_path: Path
) -> None:
    path = make_video("open_gop.ts", options=KINDS["open_gop.mp4"]["options"])
    cut = tmp_path / "cut.ts"
    with av.open(str(path)) as source, av.open(str(cut), "w") as target:
        copied = target.add_stream_from_template(source.streams.video[0])
        keys = 0
        for packet in source.demux(video=0):
            keys += packet.is_keyframe
            if keys >= 2 and packet.size:
                packet.stream = copied
                target.mux(packet)
    expected = decode_in_order(cut)
    with open_video(cut) as reader:
        assert reader.n_frames == len(expected)
        first = number_of(reader.read(0))
        assert [number_of(reader.read(i)) for i in (5, 1, 0)] == [first + 5, first + 1, first]


def test_truncated_avi_gives_the_frames_that_are_whole(
    make_video: Callable[..., Path], number_of: Callable
) -> None:
    path = make_video("cut.avi", **KINDS["motion_jpeg.avi"])
    content = path.read_bytes()
    path.write_bytes(content[: len(content) * 6 // 10])
    with open_video(path) as reader:
        assert 15 < reader.n_frames < 30
        last = reader.n_frames - 1
        assert [number_of(reader.read(i)) for i in (last, 0, last // 2)] == [last, 0, last // 2]


def test_damage_in_the_middle_costs_only_frames_there(
    make_video: Callable[..., Path], number_of: Callable
) -> None:
    path = make_video("hurt.mp4", 60, options={"g": "10", "bf": "0"})
    with av.open(str(path)) as container:
        packets = [p for p in container.demux(video=0) if p.size]
        hurt = [(p.pos, p.size) for p in packets[33:35]]
    content = bytearray(path.read_bytes())
    for position, size in hurt:
        content[position : position + size] = b"\xff" * size
    path.write_bytes(bytes(content))
    good = [*range(33), *range(40, 60)]
    random.Random(1).shuffle(good)
    with open_video(path) as reader:
        assert reader.n_frames == 60
        for number in good:
            assert number_of(reader.read(number)) == number
        with pytest.raises(VideoError, match=r"Cannot decode frame 33 of .*damaged there"):
            reader.read(33)
        assert number_of(reader.read(45)) == 45


def test_a_file_without_its_table_is_an_error_that_says_so(
    make_video: Callable[..., Path],
) -> None:
    path = make_video("cut.mp4")
    path.write_bytes(path.read_bytes()[:3000])
    with pytest.raises(VideoError, match=r"Cannot open .*cut\.mp4.* as a video"):
        open_video(path)


def test_text_and_empty_files_are_errors(tmp_path: Path) -> None:
    for name, content in (("a.mp4", b"not a video"), ("b.avi", b"")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(VideoError, match=name.replace(".", r"\.")):
            open_video(tmp_path / name)


def test_sound_alone_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "sound.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=44100)
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), "fltp", "mono")
        frame.sample_rate = 44100
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    with pytest.raises(VideoError, match="no video stream"):
        open_video(path)


@pytest.mark.parametrize("frame", [-1, 40, 1000])
def test_frames_out_of_range_are_errors(frame: int, make_video: Callable[..., Path]) -> None:
    with (
        open_video(make_video("a.mp4")) as reader,
        pytest.raises(VideoError, match=rf"no frame {frame}: its frames are 0 to 39"),
    ):
        reader.read(frame)


def test_reading_from_threads_gives_each_its_frames(
    make_video: Callable[..., Path], number_of: Callable
) -> None:
    wrong: list[tuple[int, int]] = []
    with open_video(make_video("a.mp4", options=GOP)) as reader:

        def work(seed: int) -> None:
            for number in random.Random(seed).sample(range(40), 25):
                found = number_of(reader.read(number))
                if found != number:
                    wrong.append((number, found))

        threads = [threading.Thread(target=work, args=(seed,)) for seed in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert not wrong


def test_released_files_open_again_and_closed_ones_do_not(
    make_video: Callable[..., Path], number_of: Callable
) -> None:
    reader = open_video(make_video("a.mp4", options=GOP))
    assert number_of(reader.read(20)) == 20
    assert reader.try_release()
    assert number_of(reader.read(21)) == 21
    reader.close()
    with pytest.raises(VideoError, match="it is closed"):
        reader.read(0)


def test_stepping_decodes_on_and_back_from_memory(
    make_video: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_video("long.mp4", 60, options={"g": "60", "bf": "0", "sc_threshold": "0"})
    seeks: list[int] = []
    start_at = media.PacketDecoder.start_at

    def counted(self: media.PacketDecoder, ordinal: int) -> None:
        seeks.append(ordinal)
        start_at(self, ordinal)

    with open_video(path) as reader:
        monkeypatch.setattr(media.PacketDecoder, "start_at", counted)
        for number in range(0, 60, 5):
            reader.read(number)
        assert not seeks, "a jump forward within a group of pictures decodes on"
        for number in range(50, -1, -1):
            reader.read(number)
        assert len(seeks) == 1, "one seek fills the memory for stepping backward"


def test_frames_per_second_and_times(make_video: Callable[..., Path]) -> None:
    with open_video(make_video("a.mp4", options=GOP)) as reader:
        assert isinstance(reader, MediaReader)
        assert reader.fps == 25
        np.testing.assert_allclose(reader.index.times(), np.arange(40) / 25)


def test_described_video_has_its_shape(make_video: Callable[..., Path]) -> None:
    path = make_video("a.mp4")
    video = load_video(path)
    assert isinstance(video, Video)
    assert video.filename == str(path)
    assert (video.shape, video.grayscale) == ((40, 48, 96, 1), True)


@pytest.mark.parametrize(
    ("name", "step"),
    [
        ("centered_pair/centered_pair_low_quality.mp4", 9),
        ("mirror_mouse/test_vid.mp4", 13),
        ("two_flies/two_flies.mp4", 7),
    ],
)
def test_real_recordings_read_the_same_in_any_order(name: str, step: int, data_dir: Path) -> None:
    sums: dict[int, int] = {}
    with open_video(data_dir / name) as reader:
        for number, image in reader.iterate(range(min(reader.n_frames, 400))):
            if number % step == 0:
                sums[number] = hash(image.tobytes())
        shuffled = random.Random(5).sample(sorted(sums), min(len(sums), 12))
        for number, image in reader.iterate(shuffled):
            assert hash(image.tobytes()) == sums[number], f"frame {number}"
