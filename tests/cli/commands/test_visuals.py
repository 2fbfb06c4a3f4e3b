import subprocess
import sys
from pathlib import Path

from sleap.samples.folder import labels as label
from sleap.samples.recording import Recording
from sleap.video import load_video, open_video
from sleap.video.writer import VideoWriter


def test_the_documented_door_opens(tmp_path: Path) -> None:
    recording = Recording(1, 4, 64, 5)
    with VideoWriter(tmp_path / "video.mp4", 30.0) as writer:
        for index in range(4):
            writer.write(recording.frame(index))
    label(recording, load_video(tmp_path / "video.mp4")).save(tmp_path / "p.h5")
    command = [sys.executable, "-m", "sleap.io.visuals", str(tmp_path / "p.h5"), "--frames", "0-2"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == f"{tmp_path / 'p.h5.avi'}\n"
    with open_video(tmp_path / "p.h5.avi") as reader:
        assert (reader.n_frames, reader.fps) == (3, 15.0)
