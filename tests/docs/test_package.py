"""The reader that the page about packages prints is run as it stands there."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sleap.core.frame import LabeledFrame
from sleap.core.instance import Instance
from sleap.core.labels import Labels
from sleap.core.skeleton import Skeleton
from sleap.core.video import Video
from sleap.workflows.package import PackageOptions, package

PAGE = Path(__file__).parent.parent.parent / "docs" / "formats" / "package.md"


@pytest.fixture(scope="session")
def reader() -> dict[str, Any]:
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)
    return names


@pytest.mark.parametrize("encoding", ["png", "raw"])
@pytest.mark.parametrize("channels", [1, 3])
def test_the_printed_reader_sees_the_images(
    reader: dict[str, Any], tmp_path: Path, encoding: str, channels: int
) -> None:
    pixels = np.random.default_rng(0).integers(0, 255, (9, 16, 20, channels), dtype=np.uint8)
    np.save(tmp_path / "a.npy", pixels)
    videos = [Video(str(tmp_path / "lost.mp4")), Video(str(tmp_path / "a.npy"))]
    skeleton = Skeleton(["x"])
    frames = [LabeledFrame(videos[1], index, [Instance(skeleton, [[1, 2]])]) for index in (2, 7)]
    path = tmp_path / "a.pkg.slp"
    package(Labels(frames, videos=videos), path, PackageOptions(encoding=encoding))
    assert reader["read_images"](path, 0) == {}
    images = reader["read_images"](path, 1)
    assert list(images) == [2, 7]
    for index, image in images.items():
        np.testing.assert_array_equal(image.reshape(pixels[index].shape), pixels[index])
    assert Path(reader["read_source"](path, 1)).name == "a.npy"


def test_real_packages_are_read(reader: dict[str, Any], data_dir: Path) -> None:
    images = reader["read_images"](data_dir / "mouse_openfield" / "val.pkg.slp", 0)
    assert len(images) == 12
    assert all(image.shape[:2] == (480, 640) for image in images.values())


def test_the_page_names_what_is_written() -> None:
    from sleap.io.slp.embed import FRAMES
    from sleap.workflows.package import ENCODINGS

    page = PAGE.read_text(encoding="utf-8")
    assert all(f"`{frames}`" in page for frames in FRAMES)
    assert all(encoding in page for encoding in ENCODINGS)
