from collections.abc import Callable
from pathlib import Path

import h5py
import numpy as np
import pytest

from sleap.errors import VideoError
from sleap.video import handles, open_video
from sleap.video.encode import encode_image
from sleap.video.reader import Reader
from sleap.video.readers import READERS


@pytest.fixture
def samples(tmp_path: Path, make_video: Callable[..., Path], numbered: Callable) -> dict[str, Path]:
    """One video of 12 numbered frames for each kind of reader."""
    frames = np.stack([numbered(number) for number in range(12)])
    np.save(tmp_path / "a.npy", frames)
    with h5py.File(tmp_path / "a.h5", "w") as file:
        file["box"] = frames
    with h5py.File(tmp_path / "a.pkg.slp", "w") as file:
        rows = [np.frombuffer(encode_image(frame), np.int8) for frame in frames]
        dataset = file.create_dataset("video0/video", (12,), dtype=h5py.vlen_dtype(np.int8))
        for number, row in enumerate(rows):
            dataset[number] = row
        dataset.attrs["format"] = "png"
        file["video0/frame_numbers"] = np.arange(12)
    folder = tmp_path / "images"
    folder.mkdir()
    for number, frame in enumerate(frames):
        (folder / f"{number}.png").write_bytes(encode_image(frame))
    store = tmp_path / "store"
    (store / "000000").mkdir(parents=True)
    (store / "metadata.yaml").write_text("__store: {format: png}")
    for number, frame in enumerate(frames):
        (store / "000000" / f"{number:06d}.png").write_bytes(encode_image(frame))
    np.savez(store / "000000" / "index.npz", frame_number=np.arange(12))
    return {
        "embedded": tmp_path / "a.pkg.slp",
        "hdf5": tmp_path / "a.h5",
        "numpy": tmp_path / "a.npy",
        "images": folder,
        "imgstore": store,
        "media": make_video("a.mp4", 12, options={"bf": "2"}),
    }


@pytest.mark.parametrize("kind", READERS)
def test_every_kind_of_reader(kind: str, samples: dict[str, Path], number_of: Callable) -> None:
    reader = open_video(samples[kind])
    assert type(reader) is READERS.get(kind)
    assert reader.shape == (12, 48, 96, 1)
    assert reader.frame_indices.tolist() == list(range(12))
    for index, image in reader.iterate([11, 3, 4, 0]):
        assert image.shape == (48, 96, 1) and image.dtype == np.uint8 and image.flags.c_contiguous
        assert number_of(image) == index
    assert reader.read(np.int64(5)).shape == (48, 96, 1)
    with pytest.raises(VideoError):
        reader.read(12)
    with pytest.raises(TypeError):
        reader.read(1.5)
    assert reader.try_release()
    assert number_of(reader.read(2)) == 2
    assert reader.fingerprint() == reader.video.fingerprint
    described = reader.describe()
    assert described.shape == reader.shape and described.grayscale is True
    with open_video(described) as again:
        np.testing.assert_array_equal(again.read(7), reader.read(7))
    with open_video(samples[kind], grayscale=False) as colour:
        assert colour.read(1).shape == (48, 96, 3)
    reader.close()
    with pytest.raises(VideoError, match="it is closed"):
        reader.read(0)


def test_only_some_readers_hold_files(
    samples: dict[str, Path], number_of: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = handles.OpenHandles(limit=2)
    monkeypatch.setattr("sleap.video.reader.OPEN_HANDLES", few)
    readers: list[Reader] = [open_video(samples["media"]) for _ in range(5)]
    for index in (3, 4, 5):
        for reader in readers:
            assert number_of(reader.read(index)) == index
            assert len(few) <= 2
    assert sum(reader._decoder is not None for reader in readers) <= 2  # type: ignore[attr-defined]
    for reader in readers:
        reader.close()
    assert len(few) == 0
