from collections.abc import Callable
from pathlib import Path

import pytest

from sleap.errors import VideoError
from sleap.video.decoder import PacketDecoder
from sleap.video.index import scan


@pytest.fixture
def decoder(make_video: Callable[..., Path]) -> PacketDecoder:
    made = PacketDecoder(make_video("a.mp4", options={"g": "12", "bf": "3"}))
    made.index = scan(made.container, made.stream)
    yield made
    made.close()


def decoded(decoder: PacketDecoder) -> list[int]:
    found: list[int] = []
    while (frames := decoder.decode_next()) is not None:
        found += [frame.pts for frame in frames]
    return found


def test_frames_carry_the_ordinal_of_their_packet(decoder: PacketDecoder) -> None:
    assert decoder.decode_all() == decoder.index.ordinals.tolist()
    assert decoder.decode_next() is None, "all is decoded"


def test_decoding_begins_at_any_keyframe(decoder: PacketDecoder) -> None:
    keys = decoder.index.keyframes.tolist()
    assert len(keys) > 3
    for key in (keys[2], keys[0], keys[-1], keys[1]):
        decoder.start_at(key)
        assert decoder.next_ordinal == key
        found = decoded(decoder)
        assert found[0] == key and sorted(found) == list(range(key, 40))


def test_without_a_way_to_tell_packets_the_file_is_read_from_its_start(
    make_video: Callable[..., Path],
) -> None:
    decoder = PacketDecoder(make_video("a.mpg", codec="mpeg2video", options={"g": "9", "bf": "2"}))
    decoder.index = scan(decoder.container, decoder.stream)
    assert decoder.index.identity is None
    key = int(decoder.index.keyframes[2])
    decoder.start_at(key)
    assert key in decoded(decoder)
    decoder.close()


def test_a_file_that_changed_is_an_error(
    decoder: PacketDecoder, make_video: Callable[..., Path]
) -> None:
    key = int(decoder.index.keyframes[-1])
    decoder.path.write_bytes(make_video("short.mp4", 10).read_bytes())
    changed = PacketDecoder(decoder.path)
    changed.index = decoder.index
    with pytest.raises(VideoError, match="changed since it was opened"):
        changed.start_at(key)
    changed.close()
