from pathlib import Path

import pytest

from sleap.io.format import FORMATS


@pytest.mark.parametrize(
    ("head", "answer"),
    [
        (b"MATLAB 5.0 MAT-file, Platform: GLNXA64", True),
        (b"MATLAB 7.3 MAT-file, Platform: GLNXA64", True),
        (b"\x89HDF\r\n\x1a\n", False),
        (b"", False),
    ],
)
def test_files_of_matlab_are_recognized(head: bytes, answer: bool) -> None:
    assert FORMATS.get("leap").recognizes(Path("a.mat"), head) is answer
