"""The settings of the network library."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sleap.nn import backend


def test_prepare_keeps_what_was_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KERAS_BACKEND", "jax")
    monkeypatch.delenv("TF_CPP_MIN_LOG_LEVEL", raising=False)
    backend.prepare()
    assert os.environ["KERAS_BACKEND"] == "jax"
    assert os.environ["TF_CPP_MIN_LOG_LEVEL"] == "3"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("processor: 0\nflags\t\t: fpu avx512_bf16 sse\n", True),
        ("flags\t\t: fpu amx_bf16\n", True),
        ("flags\t\t: fpu avx2 avx512f\n", False),
        ("", False),
    ],
)
def test_bfloat16_is_read_from_the_flags(tmp_path: Path, text: str, expected: bool) -> None:
    path = tmp_path / "cpuinfo"
    path.write_text(text)
    assert backend.has_bfloat16(path) is expected


def test_bfloat16_is_unknown_without_the_file(tmp_path: Path) -> None:
    assert backend.has_bfloat16(tmp_path / "absent") is False


def test_set_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TF_NUM_INTRAOP_THREADS", "OMP_NUM_THREADS", "TF_NUM_INTEROP_THREADS"):
        monkeypatch.setenv(name, "9")
    backend.set_threads(2)
    assert os.environ["TF_NUM_INTRAOP_THREADS"] == "2"
    with pytest.raises(ValueError, match="at least 1"):
        backend.set_threads(0)


def test_loading_keras_is_silent() -> None:
    program = (
        "from sleap.nn.backend import load_keras\n"
        "keras = load_keras()\n"
        "assert load_keras() is keras\n"
        "import sys; print('still heard', file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "still heard\n")


def test_why_keras_cannot_load_is_told() -> None:
    program = "from sleap.nn.backend import load_keras\nload_keras()"
    environment = os.environ | {"KERAS_BACKEND": "no_such_backend"}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=environment
    )
    assert done.returncode == 1
    assert "no_such_backend" in done.stderr
