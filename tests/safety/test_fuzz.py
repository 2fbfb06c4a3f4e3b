"""Damaged files of every kind: opened or refused, and nothing else ever."""

from pathlib import Path

import pytest
from fuzzing.mutations import MUTATIONS, damage
from fuzzing.run import BAD, Report, cap, fuzz
from fuzzing.samples import make_samples

import sleap.io.formats  # noqa: F401
from sleap.io.format import FORMATS


def check(report: Report, n_files: int) -> None:
    assert not any(report.ends[end] for end in BAD), str(report)
    assert sum(report.ends.values()) == n_files
    assert report.ratio <= 2, str(report)
    assert report.ends["opened"] and report.ends["refused"], str(report)


def test_some_damaged_files(tmp_path: Path) -> None:
    check(fuzz(tmp_path, 300, seed=1), 300)


@pytest.mark.slow
def test_many_damaged_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = fuzz(tmp_path, 20_000, seed=1_000_000)
    with capsys.disabled():
        print(f"\n{report}")
    check(report, 20_000)


def test_every_format_that_is_read_has_a_sample(tmp_path: Path) -> None:
    """Each is recognized in a sample, except those that need a library that is not here."""
    recognized = set()
    for opener, path in make_samples(tmp_path):
        head = path.read_bytes()[:64]
        if opener == "labels":
            recognized |= {name for name in FORMATS if FORMATS.get(name).recognizes(path, head)}
    assert recognized >= {name for name in FORMATS if FORMATS.get(name).read} - {
        "nwb",
        "analysis.nix",
    }


def test_damage_is_the_same_for_the_same_seed() -> None:
    data, other = bytes(range(256)) * 4, b"other" * 100
    assert damage(data, other, 3) == damage(data, other, 3)
    results = [damage(data, other, seed) for seed in range(200)]
    assert len({done for _, done in results}) > 150
    assert {name for names, _ in results for name in names.split("+")} == set(MUTATIONS)


def test_the_memory_a_file_may_take_grows_with_it() -> None:
    assert cap(0) == cap(1000) == 1 << 30
    assert cap(1 << 30) == (3 << 28) + (128 << 30)
