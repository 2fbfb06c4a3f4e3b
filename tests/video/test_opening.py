import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sleap.core.video import Video
from sleap.errors import VideoError
from sleap.video import load_video, open_video


def test_importing_the_room_loads_no_decoder() -> None:
    program = (
        "import sys, sleap.video\n"
        "print(sorted({'cv2', 'av', 'h5py', 'scipy', 'tensorflow', 'keras'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


def test_arguments_overrule_the_description(make_video: Callable[..., Path]) -> None:
    path = make_video("a.mp4", 3)
    video = Video(path, grayscale=True)
    with open_video(video, grayscale=False) as reader:
        assert reader.shape[3] == 3
    assert video.grayscale is True and video.shape is None


def test_stored_path_beside_the_labels_file(make_video: Callable[..., Path]) -> None:
    path = make_video("a.mp4", 3)
    with open_video(Video("C:\\lab\\a.mp4"), search=[path.parent]) as reader:
        assert reader.n_frames == 3


def test_missing_and_unknown(tmp_path: Path) -> None:
    with pytest.raises(VideoError, match=r"Cannot open video '.*none\.mp4': no such file"):
        load_video(tmp_path / "none.mp4")
    with pytest.raises(VideoError, match="list of images is empty"):
        load_video([])
