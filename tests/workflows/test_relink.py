import subprocess
import sys
from pathlib import Path

from sleap.core.labels import Labels
from sleap.core.video import Video
from sleap.workflows.relink import RelinkOptions, relink


def test_importing_it_loads_nothing_heavy() -> None:
    program = (
        "import sys, sleap.workflows.relink\n"
        "print(sorted({'numpy', 'cv2', 'av', 'h5py', 'tensorflow'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


def test_every_video_is_reported(tmp_path: Path) -> None:
    labels = Labels(videos=[Video("/gone/a.mp4"), Video("/gone/b.mp4")])
    reports = relink(labels, tmp_path / "labels.slp", RelinkOptions())
    assert [report.old for report in reports] == ["/gone/a.mp4", "/gone/b.mp4"]
    assert not any(report.is_found or report.is_changed for report in reports)
    assert all("found nowhere" in report.reason for report in reports)
