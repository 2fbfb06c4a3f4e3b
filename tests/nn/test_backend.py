"""The settings of the network library."""

import os
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
