"""The thread that decodes."""

from pathlib import Path

import numpy as np

from sleap.core.video import Video
from sleap.gui.frames.decoder import Decoder, Wish, nature_of
from sleap.gui.frames.kept import KeptFrames


def test_wishes_are_served_and_neighbours_decoded(tmp_path: Path) -> None:
    path = tmp_path / "a.npy"
    np.save(path, np.arange(30, dtype=np.uint8)[:, None, None, None] * np.ones((1, 4, 4, 1), "u1"))
    kept, told, opened = KeptFrames(10_000), [], []
    decoder = Decoder(kept, lambda wish, image: told.append((wish, image)), opened.append)
    video = Video(path)
    decoder.ask(Wish(video, 12, 1), is_kept=False)
    task = decoder._next()
    assert task is not None and task[1]
    image = decoder._decode(task[0])
    assert not isinstance(image, str) and image[0, 0, 0] == 12
    task = decoder._next()
    assert task is not None and not task[1]
    decoder._decode_ahead(task[0])
    assert kept.has((id(video), 13)) and kept.has((id(video), 29))
    assert not kept.has((id(video), 11))
    assert opened[0].shape == (30, 4, 4, 1)
    decoder.forget(video)
    decoder.stop()
    assert decoder._next() is None


def test_a_description_that_was_changed_means_other_pixels() -> None:
    video = Video("a.mp4")
    before = nature_of(video)
    video.grayscale = True
    assert nature_of(video) != before
