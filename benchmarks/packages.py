"""Images per second written into a training package, beside one thread that does all in turn.

python benchmarks/packages.py VIDEO [N_IMAGES]
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import h5py
import numpy as np

from sleap.core.video import Video
from sleap.io.slp.images import N_WORKERS, write_images
from sleap.io.slp.origin import find_origin
from sleap.video import load_video, open_video
from sleap.video.encode import encode_image


def write_in_turn(video: Video, indices: np.ndarray, group: h5py.Group, encoding: str) -> None:
    """Decode, encode and write one image after the other."""
    dataset = group.create_dataset("video", (len(indices),), h5py.vlen_dtype(np.int8))
    with open_video(video) as reader:
        for row, index in enumerate(indices.tolist()):
            dataset[row] = np.frombuffer(encode_image(reader.read(index), encoding, 95), np.int8)


def write_overlapping(video: Video, indices: np.ndarray, group: h5py.Group, encoding: str) -> None:
    """Write as packages are written."""
    write_images(find_origin(video), indices, group, encoding, 95, lambda: None)


def measure(write: Callable[..., None], video: Video, indices: np.ndarray, encoding: str) -> float:
    """Return images per second, the best of three runs."""
    seconds = []
    for _ in range(3):
        with TemporaryDirectory() as folder, h5py.File(Path(folder) / "a.h5", "w") as file:
            start = time.perf_counter()
            write(video, indices, file.create_group("video0"), encoding)
            seconds.append(time.perf_counter() - start)
    return len(indices) / min(seconds)


def main() -> None:
    video = load_video(sys.argv[1])
    n_images = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    indices = np.linspace(0, (video.n_frames or 1) - 1, n_images).astype(np.int64)
    indices = np.unique(indices)
    print(f"{video.name} {video.shape}, {len(indices)} images, {N_WORKERS} threads that encode")
    for encoding in ("png", "jpg"):
        alone = measure(write_in_turn, video, indices, encoding)
        ours = measure(write_overlapping, video, indices, encoding)
        print(
            f"{encoding}: {alone:6.1f}/s in turn, {ours:6.1f}/s overlapping ({ours / alone:.2f} x)"
        )


if __name__ == "__main__":
    main()
